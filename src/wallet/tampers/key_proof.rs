//! What can be wrong with the key proofs of a credential request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Tamper, unlisted};
use crate::jose::{JwtDraft, PrivateKey, Signing, base64url, did, self_signed};
use crate::protocol::{Configuration, Feature};
use crate::transcript::Station;
use crate::wallet::credential::fresh_key;
use crate::wallet::dpop::fresh_identifier;
use crate::wallet::draft::{Content, Draft};
use crate::wallet::key_attestation::attested;
use crate::wallet::key_proof::by_another_key;
use crate::wallet::session::Session;

/// How far back a stale proof is dated, in seconds: a day, more than any clock is wrong.
const STALE: i64 = 86_400;
/// How far back an expired proof has ended, in seconds.
const EXPIRED: i64 = 3600;
/// The most proofs that are sent to show that too many are refused.
const MOST_PROOFS: usize = 101;

const fn row(
    name: &'static str,
    says: &'static str,
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at: &[Station::Credential], resends: false, change }
}

/// The rows of the key proofs.
pub const TAMPERS: &[Tamper] = &[
    row("proof-missing", "leaves out proofs", |draft, _| {
        first(draft)?;
        draft.key_proofs.clear();
        draft.key_attestations.clear();
        Ok("no proofs".into())
    }),
    row("proof-bad-signature", "turns one bit of the signature", |draft, _| {
        corrupt(first(draft)?);
        Ok("one bit of the signature is turned".into())
    }),
    row("proof-wrong-typ", "gives the proof the typ of a plain JWT", |draft, _| {
        first(draft)?.header.insert("typ".into(), json!("JWT"));
        Ok("typ is JWT".into())
    }),
    row("proof-alg-none", "sends an unsigned proof with alg none", |draft, _| {
        first(draft)?.sign_with(Signing::None);
        Ok("alg is none, the signature is empty".into())
    }),
    row(
        "proof-symmetric-alg",
        "signs with HS256, keyed with the text of the public key",
        |draft, _| {
            let proof = first(draft)?;
            let text = key_of(proof).map(|key| key.public_jwk().to_value().to_string());
            proof.sign_with(Signing::Hmac(text.unwrap_or_default().into_bytes()));
            Ok("alg is HS256, the key is the text of the public JWK".into())
        },
    ),
    row("proof-unlisted-alg", "signs with an algorithm that is not listed", |draft, session| {
        let listed = listed(draft, session)?;
        let algorithm = unlisted(|name| listed.iter().any(|one| one == name))?;
        let proof = first(draft)?;
        let key = fresh_key(session, algorithm).map_err(|_| "no fresh key could be made")?;
        *proof = by_another_key(proof, key).map_err(|error| error.to_string())?;
        Ok(format!("the proof is by {}, and {} listed", algorithm.name(), listed.join(", ")))
    }),
    row("proof-private-key", "puts the private key into the jwk header", |draft, _| {
        let proof = first(draft)?;
        let key = key_of(proof).cloned().ok_or("the proof is not signed")?;
        proof.header.shift_remove("kid");
        proof.header.insert("jwk".into(), key.private_jwk().into());
        Ok("jwk contains d".into())
    }),
    row("proof-wrong-aud", "names the credential endpoint as audience", |draft, _| {
        let url = draft.url.to_string();
        first(draft)?.claims.insert("aud".into(), json!(url));
        Ok("aud is the URL of the credential endpoint".into())
    }),
    row("proof-stale-iat", "dates the proof a day back", |draft, _| {
        let proof = first(draft)?;
        let iat = proof.claims.get("iat").and_then(Value::as_i64).unwrap_or_default();
        proof.claims.insert("iat".into(), json!(iat - STALE));
        Ok(format!("iat is {STALE} s in the past"))
    }),
    row("proof-missing-nonce", "leaves out nonce", |draft, _| {
        let nonce = first(draft)?.claims.shift_remove("nonce");
        nonce.map(|_| "no nonce".to_owned()).ok_or_else(|| "the issuer gives no c_nonce".to_owned())
    }),
    row("proof-unknown-nonce", "sends a nonce that nobody was ever given", |draft, _| {
        let proof = first(draft)?;
        if !proof.claims.contains_key("nonce") {
            return Err("the issuer gives no c_nonce".into());
        }
        proof.claims.insert("nonce".into(), json!(fresh_identifier()));
        Ok("nonce is a fresh random value".into())
    }),
    row("proof-two-keys", "names its key by jwk and by kid", |draft, _| {
        let proof = first(draft)?;
        let key = key_of(proof).cloned().ok_or("the proof is not signed")?;
        let jwk = key.public_jwk();
        proof.header.insert("kid".into(), json!(did::jwk_url(&jwk)));
        proof.header.insert("jwk".into(), jwk.to_value());
        Ok("both jwk and kid in the header".into())
    }),
    row("proof-unlisted-type", "sends the proof under the name of an unknown type", |draft, _| {
        let proof = first(draft)?.compact();
        whole(draft, json!({ "vcispec_unknown": [proof] }))?;
        Ok("the only member of proofs is vcispec_unknown".into())
    }),
    row("proof-empty-proofs", "sends an empty array of proofs", |draft, _| {
        first(draft)?;
        whole(draft, json!({ "jwt": [] }))?;
        Ok("proofs.jwt is empty".into())
    }),
    row("proof-aud-array", "puts the audience into an array", |draft, _| {
        let proof = first(draft)?;
        let aud = proof.claims.get("aud").cloned().unwrap_or_default();
        proof.claims.insert("aud".into(), json!([aud]));
        Ok("aud is an array of one".into())
    }),
    row("proof-nonce-array", "puts the nonce into an array", |draft, _| {
        let proof = first(draft)?;
        let nonce = proof.claims.get("nonce").cloned().ok_or("the issuer gives no c_nonce")?;
        proof.claims.insert("nonce".into(), json!([nonce]));
        Ok("nonce is an array of one".into())
    }),
    row("proof-key-off-curve", "names a key that is no point of its curve", |draft, _| {
        let proof = first(draft)?;
        let jwk = proof.header.get_mut("jwk").ok_or("the proof does not name its key by jwk")?;
        if jwk.get("crv") != Some(&json!("P-256")) {
            return Err("the key is not on P-256".into());
        }
        jwk["x"] = json!(base64url::encode([1; 32]));
        jwk["y"] = json!(base64url::encode([1; 32]));
        Ok("both coordinates are 32 times 1".into())
    }),
    row("proof-critical-header", "declares an unknown header critical", |draft, _| {
        let proof = first(draft)?;
        proof.header.insert("crit".into(), json!(["vcispec_unknown"]));
        proof.header.insert("vcispec_unknown".into(), json!(1));
        Ok("crit names vcispec_unknown".into())
    }),
    row("proof-expired", "says that the proof expired an hour ago", |draft, _| {
        let proof = first(draft)?;
        let iat = proof.claims.get("iat").and_then(Value::as_i64).unwrap_or_default();
        proof.claims.insert("exp".into(), json!(iat - EXPIRED));
        Ok(format!("exp lies {EXPIRED} s back"))
    }),
    row(
        "proof-unknown-member",
        "adds a header and a claim that no specification defines",
        |draft, _| {
            let proof = first(draft)?;
            proof.header.insert("zzz_unknown".into(), json!(1));
            proof.claims.insert("zzz_unknown".into(), json!(1));
            Ok("zzz_unknown in header and claims".into())
        },
    ),
    row("proof-known-key", "proves the key of an earlier credential again", |draft, session| {
        let key = session.holder_key.clone().ok_or("no credential was asked for before")?;
        let proof = first(draft)?;
        *proof = by_another_key(proof, key).map_err(|error| error.to_string())?;
        Ok("the proof is by the holder key of an earlier request".into())
    }),
    row(
        "proof-chain-out-of-order",
        "names its key by a chain whose first certificate is of another key",
        |draft, session| {
            let proof = first(draft)?;
            let key = key_of(proof).cloned().ok_or("the proof is not signed")?;
            let other = fresh_key(session, key.algorithm()).map_err(|_| "no fresh key")?;
            let now = Timestamp::now().as_second();
            let mut chain = Vec::new();
            for key in [&other, &key] {
                let certificate = self_signed(key, now).map_err(|error| error.to_string())?;
                chain.push(STANDARD.encode(certificate));
            }
            proof.header.retain(|name, _| !["jwk", "kid"].contains(&name.as_str()));
            proof.header.insert("x5c".into(), json!(chain));
            Ok("the certificate of the key is the second in x5c".into())
        },
    ),
    row(
        "proof-unlisted-did",
        "names its key by a DID of a method that is not listed",
        |draft, session| {
            let listed = binding_methods(draft, session)?;
            if listed.iter().all(|one| one == "cose_key") {
                return Err(
                    "a COSE key is what the credential is bound to, not how a proof names its key"
                        .into(),
                );
            }
            let is_unlisted =
                |method: &&str| listed.iter().all(|one| one != method && one != "did");
            let method = ["did:jwk", "did:key"].into_iter().find(is_unlisted);
            let method = method.ok_or("every DID method of this wallet is listed")?;
            let proof = first(draft)?;
            let key = key_of(proof).cloned().ok_or("the proof is not signed")?;
            let kid = match method {
                "did:jwk" => did::jwk_url(&key.public_jwk()),
                _ => did::key_url(&key.public_key()),
            };
            proof.header.retain(|name, _| !["jwk", "x5c"].contains(&name.as_str()));
            proof.header.insert("kid".into(), json!(kid));
            Ok(format!("kid is by {method}, and {} listed", listed.join(", ")))
        },
    ),
    row(
        "proof-unlisted-jwk",
        "names its key by jwk where only DID methods are listed",
        |draft, session| {
            let listed = binding_methods(draft, session)?;
            if !listed.iter().all(|method| method.starts_with("did")) {
                return Err("the configuration lists more than DID methods".into());
            }
            let proof = first(draft)?;
            let key = key_of(proof).cloned().ok_or("the proof is not signed")?;
            proof.header.retain(|name, _| !["kid", "x5c"].contains(&name.as_str()));
            proof.header.insert("jwk".into(), key.public_jwk().to_value());
            Ok(format!("jwk is in the header, and {} listed", listed.join(", ")))
        },
    ),
    row("proof-foreign-iss", "names another client as its issuer", |draft, _| {
        let client = format!("vcispec-unknown-{}", fresh_identifier());
        first(draft)?.claims.insert("iss".into(), json!(client));
        Ok(format!("iss is {client}"))
    }),
    row(
        "batch-unannounced",
        "sends two proofs though batches are not announced",
        |draft, session| {
            if batch_size(session).is_ok() {
                return Err("batch_credential_issuance is advertised".into());
            }
            grow(draft, session, 2)?;
            Ok("two proofs, each by a key of its own".into())
        },
    ),
    row(
        "batch-one-stale-nonce",
        "sends one proof with a nonce that nobody was given among good ones",
        |draft, session| {
            at_least(draft, session, 3)?;
            let last = draft.key_proofs.last_mut().ok_or("there is no proof")?;
            if !last.claims.contains_key("nonce") {
                return Err("the issuer gives no c_nonce".into());
            }
            last.claims.insert("nonce".into(), json!(fresh_identifier()));
            Ok(format!("the nonce of the last of {} proofs is random", draft.key_proofs.len()))
        },
    ),
    row("batch-over-size", "sends one proof more than batch_size", over_size),
    row("batch-duplicate-key", "sends two proofs by the same key", |draft, session| {
        at_least(draft, session, 2)?;
        let twin = first(draft)?.clone();
        if let Some(last) = draft.key_proofs.last_mut() {
            *last = twin;
        }
        if let Some(twin) = draft.key_attestations.first().cloned()
            && let Some(last) = draft.key_attestations.last_mut()
        {
            *last = twin;
        }
        Ok("the first and the last proof are by the same key".into())
    }),
    row("batch-one-bad-proof", "sends one bad proof among good ones", |draft, session| {
        at_least(draft, session, 3)?;
        if let Some(last) = draft.key_proofs.last_mut() {
            corrupt(last);
        }
        Ok(format!("the last of {} proofs has a bad signature", draft.key_proofs.len()))
    }),
];

/// Sends this as `proofs`, whatever it is.
fn whole(draft: &mut Draft, proofs: Value) -> Result<(), String> {
    draft.key_proofs.clear();
    draft.key_attestations.clear();
    let Content::Json(Value::Object(request)) = &mut draft.content else {
        return Err("the request is no JSON object".to_owned());
    };
    request.insert("proofs".to_owned(), proofs);
    Ok(())
}

/// The binding methods that the configuration asked for lists.
fn binding_methods(draft: &Draft, session: &Session) -> Result<Vec<String>, String> {
    let listed = asked(draft, session)?.binding_methods();
    match listed.is_empty() {
        true => Err("the configuration lists no binding methods".to_owned()),
        false => Ok(listed.into_iter().map(str::to_owned).collect()),
    }
}

/// The algorithms that the configuration asked for lists for key proofs.
fn listed(draft: &Draft, session: &Session) -> Result<Vec<String>, String> {
    let listed = asked(draft, session)?.proof_algorithms("jwt");
    match listed.is_empty() {
        true => Err("the configuration lists no algorithms".to_owned()),
        false => Ok(listed.into_iter().map(str::to_owned).collect()),
    }
}

/// The configuration asked for, where the request names it.
fn asked<'s>(draft: &Draft, session: &'s Session) -> Result<Configuration<'s>, String> {
    let issuer = session.issuer.as_ref().ok_or("the metadata of the issuer is not known")?;
    let Content::Json(request) = &draft.content else {
        return Err("the request is no JSON".to_owned());
    };
    let id = request.get("credential_configuration_id").and_then(Value::as_str);
    let id = id.ok_or("the request names no configuration")?;
    issuer.credential().configuration(id).ok_or_else(|| format!("{id} is not in the metadata"))
}

fn first(draft: &mut Draft) -> Result<&mut JwtDraft, String> {
    draft.key_proofs.first_mut().ok_or_else(|| "the configuration asks for no key proof".to_owned())
}

fn key_of(proof: &JwtDraft) -> Option<&PrivateKey> {
    match &proof.signing {
        Signing::Key(key) | Signing::Corrupted(key) => Some(key),
        Signing::None | Signing::Hmac(_) => None,
    }
}

fn corrupt(proof: &mut JwtDraft) {
    if let Some(key) = key_of(proof).cloned() {
        proof.signing = Signing::Corrupted(key);
    }
}

fn over_size(draft: &mut Draft, session: &Session) -> Result<String, String> {
    let size = batch_size(session)?;
    let wanted = size.saturating_add(1);
    if wanted > MOST_PROOFS {
        return Err(format!(
            "batch_size is {size}, more than the {MOST_PROOFS} proofs that are sent at most"
        ));
    }
    grow(draft, session, wanted)?;
    Ok(format!("{wanted} proofs, batch_size is {size}"))
}

/// Sees to it that there are that many proofs, or as many as the issuer allows.
fn at_least(draft: &mut Draft, session: &Session, wanted: usize) -> Result<(), String> {
    grow(draft, session, wanted.min(batch_size(session)?))
}

fn grow(draft: &mut Draft, session: &Session, wanted: usize) -> Result<(), String> {
    let pattern = first(draft)?.clone();
    while draft.key_proofs.len() < wanted {
        let algorithm = key_of(&pattern).map(PrivateKey::algorithm).unwrap_or_default();
        let key = fresh_key(session, algorithm).map_err(|_| "no fresh key could be made")?;
        if let Some(mut attestation) = draft.key_attestations.first().cloned() {
            let keys = attested(std::slice::from_ref(&key));
            attestation.claims.insert("attested_keys".into(), keys);
            draft.key_attestations.push(attestation);
        }
        draft.key_proofs.push(by_another_key(&pattern, key).map_err(|error| error.to_string())?);
    }
    Ok(())
}

fn batch_size(session: &Session) -> Result<usize, String> {
    session
        .issuer
        .as_ref()
        .and_then(|issuer| issuer.credential().batch_size())
        .and_then(|size| usize::try_from(size).ok())
        .ok_or_else(|| Feature::Batch.absence().to_owned())
}

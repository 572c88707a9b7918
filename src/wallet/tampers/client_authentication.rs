//! What can be wrong with how a client shows at the token endpoint which one it is.

use serde_json::{Value, json};

use super::{Tamper, unlisted};
use crate::jose::{JwtDraft, PrivateKey, SignatureAlgorithm, Signing};
use crate::protocol::AsMetadata;
use crate::transcript::Station;
use crate::wallet::WalletProvider;
use crate::wallet::dpop::fresh_identifier;
use crate::wallet::draft::{Draft, Proof};
use crate::wallet::session::Session;

/// How far back something stale is dated, in seconds: a day, more than any clock is wrong.
const STALE: i64 = 86_400;
/// How far back an attestation that nobody renewed is dated, in seconds: twenty hours, when the
/// certificate of its signer was valid already.
const OLD: i64 = 20 * 3600;
/// How far a clock may go before the others, in seconds: less than ten, and not by chance (FAPI 2.0).
const SLIGHTLY_AHEAD: i64 = 8;
/// How far it may not, in seconds: more than a minute.
const FAR_AHEAD: i64 = 90;
/// A client that the wallet is not.
const ANOTHER_CLIENT: &str = "vcispec-another-client";

const fn row(
    name: &'static str,
    says: &'static str,
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at: &[Station::Token], resends: false, change }
}

/// A row whose challenge must not be answered with something better.
const fn stubborn(
    name: &'static str,
    says: &'static str,
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at: &[Station::Token], resends: true, change }
}

/// The rows of attested clients, and of those that sign an assertion.
pub const TAMPERS: &[Tamper] = &[
    row("client-attestation-missing", "leaves out attestation and proof", |draft, _| {
        attestation(draft)?;
        draft.client_attestation = None;
        draft.client_proof = None;
        Ok("neither OAuth-Client-Attestation nor OAuth-Client-Attestation-PoP".into())
    }),
    row("client-attestation-doubled", "sends the attestation in two header fields", |draft, _| {
        let compact = attestation(draft)?.compact();
        draft.headers.push("oauth-client-attestation", compact.as_str());
        draft.headers.push("oauth-client-attestation", compact.as_str());
        Ok("two OAuth-Client-Attestation fields".into())
    }),
    row("client-attestation-wrong-typ", "gives the attestation another typ", |draft, _| {
        attestation(draft)?.header.insert("typ".into(), json!("JWT"));
        Ok("typ of the attestation is JWT".into())
    }),
    row("client-attestation-alg-none", "sends an unsigned attestation", |draft, _| {
        attestation(draft)?.sign_with(Signing::None);
        Ok("alg of the attestation is none, the signature is empty".into())
    }),
    row("client-attestation-bad-signature", "turns one bit of the signature", |draft, _| {
        corrupt(attestation(draft)?)?;
        Ok("one bit of the attestation's signature is turned".into())
    }),
    row("client-attestation-stranger", "is attested by one whom nobody trusts", |draft, _| {
        WalletProvider::by_a_stranger(attestation(draft)?)?;
        Ok("x5c of the attestation is certified by another root of the same name".into())
    }),
    row(
        "client-attestation-unlisted-alg",
        "is attested by an algorithm that is not listed",
        |draft, session| {
            let listed = server(session)?.client_attestation_algorithms();
            let algorithm = beyond(&listed)?;
            session.identity.provider()?.sign_by(algorithm, attestation(draft)?)?;
            Ok(format!("attested by {}, and {} listed", algorithm.name(), listed.join(", ")))
        },
    ),
    row("client-attestation-missing-sub", "leaves out sub", |draft, _| {
        without(attestation(draft)?, "sub")
    }),
    row("client-attestation-missing-exp", "leaves out exp", |draft, _| {
        without(attestation(draft)?, "exp")
    }),
    row("client-attestation-missing-cnf", "leaves out cnf", |draft, _| {
        without(attestation(draft)?, "cnf")
    }),
    row("client-attestation-expired", "sends an attestation that has expired", |draft, _| {
        let attestation = attestation(draft)?;
        let now = seconds(attestation, "iat");
        attestation.claims.insert("iat".into(), json!(now - 2 * STALE));
        attestation.claims.insert("exp".into(), json!(now - STALE));
        Ok(format!("exp of the attestation is {STALE} s in the past"))
    }),
    row("client-attestation-old", "sends an attestation made twenty hours ago", |draft, _| {
        let attestation = attestation(draft)?;
        let now = seconds(attestation, "iat");
        attestation.claims.insert("iat".into(), json!(now - OLD));
        Ok(format!("iat of the attestation is {OLD} s in the past, exp still to come"))
    }),
    row("client-attestation-private-key", "shows the private key in cnf", |draft, _| {
        let key = signer(proof(draft)?)?;
        let cnf = json!({ "jwk": key.private_jwk() });
        attestation(draft)?.claims.insert("cnf".into(), cnf);
        Ok("cnf.jwk contains d".into())
    }),
    row("client-attestation-other-client-id", "asks as another client_id", |draft, _| {
        attestation(draft)?;
        let form = draft.form().ok_or("the request has no form")?;
        form.retain(|(name, _)| name != "client_id");
        form.push(("client_id".into(), ANOTHER_CLIENT.into()));
        Ok("client_id is not the sub of the attestation".into())
    }),
    row("client-proof-missing", "leaves out the proof of possession", |draft, _| {
        proof(draft)?;
        draft.client_proof = None;
        Ok("no OAuth-Client-Attestation-PoP".into())
    }),
    row("client-proof-wrong-typ", "gives the proof another typ", |draft, _| {
        proof(draft)?.header.insert("typ".into(), json!("JWT"));
        Ok("typ of the proof is JWT".into())
    }),
    row("client-proof-alg-none", "sends an unsigned proof", |draft, _| {
        proof(draft)?.sign_with(Signing::None);
        Ok("alg of the proof is none, the signature is empty".into())
    }),
    row(
        "client-proof-unlisted-alg",
        "signs the proof with an algorithm that is not listed",
        |draft, session| {
            let listed = server(session)?.client_proof_algorithms();
            let algorithm = beyond(&listed)?;
            proof(draft)?;
            let key = session.identity.instance_key(algorithm)?;
            let jwk = key.public_jwk().to_value();
            attestation(draft)?.claims.insert("cnf".into(), json!({ "jwk": jwk }));
            proof(draft)?.sign_with(Signing::Key(key.clone()));
            Ok(format!(
                "the proof is by {}, with the key that is attested, and {} listed",
                algorithm.name(),
                listed.join(", ")
            ))
        },
    ),
    row("client-proof-another-key", "signs the proof with another key", |draft, _| {
        let other = another_key(proof(draft)?)?;
        proof(draft)?.sign_with(Signing::Key(other));
        Ok("the proof is signed by a key that the attestation does not name".into())
    }),
    row("client-proof-wrong-aud", "names the token endpoint as audience", |draft, _| {
        let url = draft.url.to_string();
        let proof = proof(draft)?;
        if proof.claims.get("aud").and_then(Value::as_str) == Some(url.as_str()) {
            return Err("the issuer identifier is the token endpoint".into());
        }
        proof.claims.insert("aud".into(), json!(url));
        Ok("aud of the proof is the URL of the token endpoint".into())
    }),
    row("client-proof-missing-jti", "leaves out jti", |draft, _| without(proof(draft)?, "jti")),
    row("client-proof-missing-iat", "leaves out iat", |draft, _| without(proof(draft)?, "iat")),
    row("client-proof-stale-iat", "dates the proof a day back", |draft, _| {
        let proof = proof(draft)?;
        let now = seconds(proof, "iat");
        proof.claims.insert("iat".into(), json!(now - STALE));
        Ok(format!("iat of the proof is {STALE} s in the past"))
    }),
    row("client-proof-another-client", "names another client in the proof", |draft, _| {
        proof(draft)?.claims.insert("iss".into(), json!(ANOTHER_CLIENT));
        Ok("iss of the proof is not the sub of the attestation".into())
    }),
    row("client-proof-far-ahead", "dates the proof a minute and a half ahead", |draft, _| {
        let proof = proof(draft)?;
        let now = seconds(proof, "iat");
        proof.claims.insert("iat".into(), json!(now + FAR_AHEAD));
        Ok(format!("iat of the proof is {FAR_AHEAD} s in the future"))
    }),
    row("clock-slightly-fast", "dates every proof eight seconds ahead", |draft, _| {
        let ahead = |jwt: &mut JwtDraft| {
            let now = seconds(jwt, "iat");
            jwt.claims.insert("iat".into(), json!(now + SLIGHTLY_AHEAD));
        };
        let count = [draft.open_dpop().map(ahead), draft.open_client_proof().map(ahead)];
        match count.iter().flatten().count() {
            0 => Err("the request is made without a proof".into()),
            count => Ok(format!("iat of {count} proof(s) is {SLIGHTLY_AHEAD} s in the future")),
        }
    }),
    row(
        "client-another-instance",
        "asks as another installation of the same wallet",
        |draft, _| another_instance(draft),
    ),
    stubborn("client-proof-missing-challenge", "leaves out the challenge", |draft, _| {
        without(proof(draft)?, "challenge")
    }),
    stubborn("client-proof-unknown-challenge", "makes a challenge up", |draft, _| {
        let proof = proof(draft)?;
        if !proof.claims.contains_key("challenge") {
            return Err("the server gives no challenge".into());
        }
        proof.claims.insert("challenge".into(), json!(fresh_identifier()));
        Ok("challenge is a fresh random value".into())
    }),
    stubborn(
        "client-proof-replayed",
        "sends a proof that was accepted before",
        |draft, session| {
            proof(draft)?;
            let sent = session.last_client_proof.get().ok_or("no proof was accepted before")?;
            draft.client_proof = Some(Proof::Sent(sent));
            Ok("the proof of the last request that was granted".into())
        },
    ),
    row("client-assertion-missing", "leaves out the assertion of the client", |draft, _| {
        assertion(draft)?;
        draft.client_assertion = None;
        drop_type(draft)?;
        Ok("neither client_assertion nor client_assertion_type".into())
    }),
    row("client-assertion-missing-type", "leaves out client_assertion_type", |draft, _| {
        assertion(draft)?;
        drop_type(draft)?;
        Ok("no client_assertion_type".into())
    }),
    row("client-assertion-alg-none", "sends an unsigned assertion", |draft, _| {
        assertion(draft)?.sign_with(Signing::None);
        Ok("alg of the assertion is none, the signature is empty".into())
    }),
    row(
        "client-assertion-unlisted-alg",
        "signs the assertion with an algorithm that is not listed",
        |draft, session| {
            let listed = server(session)?.client_assertion_algorithms();
            beyond(&listed)?;
            let mut others = SignatureAlgorithm::ALL.to_vec();
            others.retain(|algorithm| !algorithm.is_among(|name| listed.contains(&name)));
            let registered = session.identity.client_key(others);
            let registered = registered.ok_or("each key of the client is for a listed one")?;
            let algorithm = registered.key.algorithm().name();
            let assertion = assertion(draft)?;
            assertion.header.shift_remove("kid");
            if let Some(kid) = registered.kid {
                assertion.header.insert("kid".into(), json!(kid));
            }
            assertion.sign_with(Signing::Key(registered.key));
            Ok(format!("the assertion is by {algorithm}, and {} listed", listed.join(", ")))
        },
    ),
    row("client-assertion-bad-signature", "turns one bit of the signature", |draft, _| {
        corrupt(assertion(draft)?)?;
        Ok("one bit of the assertion's signature is turned".into())
    }),
    row("client-assertion-wrong-aud", "makes the assertion for another server", |draft, _| {
        assertion(draft)?.claims.insert("aud".into(), json!("https://another.example"));
        Ok("aud of the assertion is https://another.example".into())
    }),
    row("client-assertion-missing-exp", "leaves out exp", |draft, _| {
        without(assertion(draft)?, "exp")
    }),
    row("client-assertion-expired", "sends an assertion that has expired", |draft, _| {
        let assertion = assertion(draft)?;
        let now = seconds(assertion, "iat");
        assertion.claims.insert("iat".into(), json!(now - 2 * STALE));
        assertion.claims.insert("exp".into(), json!(now - STALE));
        Ok(format!("exp of the assertion is {STALE} s in the past"))
    }),
    row("client-assertion-another-client", "speaks for another client", |draft, _| {
        assertion(draft)?.claims.insert("sub".into(), json!(ANOTHER_CLIENT));
        Ok("sub of the assertion is not its iss, nor the client_id".into())
    }),
    stubborn("client-assertion-replayed", "sends an assertion again", |draft, session| {
        assertion(draft)?;
        let sent = session.last_client_proof.get().ok_or("no assertion was accepted before")?;
        draft.client_assertion = Some(Proof::Sent(sent));
        Ok("the assertion of the last request that was granted".into())
    }),
];

/// Makes the request that of another installation of the same wallet: attested by the same provider
/// as the same client, with a key of its own.
pub fn another_instance(draft: &mut Draft) -> Result<String, String> {
    let key = another_key(proof(draft)?)?;
    let jwk = key.public_jwk().to_value();
    attestation(draft)?.claims.insert("cnf".into(), json!({ "jwk": jwk }));
    proof(draft)?.sign_with(Signing::Key(key));
    Ok("attestation and proof are right, for a fresh key of the same client".into())
}

fn attestation(draft: &mut Draft) -> Result<&mut JwtDraft, String> {
    let attestation = draft.client_attestation.as_mut();
    attestation.ok_or_else(|| "the wallet does not authenticate by an attestation".to_owned())
}

fn proof(draft: &mut Draft) -> Result<&mut JwtDraft, String> {
    let proof = draft.open_client_proof();
    proof.ok_or_else(|| "the wallet does not authenticate by an attestation".to_owned())
}

fn assertion(draft: &mut Draft) -> Result<&mut JwtDraft, String> {
    let assertion = draft.open_client_assertion();
    assertion.ok_or_else(|| "the wallet does not authenticate by private_key_jwt".to_owned())
}

fn signer(jwt: &JwtDraft) -> Result<PrivateKey, String> {
    match &jwt.signing {
        Signing::Key(key) => Ok(key.clone()),
        _ => Err("it is not signed".to_owned()),
    }
}

/// A fresh key of the kind that signs now.
fn another_key(jwt: &JwtDraft) -> Result<PrivateKey, String> {
    PrivateKey::generate_for(signer(jwt)?.algorithm()).map_err(|error| error.to_string())
}

/// The first algorithm of the wallet's that is none of those.
fn beyond(listed: &[&str]) -> Result<SignatureAlgorithm, String> {
    if listed.is_empty() {
        return Err("the server lists no algorithms for it".to_owned());
    }
    unlisted(|name| listed.contains(&name))
}

fn server(session: &Session) -> Result<AsMetadata<'_>, String> {
    let issuer = session.issuer.as_ref().ok_or("the metadata of the server is not known")?;
    Ok(issuer.server())
}

fn drop_type(draft: &mut Draft) -> Result<(), String> {
    let form = draft.form().ok_or("the request has no form")?;
    form.retain(|(name, _)| name != "client_assertion_type");
    Ok(())
}

fn without(jwt: &mut JwtDraft, name: &str) -> Result<String, String> {
    match jwt.claims.shift_remove(name) {
        Some(_) => Ok(format!("no {name}")),
        None => Err(format!("there is no {name} to leave out")),
    }
}

fn seconds(jwt: &JwtDraft, name: &str) -> i64 {
    jwt.claims.get(name).and_then(Value::as_i64).unwrap_or_default()
}

fn corrupt(jwt: &mut JwtDraft) -> Result<(), String> {
    jwt.signing = Signing::Corrupted(signer(jwt)?);
    Ok(())
}

//! What can be wrong with a key attestation, in the header of a key proof or in place of one.

use serde_json::{Value, json};

use super::{Tamper, unlisted};
use crate::jose::{JwtDraft, PrivateKey, Signing, did};
use crate::protocol::Configuration;
use crate::transcript::Station;
use crate::wallet::WalletProvider;
use crate::wallet::dpop::fresh_identifier;
use crate::wallet::draft::{Content, Draft};
use crate::wallet::key_attestation::attested;
use crate::wallet::session::Session;

/// How long ago an expired attestation was made and expired, in seconds.
const MADE: i64 = 2 * 86_400;
const EXPIRED: i64 = 86_400;
/// The lowest of the levels that the specification defines.
const LOWEST: &str = "iso_18045_basic";

const fn row(
    name: &'static str,
    says: &'static str,
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at: &[Station::Credential], resends: false, change }
}

/// The rows of key attestations.
pub const TAMPERS: &[Tamper] = &[
    row("attestation-missing", "leaves out the key attestation of a proof", |draft, _| {
        in_header(draft)?;
        draft.key_attestations.clear();
        Ok("no key_attestation in the header of the proof".into())
    }),
    row("attested-key-by-kid", "names the attested key by a did:jwk in kid", |draft, _| {
        in_header(draft)?;
        let proof = draft.key_proofs.first_mut().ok_or("there is no key proof")?;
        let url = did::jwk_url(&signer(proof)?.public_jwk());
        proof.header.shift_remove("jwk");
        proof.header.insert("kid".into(), json!(url));
        Ok("kid is a did:jwk, and there is no jwk".into())
    }),
    row("attested-proof-alone", "sends only the first of several attested proofs", |draft, _| {
        in_header(draft)?;
        draft.key_proofs.truncate(1);
        draft.key_attestations.truncate(1);
        Ok("one proof with its attestation".into())
    }),
    row("attestation-wrong-typ", "gives the attestation the typ of a plain JWT", |draft, _| {
        first(draft)?.header.insert("typ".into(), json!("JWT"));
        Ok("typ is JWT".into())
    }),
    row("attestation-alg-none", "sends an unsigned attestation with alg none", |draft, _| {
        first(draft)?.sign_with(Signing::None);
        Ok("alg is none, the signature is empty".into())
    }),
    row(
        "attestation-symmetric-alg",
        "signs the attestation with HS256, keyed with the text of the public key",
        |draft, _| {
            let attestation = first(draft)?;
            let text = signer(attestation)?.public_jwk().to_value().to_string();
            attestation.sign_with(Signing::Hmac(text.into_bytes()));
            Ok("alg is HS256, the key is the text of the public JWK".into())
        },
    ),
    row(
        "attestation-unlisted-alg",
        "is attested by an algorithm that is not listed",
        |draft, session| {
            let configuration = configuration(draft, session);
            let listed = configuration.map(|one| one.proof_algorithms(proof_type(draft)));
            let listed = listed.unwrap_or_default();
            if listed.is_empty() {
                return Err("no algorithms are listed for attestations".into());
            }
            let algorithm = unlisted(|name| listed.contains(&name))?;
            session.identity.provider()?.sign_by(algorithm, first(draft)?)?;
            Ok(format!("attested by {}, and {} listed", algorithm.name(), listed.join(", ")))
        },
    ),
    row("attestation-bad-signature", "turns one bit of the signature", |draft, _| {
        let attestation = first(draft)?;
        attestation.signing = Signing::Corrupted(signer(attestation)?);
        Ok("one bit of the signature is turned".into())
    }),
    row("attestation-missing-iat", "leaves out iat", |draft, _| remove(draft, "iat")),
    row("attestation-no-keys", "attests no key at all", |draft, _| {
        first(draft)?.claims.insert("attested_keys".into(), json!([]));
        Ok("attested_keys is empty".into())
    }),
    row("attestation-missing-exp", "leaves out exp, in the header of a proof", |draft, _| {
        in_header(draft)?;
        remove(draft, "exp")
    }),
    row("attestation-expired", "sends an attestation that has expired", |draft, _| {
        let attestation = first(draft)?;
        let now = attestation.claims.get("iat").and_then(Value::as_i64).unwrap_or_default();
        attestation.claims.insert("iat".into(), json!(now - MADE));
        attestation.claims.insert("exp".into(), json!(now - EXPIRED));
        Ok(format!("exp is {EXPIRED} s in the past"))
    }),
    row("attestation-unrelated-key", "attests another key than the proof is by", |draft, _| {
        in_header(draft)?;
        let other = PrivateKey::generate().map_err(|error| error.to_string())?;
        first(draft)?.claims.insert("attested_keys".into(), attested(&[other]));
        Ok("attested_keys has another key only".into())
    }),
    row("attestation-twice", "sends two attestations as proofs", |draft, _| {
        if !draft.key_proofs.is_empty() {
            return Err("the attestation is in the header of a proof".into());
        }
        let mut twin = first(draft)?.clone();
        let other = PrivateKey::generate().map_err(|error| error.to_string())?;
        twin.claims.insert("attested_keys".into(), attested(&[other]));
        draft.key_attestations.push(twin);
        Ok("two attestations, each of another key".into())
    }),
    row("attestation-missing-nonce", "leaves out nonce", |draft, _| remove(draft, "nonce")),
    row("attestation-unknown-nonce", "sends a nonce that nobody was ever given", |draft, _| {
        let attestation = first(draft)?;
        if !attestation.claims.contains_key("nonce") {
            return Err("the issuer gives no c_nonce".into());
        }
        attestation.claims.insert("nonce".into(), json!(fresh_identifier()));
        Ok("nonce is a fresh random value".into())
    }),
    row(
        "attestation-weak-key-storage",
        "attests keys in a storage that the issuer does not accept",
        |draft, session| weaken(draft, session, "key_storage"),
    ),
    row(
        "attestation-weak-user-authentication",
        "attests an authentication of the user that the issuer does not accept",
        |draft, session| weaken(draft, session, "user_authentication"),
    ),
    row("attestation-stranger", "is attested by a provider that nobody trusts", |draft, _| {
        WalletProvider::by_a_stranger(first(draft)?)?;
        Ok("x5c is certified by another root of the same name".into())
    }),
    row("attestation-anchor-in-chain", "sends the trust anchor along in x5c", |draft, session| {
        let attestation = first(draft)?;
        let chain = session.identity.provider()?.chain_with_root(attestation)?;
        attestation.header.insert("x5c".into(), chain);
        Ok("x5c ends with the root".into())
    }),
    row(
        "attestation-self-signed",
        "sends a certificate that the signer signed itself",
        |draft, session| {
            let attestation = first(draft)?;
            let certificate = session.identity.provider()?.self_signed(attestation)?;
            attestation.header.insert("x5c".into(), certificate);
            Ok("x5c is a self-signed certificate over the signing key".into())
        },
    ),
];

fn first(draft: &mut Draft) -> Result<&mut JwtDraft, String> {
    let first = draft.key_attestations.first_mut();
    first.ok_or_else(|| "the configuration asks for no key attestation".to_owned())
}

/// Whether there is an attestation, and it goes with a key proof.
fn in_header(draft: &mut Draft) -> Result<(), String> {
    first(draft)?;
    match draft.key_proofs.is_empty() {
        true => Err("the attestation is itself the proof".into()),
        false => Ok(()),
    }
}

fn signer(jwt: &JwtDraft) -> Result<PrivateKey, String> {
    match &jwt.signing {
        Signing::Key(key) | Signing::Corrupted(key) => Ok(key.clone()),
        Signing::None | Signing::Hmac(_) => Err("it is not signed".into()),
    }
}

fn remove(draft: &mut Draft, name: &str) -> Result<String, String> {
    match first(draft)?.claims.shift_remove(name) {
        Some(_) => Ok(format!("no {name}")),
        None => Err(format!("the attestation has no {name}")),
    }
}

fn weaken(draft: &mut Draft, session: &Session, name: &str) -> Result<String, String> {
    let accepted = configuration(draft, session)
        .map(|configuration| configuration.accepted_levels(proof_type(draft), name))
        .unwrap_or_default();
    if accepted.is_empty() {
        return Err(format!("key_attestations_required accepts any {name}"));
    }
    if accepted.contains(&LOWEST) {
        return Err(format!("key_attestations_required accepts {LOWEST} as {name}"));
    }
    first(draft)?.claims.insert(name.into(), json!([LOWEST]));
    Ok(format!("{name} is {LOWEST}"))
}

/// The type of the proof that the attestation is of, or goes with.
fn proof_type(draft: &Draft) -> &'static str {
    if draft.key_proofs.is_empty() { "attestation" } else { "jwt" }
}

/// The configuration that the request names; by an identifier, the first that is attested.
fn configuration<'s>(draft: &Draft, session: &'s Session) -> Option<Configuration<'s>> {
    let metadata = session.issuer.as_ref()?.credential();
    let named = match &draft.content {
        Content::Json(json) => json.get("credential_configuration_id").and_then(Value::as_str),
        _ => None,
    };
    match named {
        Some(id) => metadata.configuration(id),
        None => metadata
            .configurations()
            .map(|(_, configuration)| configuration)
            .find(|one| one.requires_key_attestations() || one.supports_attestation_proofs()),
    }
}

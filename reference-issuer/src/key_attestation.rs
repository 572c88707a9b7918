//! Key attestations (OpenID4VCI, appendix D): a trusted provider vouches for keys of a wallet.

use serde_json::{Map, Value, json};

use crate::{
    algorithm::{self, Algorithm},
    clock,
    expiring::{Key, key_of},
    faults::{conduct::Conduct, rules::Rule},
    issuer::Issuer,
    jws::Jws,
    public_key::PublicKey,
    refusal::Refusal,
    settings::Settings,
};

/// The levels that are accepted, of storage and of authentication alike.
const LEVELS: [&str; 2] = ["iso_18045_high", "iso_18045_moderate"];
/// How far ahead of our clock an attestation may be made, in seconds.
const FUTURE: u64 = 60;
/// Most keys that one attestation may attest.
const MOST_KEYS: usize = 100;

/// Where an attestation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the header of a key proof.
    Header,
    /// In place of key proofs.
    Proof,
}

/// What a good attestation attests.
#[derive(Debug)]
pub struct Attested {
    /// These keys.
    pub keys: Vec<PublicKey>,
    /// That it is fresh; `None` only where a lapse waived it.
    pub nonce: Option<Key>,
}

/// Adds to the metadata of a configuration that attestations are demanded.
pub fn announce(settings: &Settings, metadata: &mut Value) {
    let Some(types) = metadata.get_mut("proof_types_supported").and_then(Value::as_object_mut)
    else {
        return;
    };
    let Some(jwt) = types.get_mut("jwt").and_then(Value::as_object_mut) else { return };
    let required = json!({"key_storage": LEVELS, "user_authentication": LEVELS});
    jwt.insert("key_attestations_required".to_owned(), required);
    let mut attestation = jwt.clone();
    let algorithms = json!(algorithm::names(settings.provider_algorithms));
    attestation.insert("proof_signing_alg_values_supported".to_owned(), algorithms);
    types.insert("attestation".to_owned(), Value::Object(attestation));
}

/// Checks an attestation.
pub fn check(
    issuer: &Issuer,
    conduct: &Conduct,
    text: &str,
    place: Place,
) -> Result<Attested, Refusal> {
    let unreadable = || invalid("the key attestation is not a compact JWS of JSON objects");
    let attestation = Jws::read(text).ok_or_else(unreadable)?;
    let listed = match place {
        Place::Header => issuer.settings.wallet_algorithms,
        Place::Proof => issuer.settings.provider_algorithms,
    };
    check_header(issuer, conduct, &attestation, listed)?;
    check_times(conduct, &attestation, place)?;
    check_levels(conduct, &attestation)?;
    let keys = check_keys(conduct, &attestation.payload)?;
    let nonce = check_nonce(issuer, conduct, &attestation)?;
    Ok(Attested { keys, nonce })
}

fn invalid(why: &'static str) -> Refusal {
    Refusal::bad_request("invalid_proof", why)
}

/// typ, alg, and whose signature it is.
fn check_header(
    issuer: &Issuer,
    conduct: &Conduct,
    attestation: &Jws,
    listed: &[Algorithm],
) -> Result<(), Refusal> {
    let typ = attestation.header_text("typ");
    conduct.require(
        Rule::AttestationTyp,
        typ == Some(issuer.settings.dialect.key_attestation_typ),
        || invalid("the key attestation has another typ"),
    )?;
    let alg = attestation.header_text("alg").unwrap_or_default();
    conduct.require(Rule::AttestationAlgNotNone, alg != "none", || {
        invalid("alg of the key attestation is none")
    })?;
    let is_asymmetric = !alg.starts_with("HS");
    conduct.require(Rule::AttestationAlgAsymmetric, is_asymmetric, || {
        invalid("alg of the key attestation is symmetric")
    })?;
    let has_key_pair = alg != "none" && is_asymmetric;
    let is_listed = !has_key_pair || algorithm::lists(listed, alg);
    conduct.require(Rule::AttestationAlgListed, is_listed, || {
        invalid("alg of the key attestation is not supported")
    })?;
    let x5c = attestation.header.get("x5c");
    let attester = x5c.and_then(|x5c| issuer.attesters.read(x5c));
    let attester = attester.ok_or_else(|| invalid("the key attestation has no readable x5c"))?;
    conduct.require(Rule::AttestationAnchorLeftOut, !attester.brings_anchor, || {
        invalid("x5c of the key attestation has the trust anchor")
    })?;
    let is_certified = !attester.is_its_own_issuer;
    conduct.require(Rule::AttestationSignerCertified, is_certified, || {
        invalid("the signer of the key attestation is certified by itself")
    })?;
    // Where a lapse lets a signer certify itself, or brings the anchor, there is nobody to trust.
    let is_trusted = attester.is_trusted || attester.brings_anchor || !is_certified;
    conduct.require(Rule::AttestationTrusted, is_trusted, || {
        invalid("the key attestation is not by a trusted wallet provider")
    })?;
    // An algorithm that only a lapse let through has no signature to verify.
    let is_signed = !has_key_pair || attestation.is_signed_by(&attester.key);
    conduct.require(Rule::AttestationSignature, is_signed, || {
        invalid("the signature of the key attestation does not verify")
    })
}

/// iat, and exp where the attestation is in the header of a proof.
fn check_times(conduct: &Conduct, attestation: &Jws, place: Place) -> Result<(), Refusal> {
    let now = clock::now();
    let is_dated = attestation.claim_is_within("iat", 0, now + FUTURE);
    conduct.require(Rule::AttestationIat, is_dated, || {
        invalid("iat of the key attestation is missing or in the future")
    })?;
    let has_expiry = attestation.payload.contains_key("exp");
    conduct.require(Rule::AttestationExpPresent, has_expiry || place == Place::Proof, || {
        invalid("the key attestation has no exp")
    })?;
    let is_live = !has_expiry || attestation.claim_is_within("exp", now, u64::MAX);
    conduct
        .require(Rule::AttestationUnexpired, is_live, || invalid("the key attestation has expired"))
}

fn check_levels(conduct: &Conduct, attestation: &Jws) -> Result<(), Refusal> {
    let is_accepted = |name: &str| {
        let levels = attestation.payload.get(name).and_then(Value::as_array);
        levels.into_iter().flatten().filter_map(Value::as_str).any(|level| LEVELS.contains(&level))
    };
    conduct.require(Rule::AttestationKeyStorage, is_accepted("key_storage"), || {
        invalid("key_storage of the key attestation is not accepted")
    })?;
    let is_authenticated = is_accepted("user_authentication");
    conduct.require(Rule::AttestationUserAuthentication, is_authenticated, || {
        invalid("user_authentication of the key attestation is not accepted")
    })
}

fn check_keys(conduct: &Conduct, claims: &Map<String, Value>) -> Result<Vec<PublicKey>, Refusal> {
    let keys = claims.get("attested_keys").and_then(Value::as_array);
    let keys: Option<Vec<PublicKey>> = keys
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .take(MOST_KEYS)
        .map(|key| key.as_object().and_then(PublicKey::from_jwk))
        .collect();
    let keys = keys.ok_or_else(|| invalid("an attested key is on no known curve"))?;
    conduct.require(Rule::AttestationKeys, !keys.is_empty(), || {
        invalid("the key attestation attests no key")
    })?;
    Ok(keys)
}

/// The nonce, which is looked at here and used up when the credentials are issued.
fn check_nonce(
    issuer: &Issuer,
    conduct: &Conduct,
    attestation: &Jws,
) -> Result<Option<Key>, Refusal> {
    let nonce = attestation.claim_text("nonce");
    conduct.require(Rule::AttestationNoncePresent, nonce.is_some(), || {
        invalid("the key attestation has no nonce")
    })?;
    let Some(nonce) = nonce else { return Ok(None) };
    let nonce = key_of(nonce.as_bytes());
    let known = issuer.store.nonce(&nonce);
    let is_known = known.is_some_and(|known| !known.is_used && known.tenant == issuer.tenant);
    conduct.require(Rule::AttestationNonceKnown, is_known, || {
        Refusal::bad_request("invalid_nonce", "the nonce of the key attestation is unknown")
    })?;
    Ok(is_known.then_some(nonce))
}

//! Key proofs of type `jwt` (OpenID4VCI, appendix F.1 and F.4).

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use crate::{
    algorithm::{self, Algorithm},
    binding, clock,
    dialect::Nonces,
    did,
    dpop_nonce::Realm,
    expiring::{Key, key_of},
    faults::{conduct::Conduct, rules::Rule},
    issuer::Issuer,
    jws::Jws,
    key_attestation::{self, Attested, Place},
    public_key::PublicKey,
    refusal::Refusal,
    store::Grant,
};

/// How much older or younger than now a key proof may be, in seconds.
const AGE: (u64, u64) = (300, 60);
/// The most certificates of a chain that are looked at.
const LONGEST_CHAIN: usize = 8;
/// Header parameters that carry private or symmetric key material.
const PRIVATE: [&str; 7] = ["d", "k", "p", "q", "dp", "dq", "qi"];

/// What a good proof has proved.
#[derive(Debug)]
pub struct Proved {
    /// Possession of this key.
    pub key: PublicKey,
    /// Knowledge of these nonces; there is none only where a lapse waived it.
    pub nonces: Vec<Key>,
    /// Keys that are attested besides.
    pub attested: Vec<PublicKey>,
}

/// Checks one proof, for a credential that is bound by one of these methods.
pub fn check(
    issuer: &Issuer,
    conduct: &Conduct,
    grant: &Grant,
    methods: &[&str],
    proof: &str,
) -> Result<Proved, Refusal> {
    let unreadable = || invalid("the proof is not a compact JWS of JSON objects");
    let proof = Jws::read(proof).ok_or_else(unreadable)?;
    let taken = issuer.settings.wallet_algorithms;
    let alg = check_header(conduct, &proof, taken)?;
    let key = check_key(conduct, methods, &proof)?;
    // An algorithm that only a lapse let through has no signature to verify.
    let is_signed = !algorithm::lists(taken, alg) || proof.is_signed_by(&key);
    let rule = if alg == "ES256" { Rule::ProofSignature } else { Rule::ProofSignatureFurther };
    conduct.require(rule, is_signed, || invalid("the signature of the proof does not verify"))?;
    check_claims(issuer, conduct, grant, &proof)?;
    let nonce = check_nonce(issuer, conduct, &proof)?;
    let mut proved = Proved { key, nonces: nonce.into_iter().collect(), attested: Vec::new() };
    if issuer.settings.key_attestations {
        check_attestation(issuer, conduct, &proof, &mut proved)?;
    }
    Ok(proved)
}

/// The attestation in the header, which must attest the key of the proof.
fn check_attestation(
    issuer: &Issuer,
    conduct: &Conduct,
    proof: &Jws,
    proved: &mut Proved,
) -> Result<(), Refusal> {
    let attestation = proof.header_text("key_attestation");
    conduct.require(Rule::AttestationPresent, attestation.is_some(), || {
        invalid("the proof has no key_attestation")
    })?;
    let Some(attestation) = attestation else { return Ok(()) };
    let Attested { keys, nonce } =
        key_attestation::check(issuer, conduct, attestation, Place::Header)?;
    // Where a lapse lets no key be attested, none can be missing.
    let is_attested = keys.is_empty() || keys.contains(&proved.key);
    conduct.require(Rule::AttestationCoversProof, is_attested, || {
        invalid("the key of the proof is not attested")
    })?;
    proved.nonces.extend(nonce);
    proved.attested = if is_attested { keys } else { Vec::new() };
    Ok(())
}

fn invalid(why: &'static str) -> Refusal {
    Refusal::bad_request("invalid_proof", why)
}

/// typ, alg and crit; answers the alg.
fn check_header<'a>(
    conduct: &Conduct,
    proof: &'a Jws,
    taken: &[Algorithm],
) -> Result<&'a str, Refusal> {
    let typ = proof.header_text("typ");
    conduct.require(Rule::ProofTyp, typ == Some("openid4vci-proof+jwt"), || {
        invalid("typ of the proof is not openid4vci-proof+jwt")
    })?;
    conduct.require(Rule::ProofNotCritical, !proof.header.contains_key("crit"), || {
        invalid("the proof has critical headers")
    })?;
    let alg = proof.header_text("alg").unwrap_or_default();
    conduct
        .require(Rule::ProofAlgNotNone, alg != "none", || invalid("alg of the proof is none"))?;
    let is_asymmetric = !alg.starts_with("HS");
    conduct.require(Rule::ProofAlgAsymmetric, is_asymmetric, || {
        invalid("alg of the proof is symmetric")
    })?;
    let is_listed = algorithm::lists(taken, alg) || alg == "none" || !is_asymmetric;
    conduct.require(Rule::ProofAlgListed, is_listed, || {
        invalid("alg of the proof is not supported")
    })?;
    Ok(alg)
}

/// The key that the header names in exactly one way; never a private one.
fn check_key(conduct: &Conduct, methods: &[&str], proof: &Jws) -> Result<PublicKey, Refusal> {
    let header = &proof.header;
    let ways = ["jwk", "kid", "x5c"];
    let named = ways.iter().filter(|way| header.contains_key(**way)).count();
    conduct.require(Rule::ProofOneKey, named < 2, || {
        invalid("the proof names its key in more than one way")
    })?;
    let jwk = header.get("jwk");
    let is_private = |jwk: &Value| PRIVATE.iter().any(|name| jwk.get(name).is_some());
    conduct.require(Rule::ProofKeyPublic, !jwk.is_some_and(is_private), || {
        invalid("the proof holds a private key")
    })?;
    binding::check(conduct, methods, header)?;
    let key = if let Some(jwk) = jwk {
        jwk.as_object().and_then(PublicKey::from_jwk)
    } else if let Some(kid) = header.get("kid") {
        kid.as_str().and_then(did::resolve)
    } else if let Some(x5c) = header.get("x5c") {
        leaf_key(conduct, proof, x5c)?
    } else {
        None
    };
    key.ok_or_else(|| invalid("the proof names no key that this issuer can find"))
}

/// The key in the first certificate of an `x5c` header, which has to be the one that signed.
fn leaf_key(conduct: &Conduct, proof: &Jws, x5c: &Value) -> Result<Option<PublicKey>, Refusal> {
    let chain = x5c.as_array().map(Vec::as_slice).unwrap_or_default();
    let keys: Vec<Option<PublicKey>> = chain.iter().take(LONGEST_CHAIN).map(key_in).collect();
    let is_signer =
        |key: &Option<PublicKey>| key.as_ref().is_some_and(|key| proof.is_signed_by(key));
    let signer = keys.iter().position(is_signer).unwrap_or_default();
    conduct.require(Rule::ProofLeafFirst, signer == 0, || {
        invalid("the proof is by another certificate of its chain than the first")
    })?;
    Ok(keys.into_iter().nth(signer).flatten())
}

fn key_in(certificate: &Value) -> Option<PublicKey> {
    PublicKey::from_certificate(&STANDARD.decode(certificate.as_str()?).ok()?)
}

/// iss, aud, iat and, though not asked for, exp and nbf.
fn check_claims(
    issuer: &Issuer,
    conduct: &Conduct,
    grant: &Grant,
    proof: &Jws,
) -> Result<(), Refusal> {
    let client = grant.client_id.as_deref();
    let is_of = |iss: &Value| client.is_some() && iss.as_str() == client;
    conduct.require(Rule::ProofIss, proof.payload.get("iss").is_none_or(is_of), || {
        invalid("iss of the proof is not the client that got the access token")
    })?;
    let aud = proof.payload.get("aud");
    conduct.require(Rule::ProofAudText, !aud.is_some_and(Value::is_array), || {
        invalid("aud of the proof is an array")
    })?;
    // An array that only a lapse let through counts by its first element.
    let aud = aud.and_then(|aud| aud.as_str().or_else(|| aud.get(0)?.as_str()));
    let is_ours = aud == Some(issuer.layout.credential_issuer.as_str());
    conduct.require(Rule::ProofAud, is_ours, || {
        invalid("aud of the proof is not this credential issuer")
    })?;
    let (now, (past, future)) = (clock::now(), AGE);
    let earliest = now.saturating_sub(past);
    let is_recent = proof.claim_is_within("iat", earliest, now + future);
    conduct.require(Rule::ProofIat, is_recent, || {
        invalid("iat of the proof is missing or not recent")
    })?;
    let has = |name| proof.payload.contains_key(name);
    let is_over = has("exp") && !proof.claim_is_within("exp", now, u64::MAX);
    let is_to_come = has("nbf") && !proof.claim_is_within("nbf", 0, now + future);
    conduct.require(Rule::ProofUnexpired, !is_over && !is_to_come, || {
        invalid("the proof has expired or is not valid yet")
    })
}

/// The nonce, which is looked at here and used up when the credentials are issued.
fn check_nonce(issuer: &Issuer, conduct: &Conduct, proof: &Jws) -> Result<Option<Key>, Refusal> {
    let nonce = proof.payload.get("nonce").filter(|_| issuer.settings.wants_nonces);
    let is_asked = issuer.settings.dialect.nonces != Nonces::AnswersUnasked;
    if nonce.is_none() && !(is_asked && issuer.settings.wants_nonces) {
        return Ok(None);
    }
    conduct
        .require(Rule::ProofNoncePresent, nonce.is_some(), || invalid("the proof has no nonce"))?;
    let Some(nonce) = nonce else {
        return Ok(None);
    };
    let not_text = || invalid("nonce of the proof is not text");
    conduct.require(Rule::ProofNonceText, nonce.is_string(), not_text)?;
    // An array that only a lapse let through counts by its first element.
    let nonce = nonce.as_str().or_else(|| nonce.get(0)?.as_str()).ok_or_else(not_text)?;
    let is_of_dpop = [Realm::Authorization, Realm::Resource]
        .into_iter()
        .any(|realm| issuer.dpop_nonces.knows(nonce, realm));
    let nonce = key_of(nonce.as_bytes());
    let known = issuer.store.nonce(&nonce);
    let Some(known) = known else {
        let rule = if is_of_dpop {
            Rule::ProofNonceNotDpop
        } else if issuer.store.nonce_has_expired(&nonce) {
            Rule::ProofNonceUnexpired
        } else {
            Rule::ProofNonceKnown
        };
        conduct.require(rule, false, unknown_nonce)?;
        return Ok(Some(nonce));
    };
    conduct.require(Rule::ProofNonceUnused, !known.is_used, unknown_nonce)?;
    conduct.require(Rule::ProofNonceOwn, known.tenant == issuer.tenant, unknown_nonce)?;
    Ok(Some(nonce))
}

/// The refusal of a nonce that was not handed out here, has expired, or was used.
pub fn unknown_nonce() -> Refusal {
    Refusal::bad_request("invalid_nonce", "the nonce of the proof is unknown or was used")
}

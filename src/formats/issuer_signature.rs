//! Whose signature is on an SD-JWT VC: verified once, with the key found the way that the
//! credential itself points (SD-JWT VC, Issuer Signature Mechanisms).

use serde_json::Value;

use super::SdJwt;
use crate::jose::{
    Certificate, ChainReport, Jws, KeyError, PublicJwk, PublicKey, VerifyError, chain,
};

/// What is known beside the credential.
#[derive(Clone, Copy, Debug, Default)]
pub struct IssuerEvidence<'a> {
    /// The JWT VC Issuer Metadata that were fetched for the credential's `iss`.
    pub metadata: Option<&'a Value>,
    /// The key set that was fetched from the metadata's `jwks_uri`.
    pub key_set: Option<&'a Value>,
    /// The trust anchors of the profile or the user.
    pub trust_anchors: &'a [Certificate],
    /// The time for which chains are examined, in seconds since the Unix epoch.
    pub now: i64,
}

/// What became of the issuer's signature.
#[derive(Clone, Debug, PartialEq)]
pub enum SignatureVerdict {
    /// The signature fits.
    Verified {
        /// How the key was found.
        by: VerifiedBy,
    },
    /// There is a key, and the signature does not fit it, or there is no digital signature.
    Failed {
        /// The reason.
        why: String,
    },
    /// No key of the issuer could be found.
    Unresolvable {
        /// The reason.
        why: String,
    },
    /// The signature is of a kind that cannot be verified here, so nothing is said.
    UnsupportedAlgorithm {
        /// The algorithm or the kind of key.
        algorithm: String,
    },
}

/// How the key was found that verifies the signature.
#[derive(Clone, Debug, PartialEq)]
pub enum VerifiedBy {
    /// With the first certificate of `x5c`. Whether its chain is good is for the report to say.
    CertificateChain {
        /// What was found out about the chain.
        report: ChainReport,
    },
    /// With a key of the issuer's metadata.
    IssuerMetadata {
        /// The key's own `kid`, if it has one.
        kid: Option<String>,
    },
}

/// Verifies the signature of an SD-JWT VC: by `x5c` if its header has it, else by the metadata of
/// its `iss`.
pub fn verify(credential: &SdJwt, evidence: &IssuerEvidence<'_>) -> SignatureVerdict {
    let jws = &credential.jws;
    match jws.algorithm() {
        Some(algorithm) if PublicKey::supports(algorithm) => {}
        Some(algorithm) if PublicKey::is_symmetric_or_none(algorithm) => {
            return SignatureVerdict::Failed {
                why: format!("`{algorithm}` is no digital signature"),
            };
        }
        Some(algorithm) => {
            return SignatureVerdict::UnsupportedAlgorithm { algorithm: algorithm.to_owned() };
        }
        None => {
            return SignatureVerdict::Failed {
                why: "the header has no string as `alg`".to_owned(),
            };
        }
    }
    if let Some(x5c) = jws.header().get("x5c") {
        return verify_by_chain(jws, x5c, evidence);
    }
    match issuer_keys(credential, evidence) {
        Ok(keys) => verify_by_keys(jws, &keys),
        Err(why) => SignatureVerdict::Unresolvable { why },
    }
}

fn verify_by_chain(jws: &Jws, x5c: &Value, evidence: &IssuerEvidence<'_>) -> SignatureVerdict {
    let certificates = match chain::read_x5c(x5c) {
        Ok(certificates) => certificates,
        Err(error) => {
            return SignatureVerdict::Unresolvable { why: error.to_string() };
        }
    };
    let Some(leaf) = certificates.first() else {
        return SignatureVerdict::Unresolvable { why: "`x5c` is empty".to_owned() };
    };
    verify_by_key(jws, leaf.public_key(), || VerifiedBy::CertificateChain {
        report: chain::examine(&certificates, evidence.trust_anchors, evidence.now),
    })
}

/// Tries the keys that the header's `kid` names, or all of them if it names none.
fn verify_by_keys(jws: &Jws, keys: &[PublicJwk]) -> SignatureVerdict {
    let kid = jws.key_id();
    let candidates = keys.iter().filter(|key| kid.is_none() || key.key_id() == kid);
    let mut worst = None;
    for candidate in candidates {
        let by = || VerifiedBy::IssuerMetadata { kid: candidate.key_id().map(str::to_owned) };
        match verify_by_key(jws, candidate.to_public_key(), by) {
            verified @ SignatureVerdict::Verified { .. } => return verified,
            failed @ SignatureVerdict::Failed { .. } => worst = Some(failed),
            other => worst = worst.or(Some(other)),
        }
    }
    worst.unwrap_or_else(|| SignatureVerdict::Unresolvable {
        why: match kid {
            Some(kid) => format!("the issuer's key set has no key `{kid}`"),
            None => "the issuer's key set is empty".to_owned(),
        },
    })
}

/// One attempt. The algorithm is known to be a supported one, so a kind of key that is not
/// supported cannot belong to it.
fn verify_by_key(
    jws: &Jws,
    key: Result<PublicKey, KeyError>,
    by: impl FnOnce() -> VerifiedBy,
) -> SignatureVerdict {
    let key = match key {
        Ok(key) => key,
        Err(KeyError::Unsupported(kind)) => {
            let algorithm = jws.algorithm().unwrap_or_default();
            return SignatureVerdict::Failed {
                why: format!("`{algorithm}` does not go with a key of kind {kind}"),
            };
        }
        Err(error) => {
            return SignatureVerdict::Unresolvable { why: error.to_string() };
        }
    };
    match jws.verify(&key) {
        Ok(()) => SignatureVerdict::Verified { by: by() },
        Err(VerifyError::UnsupportedAlgorithm(algorithm)) => {
            SignatureVerdict::UnsupportedAlgorithm { algorithm }
        }
        Err(error) => SignatureVerdict::Failed { why: error.to_string() },
    }
}

/// The keys of the metadata, which have to be those of the credential's `iss`.
fn issuer_keys(
    credential: &SdJwt,
    evidence: &IssuerEvidence<'_>,
) -> Result<Vec<PublicJwk>, String> {
    let issuer = credential.issuer().ok_or("there is neither `x5c` nor a string as `iss`")?;
    let metadata = evidence
        .metadata
        .ok_or_else(|| format!("there is no `x5c`, and no metadata of `{issuer}`"))?;
    match metadata.get("issuer").and_then(Value::as_str) {
        Some(named) if named == issuer => {}
        Some(named) => {
            return Err(format!("expected metadata of `{issuer}`, found those of `{named}`"));
        }
        None => return Err("the issuer's metadata have no `issuer`".to_owned()),
    }
    let key_set = match (metadata.get("jwks"), evidence.key_set) {
        (Some(embedded), _) => embedded,
        (None, Some(fetched)) => fetched,
        (None, None) => return Err("the issuer's metadata lead to no key set".to_owned()),
    };
    let keys = key_set.get("keys").and_then(Value::as_array);
    let keys = keys.ok_or("the issuer's key set has no array `keys`")?;
    Ok(keys.iter().filter_map(|key| PublicJwk::from_value(key).ok()).collect())
}

//! Whose signature is on an SD-JWT VC: verified once, with the key found the way that the
//! credential itself points (SD-JWT VC, Issuer Signature Mechanisms). What it finds out about one
//! algorithm, chain, key set or key serves the other credentials that are JWTs too.

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
    /// Metadata of the same form that the user gives, of any issuers: whose keys are published
    /// nowhere.
    pub given: &'a [Value],
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
    /// With a key of the issuer's OpenID configuration.
    OpenidConfiguration {
        /// The key's own `kid`, if it has one.
        kid: Option<String>,
    },
    /// With a key that was given for the issuer.
    GivenKeys {
        /// The key's own `kid`, if it has one.
        kid: Option<String>,
    },
    /// With the key that a DID leads to, in its name or in its document.
    Did {
        /// The DID URL that the credential has.
        url: String,
    },
}

/// Verifies the signature of an SD-JWT VC: by `x5c` if its header has it, else by the metadata of
/// its `iss`.
pub fn verify(credential: &SdJwt, evidence: &IssuerEvidence<'_>) -> SignatureVerdict {
    verify_jws(&credential.jws, credential.issuer(), evidence)
}

/// Verifies the signature of a JWT in the same way, by the metadata of this issuer where it has no
/// `x5c`.
pub fn verify_jws(
    jws: &Jws,
    issuer: Option<&str>,
    evidence: &IssuerEvidence<'_>,
) -> SignatureVerdict {
    if let Err(verdict) = judge_algorithm(jws) {
        return verdict;
    }
    if let Some(x5c) = jws.header().get("x5c") {
        return verify_by_chain(jws, x5c, evidence);
    }
    if let Some(verdict) = verify_by_given(jws, issuer, evidence.given) {
        return verdict;
    }
    let keys = issuer.ok_or("there is neither `x5c` nor a string as `iss`".to_owned());
    match keys.and_then(|issuer| keys_of(issuer, evidence)) {
        Ok(keys) => verify_by_keys(jws, &keys, |kid| VerifiedBy::IssuerMetadata { kid }),
        Err(why) => SignatureVerdict::Unresolvable { why },
    }
}

/// Whether the header names an algorithm whose signatures can be verified; else what to say.
pub(super) fn judge_algorithm(jws: &Jws) -> Result<(), SignatureVerdict> {
    match jws.algorithm() {
        Some(algorithm) if PublicKey::supports(algorithm) => Ok(()),
        Some(algorithm) if PublicKey::is_symmetric_or_none(algorithm) => {
            Err(SignatureVerdict::Failed { why: format!("`{algorithm}` is no digital signature") })
        }
        Some(algorithm) => {
            Err(SignatureVerdict::UnsupportedAlgorithm { algorithm: algorithm.to_owned() })
        }
        None => {
            Err(SignatureVerdict::Failed { why: "the header has no string as `alg`".to_owned() })
        }
    }
}

/// By the first certificate of a chain that came with the JWT, or beside it.
pub fn verify_by_chain(jws: &Jws, x5c: &Value, evidence: &IssuerEvidence<'_>) -> SignatureVerdict {
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

/// By the keys that the user gives for the issuer, if there are any and one of them fits.
pub(super) fn verify_by_given(
    jws: &Jws,
    issuer: Option<&str>,
    given: &[Value],
) -> Option<SignatureVerdict> {
    let issuer = issuer?;
    let its = |one: &&Value| one.get("issuer").and_then(Value::as_str) == Some(issuer);
    let verdicts = given.iter().filter(its).filter_map(|metadata| {
        let evidence = IssuerEvidence { metadata: Some(metadata), ..IssuerEvidence::default() };
        let keys = keys_of(issuer, &evidence).ok()?;
        Some(verify_by_keys(jws, &keys, |kid| VerifiedBy::GivenKeys { kid }))
    });
    verdicts.into_iter().find(|verdict| matches!(verdict, SignatureVerdict::Verified { .. }))
}

/// Tries the keys that the header's `kid` names, or all of them if it names none.
pub(super) fn verify_by_keys(
    jws: &Jws,
    keys: &[PublicJwk],
    by: fn(Option<String>) -> VerifiedBy,
) -> SignatureVerdict {
    let kid = jws.key_id();
    let candidates = keys.iter().filter(|key| kid.is_none() || key.key_id() == kid);
    let mut worst = None;
    for candidate in candidates {
        let by_this = || by(candidate.key_id().map(str::to_owned));
        match verify_by_key(jws, candidate.to_public_key(), by_this) {
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

/// The key of a certificate for Ed448 (RFC 8410, section 3).
const ID_ED448: &str = "1.3.101.113";

/// One attempt. The algorithm is known to be a supported one, so a kind of key that is not
/// supported cannot belong to it.
pub(super) fn verify_by_key(
    jws: &Jws,
    key: Result<PublicKey, KeyError>,
    by: impl FnOnce() -> VerifiedBy,
) -> SignatureVerdict {
    let key = match key {
        Ok(key) => key,
        Err(KeyError::Unsupported(kind))
            if jws.algorithm() == Some("EdDSA") && (kind.contains("Ed448") || kind == ID_ED448) =>
        {
            let algorithm = "EdDSA with Ed448".to_owned();
            return SignatureVerdict::UnsupportedAlgorithm { algorithm };
        }
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
pub(super) fn keys_of(
    issuer: &str,
    evidence: &IssuerEvidence<'_>,
) -> Result<Vec<PublicJwk>, String> {
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::json;

    use super::*;
    use crate::formats::sd_jwt::vectors::{ISSUED, ISSUER_X, ISSUER_Y};
    use crate::jose::vectors::{DURING, INTERMEDIATE, LEAF, LEAF_KEY, RIVEST, ROOT};
    use crate::jose::{ChainStanding, JwtDraft, PrivateKey, Signing, base64url};

    const ISSUER: &str = "https://issuer.example.com";

    fn metadata(keys: Value) -> Value {
        json!({"issuer": ISSUER, "jwks": {"keys": keys}})
    }

    fn rfc_key(kid: &str) -> Value {
        json!({"kty": "EC", "crv": "P-256", "x": ISSUER_X, "y": ISSUER_Y, "kid": kid})
    }

    fn by_metadata(credential: &SdJwt, metadata: &Value) -> SignatureVerdict {
        verify(
            credential,
            &IssuerEvidence { metadata: Some(metadata), ..IssuerEvidence::default() },
        )
    }

    /// A credential of the leaf, with further header members.
    fn credential(header: &[(&str, Value)], signing: Option<Signing>) -> SdJwt {
        let key = PrivateKey::from_bytes(&LEAF_KEY).unwrap();
        let claims = json!({"iss": ISSUER, "vct": "urn:example:id"});
        let mut draft = JwtDraft::new("dc+sd-jwt", &key, claims.as_object().unwrap().clone());
        if let Some(signing) = signing {
            draft.sign_with(signing);
        }
        for (name, value) in header {
            draft.header.insert((*name).to_owned(), value.clone());
        }
        SdJwt::open(&format!("{}~", draft.compact())).unwrap()
    }

    fn why(verdict: SignatureVerdict) -> String {
        match verdict {
            SignatureVerdict::Failed { why } => format!("failed: {why}"),
            SignatureVerdict::Unresolvable { why } => format!("unresolvable: {why}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_example_of_rfc_9901_is_verified_by_the_issuers_metadata() {
        let credential = SdJwt::open(ISSUED).unwrap();
        let verdict = by_metadata(&credential, &metadata(json!([rfc_key("one")])));
        let by = VerifiedBy::IssuerMetadata { kid: Some("one".to_owned()) };
        assert_eq!(verdict, SignatureVerdict::Verified { by });
    }

    #[test]
    fn a_key_set_may_be_fetched_apart() {
        let credential = SdJwt::open(ISSUED).unwrap();
        let metadata = json!({"issuer": ISSUER, "jwks_uri": "https://issuer.example.com/keys"});
        let key_set = json!({"keys": [rfc_key("one")]});
        let mut evidence =
            IssuerEvidence { metadata: Some(&metadata), ..IssuerEvidence::default() };
        assert!(why(verify(&credential, &evidence)).contains("lead to no key set"));
        evidence.key_set = Some(&key_set);
        assert!(matches!(verify(&credential, &evidence), SignatureVerdict::Verified { .. }));
    }

    #[test]
    fn keys_that_were_given_serve_their_issuer_and_no_other() {
        let credential = SdJwt::open(ISSUED).unwrap();
        let given = [metadata(json!([rfc_key("one")]))];
        let evidence = IssuerEvidence { given: &given, ..IssuerEvidence::default() };
        let by = VerifiedBy::GivenKeys { kid: Some("one".to_owned()) };
        assert_eq!(verify(&credential, &evidence), SignatureVerdict::Verified { by });
        let of_another = [json!({"issuer": "https://another.example", "jwks": {"keys": []}})];
        let evidence = IssuerEvidence { given: &of_another, ..IssuerEvidence::default() };
        assert!(why(verify(&credential, &evidence)).contains("no metadata of"));
    }

    #[test]
    fn without_kid_every_key_is_tried_and_with_kid_only_that_one() {
        let own = PrivateKey::from_bytes(&LEAF_KEY).unwrap().public_jwk().to_value();
        let rsa = json!({"kty": "RSA", "n": "AQ", "e": "AQAB"});
        let keys = metadata(json!([rsa, rfc_key("one"), own]));
        let verdict = by_metadata(&credential(&[], None), &keys);
        assert_eq!(
            verdict,
            SignatureVerdict::Verified { by: VerifiedBy::IssuerMetadata { kid: None } }
        );
        let verdict = by_metadata(&credential(&[("kid", json!("one"))], None), &keys);
        assert!(why(verdict).starts_with("failed: the signature does not fit"));
        let verdict = by_metadata(&credential(&[("kid", json!("two"))], None), &keys);
        assert_eq!(why(verdict), "unresolvable: the issuer's key set has no key `two`");
    }

    #[test]
    fn metadata_of_another_issuer_or_of_none_resolve_nothing() {
        let plain = credential(&[], None);
        let other = json!({"issuer": "https://issuer.example.com/", "jwks": {"keys": []}});
        assert!(why(by_metadata(&plain, &other)).starts_with("unresolvable: expected metadata of"));
        assert!(why(by_metadata(&plain, &json!({}))).contains("have no `issuer`"));
        assert!(why(by_metadata(&plain, &metadata(json!([])))).contains("is empty"));
        assert!(
            why(by_metadata(&plain, &json!({"issuer": ISSUER, "jwks": 1}))).contains("no array")
        );
        assert!(why(verify(&plain, &IssuerEvidence::default())).contains("no metadata of"));
    }

    #[test]
    fn a_chain_is_verified_with_its_leaf_and_examined() {
        let anchors = [Certificate::from_base64(ROOT).unwrap()];
        let evidence =
            IssuerEvidence { trust_anchors: &anchors, now: DURING, ..IssuerEvidence::default() };
        let verdict = verify(&credential(&[("x5c", json!([LEAF, INTERMEDIATE]))], None), &evidence);
        let SignatureVerdict::Verified { by: VerifiedBy::CertificateChain { report } } = verdict
        else {
            unreachable!("not verified: {verdict:?}");
        };
        assert!(matches!(report.standing(), ChainStanding::Anchored { .. }));
    }

    #[test]
    fn a_chain_in_wrong_order_with_the_wrong_alphabet_or_key_does_not_verify() {
        let outcome = |x5c: Value| {
            why(verify(&credential(&[("x5c", x5c)], None), &IssuerEvidence::default()))
        };
        assert!(outcome(json!([INTERMEDIATE, LEAF])).starts_with("failed: the signature"));
        assert!(outcome(json!([RIVEST])).starts_with("failed: `ES256` does not go with"));
        assert!(outcome(json!([])).starts_with("unresolvable"));
        let url = LEAF.replace('+', "-").replace('/', "_");
        assert!(outcome(json!([url])).starts_with("unresolvable"));
    }

    #[test]
    fn no_digital_signature_fails_and_an_unknown_one_is_unsupported() {
        let outcome = |signing| {
            let chain = ("x5c", json!([LEAF, INTERMEDIATE]));
            verify(&credential(&[chain], Some(signing)), &IssuerEvidence::default())
        };
        assert!(why(outcome(Signing::None)).starts_with("failed: `none` is no digital"));
        assert!(why(outcome(Signing::Hmac(vec![1]))).starts_with("failed: `HS256`"));
        let key = PrivateKey::from_bytes(&LEAF_KEY).unwrap();
        assert!(why(outcome(Signing::Corrupted(key))).starts_with("failed: the signature"));
        let header = base64url::encode(r#"{"alg":"RS256"}"#);
        let unsupported = SdJwt::open(&format!("{header}.e30.AA~")).unwrap();
        assert_eq!(
            verify(&unsupported, &IssuerEvidence::default()),
            SignatureVerdict::UnsupportedAlgorithm { algorithm: "RS256".to_owned() }
        );
    }
}

//! Whose signature is on a credential in a JWT: verified once, with the key found the way that the
//! credential itself points: a chain in `x5c`, a DID in `kid` or `iss`, or the metadata behind an
//! `iss` that is a URL.

use serde_json::Value;
use url::Url;

use super::JwtVc;
use crate::formats::issuer_signature::{
    self as signature, IssuerEvidence, SignatureVerdict, VerifiedBy,
};
use crate::jose::did_document::{self, VerificationMethod};
use crate::jose::{Certificate, Jws, did, did_web};

/// What is known beside the credential.
#[derive(Clone, Copy, Debug, Default)]
pub struct JwtVcEvidence<'a> {
    /// The document that was fetched for a did:web.
    pub did_document: Option<&'a Value>,
    /// The JWT VC Issuer Metadata that were fetched for an `iss` that is a URL.
    pub metadata: Option<&'a Value>,
    /// The OpenID configuration that was fetched for it where there are no such metadata.
    pub openid_configuration: Option<&'a Value>,
    /// The key set that was fetched from the `jwks_uri` of either.
    pub key_set: Option<&'a Value>,
    /// Metadata of the same form that the user gives, of any issuers.
    pub given: &'a [Value],
    /// The trust anchors of the profile or the user.
    pub trust_anchors: &'a [Certificate],
    /// The time for which chains are examined, in seconds since the Unix epoch.
    pub now: i64,
}

/// Verifies the signature of a credential in a JWT.
pub fn verify(credential: &JwtVc, evidence: &JwtVcEvidence<'_>) -> SignatureVerdict {
    let jws = &credential.jws;
    if let Err(verdict) = signature::judge_algorithm(jws) {
        return verdict;
    }
    let known = |metadata| IssuerEvidence {
        metadata,
        key_set: evidence.key_set,
        given: evidence.given,
        trust_anchors: evidence.trust_anchors,
        now: evidence.now,
    };
    if let Some(x5c) = jws.header().get("x5c") {
        return signature::verify_by_chain(jws, x5c, &known(None));
    }
    if let Some(verdict) = signature::verify_by_given(jws, credential.issuer(), evidence.given) {
        return verdict;
    }
    if let Some(url) = key_url(credential) {
        return by_did(credential, &url, evidence.did_document);
    }
    let Some(issuer) = credential.issuer() else {
        let why = "there is neither `x5c` nor a DID as `kid` nor a string as `iss`".to_owned();
        return SignatureVerdict::Unresolvable { why };
    };
    let (metadata, by): (_, fn(Option<String>) -> VerifiedBy) =
        match (evidence.metadata, evidence.openid_configuration) {
            (None, Some(configuration)) => {
                (Some(configuration), |kid| VerifiedBy::OpenidConfiguration { kid })
            }
            (metadata, _) => (metadata, |kid| VerifiedBy::IssuerMetadata { kid }),
        };
    match signature::keys_of(issuer, &known(metadata)) {
        Ok(keys) => signature::verify_by_keys(jws, &keys, by),
        Err(why) => SignatureVerdict::Unresolvable { why },
    }
}

/// The DID URL of the key: the header's `kid` where it is one, else that `kid` as a fragment of
/// an `iss` that is a DID, else that DID.
pub fn key_url(credential: &JwtVc) -> Option<String> {
    let kid = credential.jws.key_id();
    if let Some(kid) = kid.filter(|kid| kid.starts_with("did:")) {
        return Some(kid.to_owned());
    }
    let did = credential.issuer().filter(|issuer| issuer.starts_with("did:"))?;
    Some(match kid {
        Some(kid) => format!("{did}#{}", kid.trim_start_matches('#')),
        None => did.to_owned(),
    })
}

/// Where the document is that has the key, of a credential that names it by a did:web.
pub fn document_url(credential: &JwtVc) -> Option<Url> {
    did_web::document_url(&key_url(credential)?).ok()
}

/// Whether a `kid`, where there is one, is a DID URL, and so the name of a verification method.
fn names_its_method(jws: &Jws) -> bool {
    jws.key_id().is_none_or(|kid| kid.starts_with("did:"))
}

fn by_did(credential: &JwtVc, url: &str, document: Option<&Value>) -> SignatureVerdict {
    let jws = &credential.jws;
    let unresolvable = |why: String| SignatureVerdict::Unresolvable { why };
    let by = || VerifiedBy::Did { url: url.to_owned() };
    let did = did_web::did_of(url);
    if let Err(error) = did_web::document_url(did) {
        // A method that carries its key in the name, or one that leads nowhere.
        let resolved = match names_its_method(jws) {
            true => did::resolve(url),
            false => did::resolve(did),
        };
        return match resolved {
            Ok(key) => signature::verify_by_key(jws, key.to_public_key(), by),
            Err(_) if did.starts_with("did:web:") => unresolvable(error.to_string()),
            Err(error) => unresolvable(error.to_string()),
        };
    }
    let Some(document) = document else {
        return unresolvable(format!("no document of `{did}` could be had"));
    };
    if document.get("id").and_then(Value::as_str) != Some(did) {
        return unresolvable(format!("expected the document of `{did}`, found another `id`"));
    }
    let mut methods = did_document::verification_methods(document, did);
    if url.contains('#') {
        let named = did_document::verification_methods(document, did);
        methods.retain(|method| method.id == url);
        if methods.is_empty() && names_its_method(jws) {
            return unresolvable(format!("the document of `{did}` has no key `{url}`"));
        }
        if methods.is_empty() {
            // The name is the key's own, or one that the document does not have.
            let has_name = |method: &VerificationMethod<'_>| {
                method.key().is_ok_and(|key| key.key_id() == jws.key_id())
            };
            methods = named.iter().filter(|method| has_name(method)).cloned().collect();
            if methods.is_empty() {
                methods = named;
            }
        }
    }
    let listed = !methods.is_empty();
    methods.retain(|method| method.asserts);
    let mut worst = None;
    for method in &methods {
        let key = match method.key() {
            Ok(key) => key.to_public_key(),
            Err(error) => {
                worst = worst.or_else(|| Some(unresolvable(error.to_string())));
                continue;
            }
        };
        match signature::verify_by_key(jws, key, by) {
            verified @ SignatureVerdict::Verified { .. } => return verified,
            failed @ SignatureVerdict::Failed { .. } => worst = Some(failed),
            other => worst = worst.or(Some(other)),
        }
    }
    worst.unwrap_or_else(|| match listed {
        true => unresolvable(format!("`{url}` is not in the `assertionMethod` of its document")),
        false => unresolvable(format!("the document of `{did}` has no keys")),
    })
}

//! A W3C credential secured as a JWT (VCDM 1.1, section 6.3.1), opened leniently: what is wrong
//! about its members stays visible for the checks.

mod signature;

use serde_json::{Map, Value};

use crate::jose::{Jws, JwsError, PublicJwk, did};

pub use signature::{JwtVcEvidence, document_url, key_url, verify};

/// What every credential of the data model is, beside its own types.
pub const GENERAL_TYPE: &str = "VerifiableCredential";
/// The first context of every credential of version 1 of the data model.
pub const FIRST_CONTEXT: &str = "https://www.w3.org/2018/credentials/v1";

/// What precedes the SHA-256 thumbprint of a key in a URN (RFC 9278).
const THUMBPRINT_URN: &str = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:";

/// A credential in a JWT, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct JwtVc {
    /// The JWT.
    pub jws: Jws,
    payload: Map<String, Value>,
}

impl JwtVc {
    /// Takes a credential apart. Only the JWT has to be readable.
    ///
    /// # Errors
    /// [`JwsError`] where it is no compact JWS, or its payload no JSON object.
    pub fn open(text: &str) -> Result<Self, JwsError> {
        let jws = Jws::parse(text)?;
        let payload = jws.payload_claims()?.clone();
        Ok(Self { jws, payload })
    }

    /// The claims of the JWT.
    pub fn payload(&self) -> &Map<String, Value> {
        &self.payload
    }

    /// A claim of the JWT that is a string.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.payload.get(name)?.as_str()
    }

    /// The payload's `iss`, if it is a string.
    pub fn issuer(&self) -> Option<&str> {
        self.text("iss")
    }

    /// The claim `vc`, if it is an object.
    pub fn vc(&self) -> Option<&Map<String, Value>> {
        self.payload.get("vc")?.as_object()
    }

    /// A member of `vc`.
    pub fn member(&self, name: &str) -> Option<&Value> {
        self.vc()?.get(name)
    }

    /// The strings of `vc.type`, which may be one string.
    pub fn types(&self) -> Vec<&str> {
        strings(self.member("type"))
    }

    /// `vc.issuer`, a string or the `id` of an object.
    pub fn named_issuer(&self) -> Option<&str> {
        identifier(self.member("issuer")?)
    }

    /// The objects in `vc.credentialSubject`, which may be one object.
    pub fn subjects(&self) -> Vec<&Map<String, Value>> {
        match self.member("credentialSubject") {
            Some(Value::Object(subject)) => vec![subject],
            Some(Value::Array(subjects)) => subjects.iter().filter_map(Value::as_object).collect(),
            _ => Vec::new(),
        }
    }

    /// `credentialSubject.id` of the first subject, if it is a string.
    pub fn subject_id(&self) -> Option<&str> {
        self.subjects().first()?.get("id")?.as_str()
    }

    /// What names the holder's key, each with the key's thumbprint where the name leads to one:
    /// `cnf`, `sub`, and the `id` of the subject.
    pub fn holder_names(&self) -> Vec<HolderName> {
        let mut names = Vec::new();
        if let Some(cnf) = self.payload.get("cnf") {
            names.push(HolderName { place: "cnf", thumbprint: confirmed(cnf) });
        }
        for (place, name) in
            [("sub", self.text("sub")), ("credentialSubject.id", self.subject_id())]
        {
            names.extend(
                name.map(|name| HolderName { place, thumbprint: thumbprint_of_name(name) }),
            );
        }
        names
    }

    /// The thumbprint of the key that the credential is bound to, by the first name that leads
    /// to a key.
    pub fn holder_key(&self) -> Option<String> {
        self.holder_names().into_iter().find_map(|name| name.thumbprint)
    }
}

/// Something in a credential that names the key of its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderName {
    /// Where it stands.
    pub place: &'static str,
    /// The thumbprint (RFC 7638) of the key that it leads to without asking anybody.
    pub thumbprint: Option<String>,
}

/// The strings in a value that is one string or an array.
pub fn strings(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A URI, or the `id` of an object.
pub fn identifier(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("id")?.as_str())
}

fn confirmed(cnf: &Value) -> Option<String> {
    if let Some(jwk) = cnf.get("jwk") {
        return PublicJwk::from_value(jwk).ok()?.thumbprint().ok();
    }
    if let Some(thumbprint) = cnf.get("jkt").and_then(Value::as_str) {
        return Some(thumbprint.to_owned());
    }
    thumbprint_of_name(cnf.get("kid")?.as_str()?)
}

/// By a DID that holds its key, or by the thumbprint itself.
fn thumbprint_of_name(name: &str) -> Option<String> {
    match name.strip_prefix(THUMBPRINT_URN) {
        Some(thumbprint) => Some(thumbprint.to_owned()),
        None => did::resolve(name).ok()?.thumbprint().ok(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::json;

    use super::*;
    use crate::jose::{JwtDraft, PrivateKey};

    pub(super) fn opened(claims: &Value) -> JwtVc {
        let key = PrivateKey::from_bytes(&[3; 32]).unwrap();
        let draft = JwtDraft::new("JWT", &key, claims.as_object().unwrap().clone());
        JwtVc::open(&draft.compact()).unwrap()
    }

    #[test]
    fn members_are_read_in_each_form_they_may_have() {
        let credential = opened(&json!({
            "iss": "did:web:h.example",
            "vc": {
                "type": ["VerifiableCredential", "Degree"],
                "issuer": {"id": "did:web:h.example", "name": "H"},
                "credentialSubject": [{"id": "did:example:1"}, {"id": "did:example:2"}]
            }
        }));
        assert_eq!(credential.issuer(), Some("did:web:h.example"));
        assert_eq!(credential.named_issuer(), Some("did:web:h.example"));
        assert_eq!(credential.types(), ["VerifiableCredential", "Degree"]);
        assert_eq!(credential.subjects().len(), 2);
        assert_eq!(credential.subject_id(), Some("did:example:1"));
        let odd = opened(&json!({"vc": {"type": "Degree", "credentialSubject": 7}}));
        assert_eq!(odd.types(), ["Degree"]);
        assert_eq!((odd.subjects().len(), odd.named_issuer()), (0, None));
        assert_eq!(opened(&json!({"vc": []})).vc(), None);
    }

    #[test]
    fn the_holder_is_found_by_cnf_by_did_and_by_thumbprint() {
        let jwk = PrivateKey::from_bytes(&[5; 32]).unwrap().public_jwk();
        let thumbprint = jwk.thumbprint().unwrap();
        let url = did::jwk_url(&jwk);
        let did = url.trim_end_matches("#0");
        for claims in [
            json!({"cnf": {"jwk": jwk.to_value()}}),
            json!({"cnf": {"kid": url}}),
            json!({"cnf": {"jkt": thumbprint}}),
            json!({"sub": did}),
            json!({"sub": format!("{THUMBPRINT_URN}{thumbprint}")}),
            json!({"sub": "somebody", "vc": {"credentialSubject": {"id": did}}}),
        ] {
            assert_eq!(opened(&claims).holder_key().as_ref(), Some(&thumbprint), "{claims}");
        }
        assert_eq!(opened(&json!({"sub": "did:web:h.example"})).holder_key(), None);
    }
}

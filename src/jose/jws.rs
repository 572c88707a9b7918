//! Reading a compact JWS (RFC 7515, section 7.1): decoded once, every part kept as it came.

use serde_json::{Map, Value};

use super::base64url;
use super::json::{self, JsonText};
use super::jwk::{PublicJwk, kind_of};
use super::public_key::PublicKey;
use super::verify::VerifyError;

/// The longest token that is read, in bytes; a portrait fits in, an attack on memory does not.
pub const LONGEST: usize = 2 * 1024 * 1024;

/// A compact JWS that could be taken apart. Nothing about its meaning was checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Jws {
    header: Map<String, Value>,
    payload: Vec<u8>,
    claims: Result<Map<String, Value>, JwsError>,
    signature: Vec<u8>,
    signing_input: String,
    repeated_names: Vec<String>,
}

/// Why a text is no compact JWS.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    /// It is longer than [`LONGEST`].
    #[error("expected at most {LONGEST} bytes, found {0}")]
    TooLong(usize),
    /// It has not the three parts of the compact form.
    #[error("expected 3 parts separated by dots, found {0}")]
    Parts(usize),
    /// A part is no base64url.
    #[error("the {part} is {why}")]
    Encoding {
        /// Which part: header, payload or signature.
        part: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// Header or payload is no JSON.
    #[error("the {part} is {why}")]
    Json {
        /// Which part: header or payload.
        part: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// Header or payload is JSON, but no object.
    #[error("expected the {part} to be a JSON object, found {actual}")]
    NotAnObject {
        /// Which part: header or payload.
        part: &'static str,
        /// The kind of value that was found.
        actual: &'static str,
    },
}

impl Jws {
    /// Takes a compact JWS apart. The payload may be anything, see [`Self::payload_claims`].
    ///
    /// # Errors
    /// [`JwsError`] says which part cannot be read and why.
    pub fn parse(compact: &str) -> Result<Self, JwsError> {
        if compact.len() > LONGEST {
            return Err(JwsError::TooLong(compact.len()));
        }
        let parts: Vec<&str> = compact.splitn(4, '.').collect();
        let &[header, payload, signature] = parts.as_slice() else {
            return Err(JwsError::Parts(compact.split('.').count()));
        };
        let (signing_input, _) = compact.rsplit_once('.').unwrap_or_default();
        let (header, mut repeated_names) = object("header", &decode("header", header)?)?;
        let payload = decode("payload", payload)?;
        let claims = object("payload", &payload).map(|(claims, repeated)| {
            repeated_names.extend(repeated);
            claims
        });
        Ok(Self {
            header,
            payload,
            claims,
            signature: decode("signature", signature)?,
            signing_input: signing_input.to_owned(),
            repeated_names,
        })
    }

    /// The protected header.
    pub fn header(&self) -> &Map<String, Value> {
        &self.header
    }

    /// The payload's bytes.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The payload as a JWT claims set.
    ///
    /// # Errors
    /// [`JwsError::Json`] or [`JwsError::NotAnObject`] if the payload is none.
    pub fn payload_claims(&self) -> Result<&Map<String, Value>, JwsError> {
        self.claims.as_ref().map_err(Clone::clone)
    }

    /// The signature's bytes; none for `alg` `none`.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// What was signed: the first two parts with their dot.
    pub fn signing_input(&self) -> &str {
        &self.signing_input
    }

    /// Names that header or payload have more than once in one object.
    pub fn repeated_names(&self) -> &[String] {
        &self.repeated_names
    }

    /// The header's `alg`, if it is a string.
    pub fn algorithm(&self) -> Option<&str> {
        self.header.get("alg").and_then(Value::as_str)
    }

    /// The header's `typ`, if it is a string.
    pub fn token_type(&self) -> Option<&str> {
        self.header.get("typ").and_then(Value::as_str)
    }

    /// The header's `kid`, if it is a string.
    pub fn key_id(&self) -> Option<&str> {
        self.header.get("kid").and_then(Value::as_str)
    }

    /// The header's `jwk`, if it is an object.
    pub fn jwk(&self) -> Option<PublicJwk> {
        self.header.get("jwk").and_then(|jwk| PublicJwk::from_value(jwk).ok())
    }

    /// Verifies the signature with this key and the header's own `alg`.
    ///
    /// # Errors
    /// [`VerifyError`]; a header with `crit` is refused, as RFC 7515, section 4.1.11 demands of
    /// who does not understand it: as unsupported where `crit` itself is sound.
    pub fn verify(&self, key: &PublicKey) -> Result<(), VerifyError> {
        if let Some(critical) = self.header.get("crit") {
            return Err(match self.is_sound(critical) {
                true => VerifyError::UnsupportedAlgorithm(format!("a JWS with crit {critical}")),
                false => VerifyError::Critical(critical.to_string()),
            });
        }
        let algorithm = self.algorithm().ok_or_else(|| match self.header.get("alg") {
            Some(other) => VerifyError::NoSignature(format!("{} as `alg`", kind_of(other))),
            None => VerifyError::NoSignature("no `alg`".to_owned()),
        })?;
        key.verify(algorithm, self.signing_input.as_bytes(), &self.signature)
    }
}

impl Jws {
    /// Whether `crit` is an array of at least one name, each of a member that is there.
    fn is_sound(&self, critical: &Value) -> bool {
        let is_there =
            |name: &Value| name.as_str().is_some_and(|name| self.header.contains_key(name));
        critical.as_array().is_some_and(|names| !names.is_empty() && names.iter().all(is_there))
    }
}

fn decode(part: &'static str, text: &str) -> Result<Vec<u8>, JwsError> {
    base64url::decode(text).map_err(|error| JwsError::Encoding { part, why: error.to_string() })
}

fn object(part: &'static str, bytes: &[u8]) -> Result<(Map<String, Value>, Vec<String>), JwsError> {
    match json::read(bytes) {
        Ok(JsonText { value: Value::Object(members), repeated_names }) => {
            Ok((members, repeated_names))
        }
        Ok(other) => Err(JwsError::NotAnObject { part, actual: kind_of(&other.value) }),
        Err(error) => Err(JwsError::Json { part, why: error.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    /// RFC 7515, appendix A.3
    const ES256: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    /// RFC 8037, appendix A.4
    const EDDSA: &str = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    fn key(jwk: Value) -> PublicKey {
        PublicJwk::from_value(&jwk).unwrap().to_public_key().unwrap()
    }

    fn joes_key() -> PublicKey {
        key(json!({
            "kty": "EC", "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        }))
    }

    fn with_header(header: Value) -> Jws {
        let header = base64url::encode(header.to_string());
        Jws::parse(&format!("{header}.e30.{}", base64url::encode([1; 64]))).unwrap()
    }

    #[test]
    fn verifies_the_es256_example_of_rfc_7515() {
        let jws = Jws::parse(ES256).unwrap();
        assert_eq!(jws.verify(&joes_key()), Ok(()));
        assert_eq!(jws.algorithm(), Some("ES256"));
        assert_eq!(
            Value::Object(jws.payload_claims().unwrap().clone()),
            json!({"iss": "joe", "exp": 1300819380, "http://example.com/is_root": true})
        );
        assert_eq!(jws.payload().len(), 70);
        assert!(ES256.starts_with(jws.signing_input()));
    }

    #[test]
    fn verifies_the_eddsa_example_of_rfc_8037() {
        let key = key(json!({
            "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        }));
        let jws = Jws::parse(EDDSA).unwrap();
        assert_eq!(jws.verify(&key), Ok(()));
        assert_eq!(jws.payload(), b"Example of Ed25519 signing");
        assert!(matches!(jws.payload_claims(), Err(JwsError::Json { part: "payload", .. })));
        assert!(matches!(jws.verify(&joes_key()), Err(VerifyError::OtherKeyKind { .. })));
    }

    #[test]
    fn every_changed_part_breaks_the_signature() {
        let mut parts: Vec<String> = ES256.split('.').map(str::to_owned).collect();
        parts[1] = base64url::encode(br#"{"iss":"eve"}"#);
        let jws = Jws::parse(&parts.join(".")).unwrap();
        assert_eq!(jws.verify(&joes_key()), Err(VerifyError::Mismatch));
    }

    #[test]
    fn says_which_part_is_unreadable() {
        let because = |text: &str| Jws::parse(text).unwrap_err().to_string();
        assert_eq!(because("a.b"), "expected 3 parts separated by dots, found 2");
        assert_eq!(because("a.b.c.d.e"), "expected 3 parts separated by dots, found 5");
        assert_eq!(
            because("e30=.e30.AA"),
            "the header is not unpadded base64url: it is padded with `=`"
        );
        assert_eq!(
            because("W10.e30.AA"),
            "expected the header to be a JSON object, found an array"
        );
        assert!(because("AAAA.e30.AA").starts_with("the header is not JSON: "));
        assert!(because("e30.e30.!").starts_with("the signature is not unpadded base64url"));
        assert!(because(&"x".repeat(LONGEST + 1)).starts_with("expected at most"));
    }

    #[test]
    fn repeated_members_of_header_and_payload_are_seen() {
        let header = base64url::encode(r#"{"alg":"none","alg":"ES256"}"#);
        let payload = base64url::encode(r#"{"vct":"a","vct":"b"}"#);
        let jws = Jws::parse(&format!("{header}.{payload}.")).unwrap();
        assert_eq!(jws.repeated_names(), ["alg", "vct"]);
    }

    #[test]
    fn without_a_usable_algorithm_or_with_critical_members_nothing_is_verified() {
        let outcome =
            |header: Value| with_header(header).verify(&joes_key()).unwrap_err().to_string();
        assert!(outcome(json!({})).contains("found no `alg`"));
        assert!(outcome(json!({"alg": 7})).contains("found a number as `alg`"));
        assert!(outcome(json!({"alg": "none"})).contains("found `none`"));
        assert!(outcome(json!({"alg": "ES256", "crit": ["b64"]})).contains("`crit`"));
        assert!(outcome(json!({"alg": "ES256", "crit": []})).contains("`crit`"));
        let sound = json!({"alg": "ES256", "crit": ["b64"], "b64": true});
        assert!(outcome(sound).contains("not supported"));
        assert!(outcome(json!({"alg": "RS256"})).contains("not supported"));
    }

    proptest! {
        #[test]
        fn no_text_makes_reading_panic(text in ".{0,200}") {
            let _ = Jws::parse(&text);
        }
    }
}

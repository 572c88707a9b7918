//! Reading a compact JWS (RFC 7515, section 7.1): decoded once, every part kept as it came.

use serde_json::{Map, Value};

use super::base64url;
use super::json::{self, JsonText};
use super::jwk::{PublicJwk, kind_of};
use super::public_key::{PublicKey, VerifyError};

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
    /// who does not understand it.
    pub fn verify(&self, key: &PublicKey) -> Result<(), VerifyError> {
        if let Some(critical) = self.header.get("crit") {
            return Err(VerifyError::Critical(critical.to_string()));
        }
        let algorithm = self.algorithm().ok_or_else(|| match self.header.get("alg") {
            Some(other) => VerifyError::NoSignature(format!("{} as `alg`", kind_of(other))),
            None => VerifyError::NoSignature("no `alg`".to_owned()),
        })?;
        key.verify(algorithm, self.signing_input.as_bytes(), &self.signature)
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

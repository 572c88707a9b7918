//! Writing a JWT, rightly or wrongly: a draft is filled honestly, a tamper changes what it likes,
//! and only then it is signed, in one of the ways that an issuer must accept or refuse.

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::base64url;
use super::private_key::PrivateKey;

/// A JWT before its signature. Header and claims keep the order of insertion, and nothing is
/// added to them: what stands here is what is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct JwtDraft {
    /// The protected header, `alg` included.
    pub header: Map<String, Value>,
    /// The claims.
    pub claims: Map<String, Value>,
    /// How it will be signed.
    pub signing: Signing,
}

/// How a JWT is signed.
#[derive(Clone, Debug, PartialEq)]
pub enum Signing {
    /// Rightly, with this key; whether the header names the same key is the caller's affair.
    Key(PrivateKey),
    /// With this key, and then one bit of the signature is turned.
    Corrupted(PrivateKey),
    /// Not at all: the signature is empty.
    None,
    /// With HMAC-SHA256 under these bytes, for example the text of a public JWK.
    Hmac(Vec<u8>),
}

impl JwtDraft {
    /// An honest draft, its header beginning with `typ` and `alg`.
    pub fn new(token_type: &str, key: &PrivateKey, claims: Map<String, Value>) -> Self {
        let signing = Signing::Key(key.clone());
        let mut header = Map::new();
        header.insert("typ".to_owned(), token_type.into());
        header.insert("alg".to_owned(), signing.algorithm().into());
        Self { header, claims, signing }
    }

    /// Changes how it is signed, and the header's `alg` with it.
    pub fn sign_with(&mut self, signing: Signing) {
        self.header.insert("alg".to_owned(), signing.algorithm().into());
        self.signing = signing;
    }

    /// The compact form (RFC 7515, section 7.1).
    pub fn compact(&self) -> String {
        let header = base64url::encode(text_of(&self.header));
        let claims = base64url::encode(text_of(&self.claims));
        let signing_input = format!("{header}.{claims}");
        let signature = base64url::encode(self.signing.sign(signing_input.as_bytes()));
        format!("{signing_input}.{signature}")
    }
}

impl Signing {
    /// The `alg` that names this way of signing.
    pub fn algorithm(&self) -> &'static str {
        match self {
            Self::Key(_) | Self::Corrupted(_) => "ES256",
            Self::None => "none",
            Self::Hmac(_) => "HS256",
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Key(key) => key.sign(message),
            Self::Corrupted(key) => {
                let mut signature = key.sign(message);
                if let Some(byte) = signature.last_mut() {
                    *byte ^= 1;
                }
                signature
            }
            Self::None => Vec::new(),
            Self::Hmac(key) => hmac_sha256(key, message).to_vec(),
        }
    }
}

fn text_of(members: &Map<String, Value>) -> String {
    Value::Object(members.clone()).to_string()
}

/// HMAC (RFC 2104) over SHA-256.
fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let hashed = Sha256::digest(key);
    let key = if key.len() > 64 { hashed.as_slice() } else { key };
    let mut inner_pad = [0x36_u8; 64];
    let mut outer_pad = [0x5c_u8; 64];
    for ((inner, outer), byte) in inner_pad.iter_mut().zip(&mut outer_pad).zip(key) {
        *inner ^= byte;
        *outer ^= byte;
    }
    let inner = Sha256::new().chain_update(inner_pad).chain_update(message).finalize();
    Sha256::new().chain_update(outer_pad).chain_update(inner).finalize().into()
}

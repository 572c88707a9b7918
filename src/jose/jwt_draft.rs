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
            Self::Key(key) | Self::Corrupted(key) => key.algorithm().name(),
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::super::jws::Jws;
    use super::super::verify::VerifyError;
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn draft() -> (PrivateKey, JwtDraft) {
        let key = PrivateKey::generate().unwrap();
        let mut claims = Map::new();
        claims.insert("zebra".to_owned(), json!(1));
        claims.insert("aud".to_owned(), json!("https://issuer.example"));
        (key.clone(), JwtDraft::new("openid4vci-proof+jwt", &key, claims))
    }

    #[test]
    fn an_honest_draft_verifies_and_keeps_its_order() {
        let (key, draft) = draft();
        let jws = Jws::parse(&draft.compact()).unwrap();
        assert_eq!(jws.verify(&key.public_key()), Ok(()));
        assert_eq!(jws.token_type(), Some("openid4vci-proof+jwt"));
        assert_eq!(jws.payload(), br#"{"zebra":1,"aud":"https://issuer.example"}"#);
    }

    #[test]
    fn another_key_and_a_turned_bit_are_seen() {
        let (key, mut draft) = draft();
        draft.sign_with(Signing::Key(PrivateKey::generate().unwrap()));
        let jws = Jws::parse(&draft.compact()).unwrap();
        assert_eq!(jws.verify(&key.public_key()), Err(VerifyError::Mismatch));

        draft.sign_with(Signing::Corrupted(key.clone()));
        let jws = Jws::parse(&draft.compact()).unwrap();
        assert_eq!(jws.verify(&key.public_key()), Err(VerifyError::Mismatch));
        assert_eq!(jws.signature().len(), 64);
    }

    #[test]
    fn unsigned_means_an_empty_signature() {
        let (_, mut draft) = draft();
        draft.sign_with(Signing::None);
        let compact = draft.compact();
        assert!(compact.ends_with('.'));
        let jws = Jws::parse(&compact).unwrap();
        assert_eq!(jws.algorithm(), Some("none"));
        assert!(jws.signature().is_empty());
        assert_eq!(jws.header().keys().collect::<Vec<_>>(), ["typ", "alg"]);
    }

    #[test]
    fn hs256_is_that_of_rfc_7515_appendix_a_1() {
        let key = base64url::decode(
            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
        )
        .unwrap();
        let message = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let signature = Signing::Hmac(key).sign(message.as_bytes());
        assert_eq!(base64url::encode(signature), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    }

    #[test]
    fn hmac_hashes_a_long_key_first_as_in_rfc_4231_case_6() {
        let mac =
            hmac_sha256(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First");
        let hex: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    proptest! {
        #[test]
        fn whatever_is_drafted_can_be_read_back(
            header in proptest::collection::hash_map("\\PC{0,8}", "\\PC{0,20}", 0..6),
            claims in proptest::collection::hash_map("\\PC{0,8}", any::<i64>(), 0..6),
        ) {
            let header: Map<String, Value> = header.into_iter().map(|(name, text)| (name, text.into())).collect();
            let claims: Map<String, Value> = claims.into_iter().map(|(name, number)| (name, number.into())).collect();
            let signing = Signing::Hmac(b"key".to_vec());
            let jws = Jws::parse(&JwtDraft { header: header.clone(), claims: claims.clone(), signing }.compact()).unwrap();
            prop_assert_eq!(jws.header(), &header);
            prop_assert_eq!(jws.payload_claims().unwrap(), &claims);
            prop_assert!(jws.repeated_names().is_empty());
        }
    }
}

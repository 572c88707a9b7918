//! The two DID methods that carry their key in the name: did:jwk and did:key. Both are written and
//! read without asking anybody.

use super::base64url;
use super::json;
use super::jwk::{KeyError, PublicJwk};
use super::public_key::PublicKey;

/// The longest DID that is read, in bytes.
const LONGEST: usize = 16 * 1024;

/// The longest did:key identifier that is read, in characters; base58 takes quadratic time.
const LONGEST_DID_KEY: usize = 256;

/// Multicodec prefixes of public keys, as unsigned varints: P-256 is 0x1200, P-384 0x1201,
/// Ed25519 0xed.
const P256: [u8; 2] = [0x80, 0x24];
const P384: [u8; 2] = [0x81, 0x24];
const ED25519: [u8; 2] = [0xed, 0x01];

/// A DID or DID URL could not be turned into a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DidError {
    /// It is no DID of a method that carries its key.
    #[error("expected a DID of method `jwk` or `key`, found `{0}`")]
    Method(String),
    /// The identifier cannot be decoded.
    #[error("unreadable {method} identifier: {why}")]
    Unreadable {
        /// The DID method.
        method: &'static str,
        /// What is wrong with the identifier.
        why: String,
    },
    /// The fragment names a key that this DID does not have.
    #[error("expected the fragment `#{expected}`, found `#{actual}`")]
    Fragment {
        /// The only fragment that names a key of this DID.
        expected: String,
        /// The fragment that was found.
        actual: String,
    },
    /// The identifier holds no usable key.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// The DID URL of a key in method did:jwk: `did:jwk:…#0`.
pub fn jwk_url(jwk: &PublicJwk) -> String {
    format!("did:jwk:{}#0", base64url::encode(jwk.to_value().to_string()))
}

/// The DID URL of a key in method did:key: `did:key:z…#z…`.
pub fn key_url(key: &PublicKey) -> String {
    let identifier = multibase(key);
    format!("did:key:{identifier}#{identifier}")
}

/// The key of a did:jwk or did:key, given as DID or as DID URL with the right fragment.
///
/// # Errors
/// [`DidError`]; other methods need the network and are refused.
pub fn resolve(did_url: &str) -> Result<PublicJwk, DidError> {
    if did_url.len() > LONGEST {
        return Err(DidError::Method(format!("a text of {} bytes", did_url.len())));
    }
    let (did, fragment) = match did_url.split_once('#') {
        Some((did, fragment)) => (did, Some(fragment)),
        None => (did_url, None),
    };
    if let Some(identifier) = did.strip_prefix("did:jwk:") {
        expect_fragment(fragment, "0")?;
        return read_jwk(identifier);
    }
    if let Some(identifier) = did.strip_prefix("did:key:") {
        expect_fragment(fragment, identifier)?;
        return Ok(read_multibase(identifier)?.to_jwk());
    }
    let method: Vec<&str> = did.splitn(3, ':').take(2).collect();
    Err(DidError::Method(method.join(":")))
}

fn expect_fragment(fragment: Option<&str>, expected: &str) -> Result<(), DidError> {
    match fragment {
        Some(actual) if actual != expected => {
            Err(DidError::Fragment { expected: expected.to_owned(), actual: actual.to_owned() })
        }
        _ => Ok(()),
    }
}

fn read_jwk(identifier: &str) -> Result<PublicJwk, DidError> {
    let unreadable = |why| DidError::Unreadable { method: "did:jwk", why };
    let bytes = base64url::decode(identifier).map_err(|error| unreadable(error.to_string()))?;
    let text = json::read(&bytes).map_err(|error| unreadable(error.to_string()))?;
    Ok(PublicJwk::from_value(&text.value)?)
}

fn multibase(key: &PublicKey) -> String {
    let mut bytes = Vec::new();
    match key {
        PublicKey::P256(key) => {
            bytes.extend(P256);
            bytes.extend(key.to_sec1_point(true).as_bytes());
        }
        PublicKey::P384(key) => {
            bytes.extend(P384);
            bytes.extend(key.to_sec1_point(true).as_bytes());
        }
        PublicKey::Ed25519(key) => {
            bytes.extend(ED25519);
            bytes.extend(key.as_bytes());
        }
    }
    format!("z{}", bs58::encode(bytes).into_string())
}

fn read_multibase(identifier: &str) -> Result<PublicKey, DidError> {
    let unreadable = |why: String| DidError::Unreadable { method: "did:key", why };
    if identifier.len() > LONGEST_DID_KEY {
        return Err(unreadable(format!("it has {} characters", identifier.len())));
    }
    let Some(base58) = identifier.strip_prefix('z') else {
        return Err(unreadable("expected base58btc, which begins with `z`".to_owned()));
    };
    let bytes = bs58::decode(base58).into_vec().map_err(|error| unreadable(error.to_string()))?;
    let Some((codec, key)) = bytes.split_first_chunk::<2>() else {
        return Err(unreadable(format!("it has {} bytes", bytes.len())));
    };
    match *codec {
        P256 if key.len() == 33 => p256::ecdsa::VerifyingKey::from_sec1_bytes(key)
            .map(PublicKey::P256)
            .map_err(|_| KeyError::NotOnCurve("P-256").into()),
        P384 if key.len() == 49 => p384::ecdsa::VerifyingKey::from_sec1_bytes(key)
            .map(PublicKey::P384)
            .map_err(|_| KeyError::NotOnCurve("P-384").into()),
        ED25519 => Ok(PublicKey::from_ed25519_bytes(key)?),
        P256 | P384 => {
            Err(unreadable(format!("expected a compressed point, found {} bytes", key.len())))
        }
        [first, second] => {
            Err(KeyError::Unsupported(format!("multicodec {first:02x} {second:02x}")).into())
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::super::private_key::PrivateKey;
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// The P-256 example of the did:jwk specification.
    const DID_JWK: &str = "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAiLCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9";

    fn jwk(value: Value) -> PublicJwk {
        PublicJwk::from_value(&value).unwrap()
    }

    #[test]
    fn did_jwk_is_that_of_its_specification() {
        let key = jwk(json!({
            "crv": "P-256", "kty": "EC",
            "x": "acbIQiuMs3i8_uszEjJ2tpTtRM4EU3yz91PH6CdH2V0",
            "y": "_KcyLj9vWMptnmKtm46GqDz8wf74I5LKgrl2GzH3nSE",
        }));
        assert_eq!(jwk_url(&key), format!("{DID_JWK}#0"));
        assert_eq!(resolve(DID_JWK).unwrap(), key);
        assert_eq!(resolve(&format!("{DID_JWK}#0")).unwrap(), key);
    }

    #[test]
    fn did_key_is_that_of_its_specification() {
        let vectors = [
            (
                "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv",
                json!({
                    "kty": "EC", "crv": "P-256",
                    "x": "igrFmi0whuihKnj9R3Om1SoMph72wUGeFaBbzG2vzns",
                    "y": "efsX5b10x8yjyrj4ny3pGfLcY7Xby1KzgqOdqnsrJIM",
                }),
            ),
            (
                "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169",
                json!({
                    "kty": "EC", "crv": "P-256",
                    "x": "fyNYMN0976ci7xqiSdag3buk-ZCwgXU4kz9XNkBlNUI",
                    "y": "hW2ojTNfH7Jbi8--CJUo3OCbH3y5n91g-IMA9MLMbTU",
                }),
            ),
            (
                "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                json!({
                    "kty": "OKP", "crv": "Ed25519",
                    "x": "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik",
                }),
            ),
        ];
        for (identifier, key) in vectors {
            let url = format!("did:key:{identifier}#{identifier}");
            assert_eq!(resolve(&url).unwrap(), jwk(key.clone()));
            assert_eq!(key_url(&jwk(key).to_public_key().unwrap()), url);
        }
        let p384 = "z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9";
        let key = resolve(&format!("did:key:{p384}")).unwrap().to_public_key().unwrap();
        assert_eq!(key_url(&key), format!("did:key:{p384}#{p384}"));
    }

    #[test]
    fn a_wrong_fragment_another_method_and_nonsense_are_told_apart() {
        let because = |did: &str| resolve(did).unwrap_err().to_string();
        assert_eq!(because(&format!("{DID_JWK}#1")), "expected the fragment `#0`, found `#1`");
        assert_eq!(
            because("did:web:issuer.example#key"),
            "expected a DID of method `jwk` or `key`, found `did:web`"
        );
        assert!(because("https://issuer.example").contains("found `https"));
        assert!(because("did:jwk:e30=").contains("padded"));
        assert!(because("did:jwk:W10").contains("found an array"));
        assert!(because("did:key:uAQ").contains("base58btc"));
        assert!(because("did:key:z0").starts_with("unreadable did:key identifier"));
        assert!(
            because("did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme")
                .contains("multicodec")
        );
        assert!(because(&format!("did:key:z{}", "1".repeat(300))).contains("301 characters"));
        assert!(because(&"did:".repeat(10_000)).contains("40000 bytes"));
    }

    #[test]
    fn a_fresh_key_is_found_again_under_both_methods() {
        let key = PrivateKey::generate().unwrap();
        assert_eq!(resolve(&jwk_url(&key.public_jwk())).unwrap(), key.public_jwk());
        assert_eq!(resolve(&key_url(&key.public_key())).unwrap(), key.public_jwk());
    }

    proptest! {
        #[test]
        fn no_text_makes_resolving_panic(text in "did:(jwk|key):z?[1-9A-Za-z_#-]{0,80}") {
            let _ = resolve(&text);
        }
    }
}

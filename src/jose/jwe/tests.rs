//! Messages written and read back, broken, and made up.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn key() -> PrivateKey {
    PrivateKey::from_bytes(&[7; 32]).unwrap()
}

fn recipient() -> PublicJwk {
    let mut members = key().public_jwk().members().clone();
    members.insert("kid".into(), json!("k-1"));
    members.insert("alg".into(), json!(ECDH_ES));
    PublicJwk::from_members(members)
}

fn draft() -> JweDraft {
    JweDraft::new(recipient(), ContentEncryption::A256Gcm)
}

fn opened(draft: &JweDraft) -> Result<Vec<u8>, JweError> {
    Jwe::read(&draft.seal(b"content").unwrap())?.open(&key())
}

#[test]
fn a_message_says_how_it_was_made() {
    let text = draft().compressed().seal(b"content").unwrap();
    let jwe = Jwe::read(&text).unwrap();
    assert_eq!(jwe.algorithm(), Some("ECDH-ES"));
    assert_eq!(jwe.content_encryption(), Some("A256GCM"));
    assert_eq!((jwe.key_id(), jwe.compression()), (Some("k-1"), Some("DEF")));
    assert_eq!(jwe.encrypted_key_length(), 0);
    assert!(jwe.ephemeral_key().unwrap().to_public_key().is_ok());
    assert_eq!(jwe.open(&key()).unwrap(), b"content");
}

#[test]
fn no_two_messages_share_a_key() {
    let (one, two) = (draft().seal(b"a").unwrap(), draft().seal(b"a").unwrap());
    let (one, two) = (Jwe::read(&one).unwrap(), Jwe::read(&two).unwrap());
    assert_ne!(one.ephemeral_key(), two.ephemeral_key());
    assert_ne!(one.initialization_vector, two.initialization_vector);
}

#[test]
fn what_is_broken_does_not_open() {
    let broken = |damage| opened(&JweDraft { damage, ..draft() });
    assert_eq!(broken(Damage::Tag), Err(JweError::Tag));
    assert_eq!(broken(Damage::Truncated), Err(JweError::Segments(4)));
    let jwe = Jwe::read(&draft().seal(b"content").unwrap()).unwrap();
    assert_eq!(jwe.open(&PrivateKey::generate().unwrap()), Err(JweError::Tag));
    let mut other_header = jwe.clone();
    other_header.protected.push('A');
    assert_eq!(other_header.open(&key()), Err(JweError::Tag));
    let mut wrapped = jwe.clone();
    wrapped.encrypted_key = vec![1; 24];
    assert_eq!(wrapped.open(&key()), Err(JweError::EncryptedKey(24)));
    let mut short = jwe;
    short.tag.pop();
    assert_eq!(short.open(&key()), Err(JweError::Tag));
}

#[test]
fn what_is_not_spoken_is_named() {
    for (name, value, says) in [
        ("alg", json!("ECDH-ES+A128KW"), "expected ECDH-ES in the header parameter alg"),
        ("alg", json!("RSA-OAEP"), "found \"RSA-OAEP\""),
        ("enc", json!("A128CBC-HS256"), "expected A128GCM or A256GCM"),
        ("zip", json!("GZ"), "expected DEF"),
        ("apu", json!("%"), "expected base64url"),
        ("crit", json!(["b64"]), "expected nothing"),
    ] {
        let mut draft = draft();
        draft.header.insert(name.into(), value);
        let error = opened(&draft).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn the_parties_go_into_the_key() {
    let mut draft = draft();
    draft.header.insert("apv".into(), json!("Qm9i"));
    assert_eq!(opened(&draft), Err(JweError::Tag));
}

#[test]
fn a_bomb_is_not_inflated() {
    let bomb = vec![b' '; LARGEST_PLAINTEXT + 1];
    let text = draft().compressed().seal(&bomb).unwrap();
    assert!(text.len() < 100_000);
    let error = Jwe::read(&text).unwrap().open(&key()).unwrap_err();
    assert!(matches!(error, JweError::Compression(_)), "{error}");
    let mut unannounced = draft();
    unannounced.compresses = true;
    assert_ne!(opened(&unannounced).unwrap(), b"content");
    let mut no_deflate = draft();
    no_deflate.header.insert("zip".into(), json!(DEFLATE));
    assert!(matches!(opened(&no_deflate), Err(JweError::Compression(_))));
}

proptest! {
    #[test]
    fn every_content_survives(
        content in proptest::collection::vec(any::<u8>(), 0..400),
        compresses: bool,
        small: bool,
    ) {
        let [one, other] = ContentEncryption::ALL;
        let draft = JweDraft::new(recipient(), if small { one } else { other });
        let draft = if compresses { draft.compressed() } else { draft };
        let text = draft.seal(&content).unwrap();
        prop_assert_eq!(Jwe::read(&text).unwrap().open(&key()).unwrap(), content);
    }

    #[test]
    fn nonsense_is_no_message(text in "[A-Za-z0-9_.-]{0,200}") {
        if let Ok(jwe) = Jwe::read(&text) {
            prop_assert!(jwe.open(&key()).is_err());
        }
    }
}

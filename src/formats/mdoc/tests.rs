//! Opening mdocs: honest ones, strange ones, and bytes that are none.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use ciborium::Value;
use proptest::prelude::*;

use super::draft::{DOC_TYPE, Draft, NAME_SPACE};
use super::*;
use crate::formats::SignatureVerdict;
use crate::jose::vectors::{DURING, LEAF, LEAF_KEY};
use crate::jose::{PrivateKey, SignatureAlgorithm, base64url, self_signed};

fn holder() -> PrivateKey {
    PrivateKey::from_bytes(&[101; 32]).unwrap()
}

fn draft() -> Draft {
    let key = PrivateKey::from_bytes(&LEAF_KEY).unwrap();
    Draft::honest(&holder().public_jwk(), 1, &key, LEAF)
}

fn verdict(draft: &Draft) -> SignatureVerdict {
    verify(&Mdoc::open(&draft.text()).unwrap(), &[], DURING)
}

#[test]
fn an_honest_mdoc_opens_and_verifies() {
    let mdoc = Mdoc::open(&draft().text()).unwrap();
    assert_eq!(mdoc.doc_type(), Some(DOC_TYPE));
    assert_eq!(mdoc.device_key_thumbprint(), Some(holder().thumbprint()));
    assert!(mdoc.oddities.is_empty() && mdoc.further_members.is_empty(), "{mdoc:?}");
    let born = mdoc.element(NAME_SPACE, "birth_date").unwrap();
    assert_eq!((born.type_name.as_str(), born.json.as_str()), ("full-date", Some("1984-01-26")));
    let object = mdoc.security_object.as_ref().unwrap();
    for (space, item) in mdoc.items() {
        let stored = object.digest(space, item.digest_id.unwrap());
        assert_eq!(stored, Some(DigestAlgorithm::Sha256.digest(&item.bytes).as_slice()));
    }
    assert_eq!(mdoc.claims()[NAME_SPACE]["portrait"], "_9j_");
    let verdict = verify(&mdoc, &[], DURING);
    assert!(matches!(verdict, SignatureVerdict::Verified { .. }), "{verdict:?}");
}

#[test]
fn each_number_of_cose_is_verified_with_a_key_of_its_kind() {
    use SignatureAlgorithm::{Ed25519, EdDsa, Es256, Es384};
    let numbers =
        [(-7, Es256), (-9, Es256), (-35, Es384), (-51, Es384), (-8, EdDsa), (-19, Ed25519)];
    for (number, algorithm) in numbers {
        let key = PrivateKey::generate_for(algorithm).unwrap();
        let certificate = self_signed(&key, DURING).unwrap();
        let mut draft = draft();
        draft.protected = Value::Map(vec![(1.into(), number.into())]);
        draft.unprotected = Value::Map(vec![(33.into(), Value::Bytes(certificate))]);
        draft.key = key;
        let found = verdict(&draft);
        assert!(matches!(found, SignatureVerdict::Verified { .. }), "{number}: {found:?}");
        draft.key = PrivateKey::generate_for(algorithm).unwrap();
        let found = verdict(&draft);
        assert!(matches!(found, SignatureVerdict::Failed { .. }), "{number}: {found:?}");
    }
}

#[test]
fn what_is_around_an_mdoc_is_named() {
    let text = |value: &Value| {
        let mut bytes = Vec::new();
        ciborium::into_writer(value, &mut bytes).unwrap();
        base64url::encode(bytes)
    };
    let error = |value: Value| Mdoc::open(&text(&value)).unwrap_err().to_string();
    let map = |name: &str| Value::Map(vec![(name.into(), Value::Null)]);
    assert!(error(map("documents")).contains("a DeviceResponse"));
    assert!(error(map("issuerSigned")).contains("a Document"));
    assert!(error(map("issuerAuth")).contains("array of four, found null"));
    assert!(error(Value::Array(Vec::new())).contains("found array"));
    assert!(matches!(Mdoc::open("oQ=="), Err(MdocError::Base64(_))));
    assert!(matches!(Mdoc::open("oQ"), Err(MdocError::Cbor(_))));
    assert!(matches!(Mdoc::open(&"A".repeat(LONGEST + 1)), Err(MdocError::TooLong(_))));
}

#[test]
fn a_signature_over_something_else_fails() {
    let mut other = draft();
    other.key = holder();
    assert!(matches!(verdict(&other), SignatureVerdict::Failed { .. }));
    let bare = draft().finished(|whole| {
        let auth = whole.as_map_mut().unwrap()[1].1.as_array_mut().unwrap();
        auth[1] = Value::Map(Vec::new());
    });
    assert!(matches!(verdict(&bare), SignatureVerdict::Unresolvable { .. }));
    let mut unknown = draft();
    unknown.protected = Value::Map(vec![(1.into(), (-36).into())]);
    assert_eq!(
        verdict(&unknown),
        SignatureVerdict::UnsupportedAlgorithm { algorithm: "-36 (ES512)".to_owned() }
    );
}

#[test]
fn tags_that_are_missing_or_too_many_are_read_over() {
    let mut loose = draft();
    loose.is_payload_tagged = false;
    loose.items[0].is_tagged = false;
    let loose = loose.finished(|whole| {
        let auth = &mut whole.as_map_mut().unwrap()[1].1;
        *auth = Value::Tag(18, Box::new(auth.clone()));
    });
    let mdoc = Mdoc::open(&loose.text()).unwrap();
    assert_eq!(mdoc.issuer_auth.tag, Some(18));
    assert!(!mdoc.issuer_auth.payload_is_tagged);
    assert_eq!(mdoc.doc_type(), Some(DOC_TYPE));
    let (_, first) = mdoc.items().next().unwrap();
    assert_eq!((first.is_tagged, first.identifier.as_deref()), (false, Some("family_name")));
}

/// The members of a map.
type Members = Vec<(Value, Value)>;

#[test]
fn a_point_may_be_compressed_and_may_not_be_short() {
    let key = |change: fn(&mut Members)| {
        let mut draft = draft();
        let info = &mut draft.object[2].1.as_map_mut().unwrap()[0].1;
        change(info.as_map_mut().unwrap());
        let object = Mdoc::open(&draft.text()).unwrap().security_object.unwrap();
        object.device_key.unwrap()
    };
    let jwk = holder().public_jwk();
    let y = base64url::decode(jwk.members()["y"].as_str().unwrap()).unwrap();
    let is_odd = |key: &mut Members| key[3].1 = Value::Bool(true);
    let is_even = |key: &mut Members| key[3].1 = Value::Bool(false);
    let compressed = key(if y[31] % 2 == 1 { is_odd } else { is_even });
    assert_eq!(compressed.jwk.unwrap().thumbprint(), Ok(holder().thumbprint()));
    let short = key(|key| key[3].1 = Value::Bytes(vec![1; 31]));
    assert_eq!(short.jwk.unwrap_err(), "y has 31 bytes, not 32");
    assert!(key(|key| key.push(((-4).into(), Value::Bytes(vec![1])))).is_private);
}

proptest! {
    #[test]
    fn a_changed_byte_never_panics_and_never_verifies_unnoticed(place in 0_usize..4000, by in 1_u8..) {
        let mut bytes = draft().bytes();
        let place = place % bytes.len();
        bytes[place] ^= by;
        let Ok(mdoc) = Mdoc::open(&base64url::encode(&bytes)) else { return Ok(()) };
        let _ = (mdoc.claims(), mdoc.device_key_thumbprint());
        if let SignatureVerdict::Verified { .. } = verify(&mdoc, &[], DURING) {
            let honest = Mdoc::open(&draft().text()).unwrap();
            prop_assert_eq!(mdoc.security_object, honest.security_object);
        }
    }

    #[test]
    fn no_text_is_too_much(text in "[A-Za-z0-9_-]{0,200}") {
        let _ = Mdoc::open(&text);
    }
}

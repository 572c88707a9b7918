//! The reader against another one, against the examples of RFC 8949, and against ill will.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use ciborium::Value as Oracle;
use proptest::prelude::*;

use super::*;

/// What another reader makes of it.
fn as_oracle(item: &Cbor<'_>) -> Oracle {
    match &item.kind {
        Kind::Integer(integer) => Oracle::Integer((*integer).try_into().unwrap()),
        Kind::Bytes(bytes) => Oracle::Bytes(bytes.to_vec()),
        Kind::Text(text) => Oracle::Text(text.to_string()),
        Kind::Array(items) => Oracle::Array(items.iter().map(as_oracle).collect()),
        Kind::Map(entries) => Oracle::Map(
            entries.iter().map(|(key, value)| (as_oracle(key), as_oracle(value))).collect(),
        ),
        Kind::Tag(tag, content) => Oracle::Tag(*tag, Box::new(as_oracle(content))),
        Kind::Float(float) => Oracle::Float(*float),
        Kind::Bool(truth) => Oracle::Bool(*truth),
        Kind::Simple(_) => Oracle::Null,
    }
}

fn any_value() -> impl Strategy<Value = Oracle> {
    let leaf = prop_oneof![
        any::<i64>().prop_map(|number| Oracle::Integer(number.into())),
        any::<u64>().prop_map(|number| Oracle::Integer(number.into())),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(Oracle::Bytes),
        ".{0,20}".prop_map(Oracle::Text),
        any::<bool>().prop_map(Oracle::Bool),
        (-1e9..1e9).prop_map(Oracle::Float),
        Just(Oracle::Null),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Oracle::Array),
            proptest::collection::vec((inner.clone(), inner.clone()), 0..6).prop_map(Oracle::Map),
            (2_u64..100_000, inner).prop_map(|(tag, value)| Oracle::Tag(tag, Box::new(value))),
        ]
    })
}

proptest! {
    #[test]
    fn it_reads_what_another_writer_writes(value in any_value()) {
        let mut bytes = Vec::new();
        ciborium::into_writer(&value, &mut bytes).unwrap();
        let document = read(&bytes).unwrap();
        prop_assert_eq!(document.root.raw, &bytes[..]);
        let again: Oracle = ciborium::from_reader(&bytes[..]).unwrap();
        prop_assert_eq!(as_oracle(&document.root), again);
    }

    #[test]
    fn no_bytes_are_too_much_for_it(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(document) = read(&bytes) {
            let _ = document.root.to_json();
            let _ = document.root.type_name();
        }
    }
}

#[test]
fn the_examples_of_rfc_8949_appendix_a() {
    let json = |hex: &str| {
        let bytes: Vec<u8> = (0..hex.len() / 2)
            .map(|place| u8::from_str_radix(&hex[2 * place..2 * place + 2], 16).unwrap())
            .collect();
        read(&bytes).unwrap().root.to_json().to_string()
    };
    for (hex, text) in [
        ("1903e8", "1000"),
        ("3903e7", "-1000"),
        ("f93e00", "1.5"),
        ("f90001", "5.960464477539063e-8"),
        ("fb3ff199999999999a", "1.1"),
        ("c074323031332d30332d32315432303a30343a30305a", r#""2013-03-21T20:04:00Z""#),
        ("8301820203820405", "[1,[2,3],[4,5]]"),
        ("9f018202039f0405ffff", "[1,[2,3],[4,5]]"),
        ("a26161016162820203", r#"{"a":1,"b":[2,3]}"#),
        ("7f657374726561646d696e67ff", r#""streaming""#),
        ("5f42010243030405ff", r#""AQIDBAU""#),
        ("f6", "null"),
    ] {
        assert_eq!(json(hex), text, "{hex}");
    }
}

#[test]
fn oddities_are_told() {
    let oddities = |bytes: &[u8]| read(bytes).unwrap().oddities;
    assert_eq!(oddities(&[0x01, 0x02, 0x03]), [Oddity::Trailing(2)]);
    assert_eq!(oddities(&[0x18, 0x01]), [Oddity::LongHead(0)]);
    assert_eq!(oddities(&[0x9f, 0xff]), [Oddity::Indefinite(0)]);
    let twice = [0xa2, 0x61, b'a', 0x01, 0x61, b'a', 0x02];
    assert_eq!(oddities(&twice), [Oddity::RepeatedKey("a".to_owned())]);
    assert!(oddities(&[0xa1, 0x61, b'a', 0xf9, 0x00, 0x00]).is_empty());
}

#[test]
fn hostile_bytes_are_refused_soon() {
    assert_eq!(read(&[]), Err(CborError::Truncated(0)));
    assert_eq!(read(&[0x81; 100]), Err(CborError::TooDeep));
    // An array that says it has 2^64 - 1 elements, and a string that is as long.
    for head in [0x9b, 0xbb, 0x5b, 0x7b] {
        let mut bytes = vec![head];
        bytes.extend([0xff; 9]);
        assert!(matches!(read(&bytes), Err(CborError::Truncated(_))), "{head:#x}");
    }
    let mut many = vec![0x9a, 0, 2, 0, 0];
    many.extend(vec![0; 0x2_0000]);
    assert_eq!(read(&many), Err(CborError::TooMany));
    assert!(matches!(read(&[0x1c]), Err(CborError::Unassigned { .. })));
    assert!(matches!(read(&[0xff]), Err(CborError::Unassigned { .. })));
    assert_eq!(read(&[0x61, 0xff]), Err(CborError::NotUtf8(0)));
    assert!(matches!(read(&[0x5f, 0x61, b'a', 0xff]), Err(CborError::Unassigned { .. })));
}

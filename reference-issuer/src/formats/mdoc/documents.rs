//! The documents on offer: a driving licence and a PID, whose elements are kept as JSON and written in the CBOR type
//! of their name.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use crate::cbor::Cbor;

/// Document type of a mobile driving licence.
pub const LICENCE: &str = "org.iso.18013.5.1.mDL";
/// Its namespace.
const LICENCE_SPACE: &str = "org.iso.18013.5.1";
/// Document type, and namespace, of a PID.
pub const PID: &str = "eu.europa.ec.eudi.pid.1";

/// A picture of one grey pixel, in base64url.
const PORTRAIT: &str = "\
    _9j_4AAQSkZJRgABAQEASABIAAD_2wBDAP______________________________________________________________\
    ________________________wAALCAABAAEBAREA_8QAFAABAAAAAAAAAAAAAAAAAAAAA__EABQQAQAAAAAAAAAAAAAAAAAA\
    AAAA_9oACAEBAAA_ADf_2Q";

/// The elements of a driving licence, by namespace.
pub fn licence() -> Map<String, Value> {
    let elements = json!({
        "family_name": "Mustermann",
        "given_name": "Erika",
        "birth_date": "1984-01-26",
        "issue_date": "2024-03-01",
        "expiry_date": "2039-02-28",
        "issuing_country": "DE",
        "issuing_authority": "Landratsamt Nirgendwo",
        "document_number": "J010000SD51",
        "portrait": PORTRAIT,
        "driving_privileges": [
            {"vehicle_category_code": "AM", "issue_date": "2004-05-14"},
            {"vehicle_category_code": "B", "issue_date": "2004-05-14", "expiry_date": "2039-02-28"}
        ],
        "un_distinguishing_sign": "D",
        "sex": 2,
        "nationality": "DE",
        "resident_city": "Köln",
        "age_over_18": true
    });
    Map::from_iter([(LICENCE_SPACE.to_owned(), elements)])
}

/// The elements of a PID, by namespace.
pub fn pid() -> Map<String, Value> {
    let elements = json!({
        "family_name": "Mustermann",
        "given_name": "Erika",
        "birth_date": "1984-01-26",
        "place_of_birth": {"country": "DE", "locality": "Berlin"},
        "nationality": ["DE", "SE"],
        "resident_city": "Köln",
        "resident_country": "DE",
        "issuance_date": "2026-01-01",
        "expiry_date": "2036-01-01",
        "issuing_authority": "Reference Register",
        "issuing_country": "DE",
        "age_over_18": true
    });
    Map::from_iter([(PID.to_owned(), elements)])
}

/// The value of an element: dates and pictures have types that JSON lacks.
pub fn element(name: &str, value: &Value) -> Cbor {
    match value {
        Value::String(text) if name.ends_with("_date") => Cbor::tagged(1004, Cbor::text(text)),
        Value::String(text) if name == "portrait" => {
            Cbor::Bytes(URL_SAFE_NO_PAD.decode(text).unwrap_or_default())
        }
        Value::String(text) => Cbor::text(text),
        Value::Bool(truth) => Cbor::Bool(*truth),
        Value::Number(number) => Cbor::Integer(number.as_i64().unwrap_or_default()),
        Value::Array(items) => Cbor::Array(items.iter().map(|item| element("", item)).collect()),
        Value::Object(members) => {
            let member =
                |(name, value): (&String, &Value)| (Cbor::text(name), element(name, value));
            Cbor::Map(members.iter().map(member).collect())
        }
        Value::Null => Cbor::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_pictures_have_their_types() {
        let date = Cbor::tagged(1004, "1984-01-26".into());
        assert_eq!(element("birth_date", &json!("1984-01-26")), date);
        assert_eq!(element("portrait", &json!("_9j_")), Cbor::Bytes(vec![0xff, 0xd8, 0xff]));
        let privilege = json!([{"issue_date": "1984-01-26"}]);
        let expected = Cbor::Array(vec![Cbor::map([("issue_date", date)])]);
        assert_eq!(element("driving_privileges", &privilege), expected);
        assert!(
            matches!(element("portrait", &json!(PORTRAIT)), Cbor::Bytes(bytes) if bytes.len() > 100)
        );
    }
}

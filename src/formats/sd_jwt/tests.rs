//! The examples of RFC 9901, and each way of being wrong that the checks have to see.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use serde_json::json;

use super::vectors::{
    COMPLEX, ISSUED, ISSUED_VC, ISSUER_X, ISSUER_Y, PRESENTED, RECURSIVE, STRUCTURED,
};
use super::*;
use crate::jose::{JwtDraft, PrivateKey, PublicKey, base64url};

fn issuer_key() -> PublicKey {
    let jwk = json!({"kty": "EC", "crv": "P-256", "x": ISSUER_X, "y": ISSUER_Y});
    PublicJwk::from_value(&jwk).unwrap().to_public_key().unwrap()
}

/// A disclosure's text and its SHA-256 digest.
fn disclosure(content: &Value) -> (String, String) {
    let encoded = base64url::encode(content.to_string());
    let digest = HashAlgorithm::Sha256.digest(&encoded);
    (encoded, digest)
}

fn sd_jwt(payload: &Value, disclosures: &[&str]) -> SdJwt {
    let key = PrivateKey::from_bytes(&[9; 32]).unwrap();
    let claims = payload.as_object().unwrap().clone();
    let mut text = JwtDraft::new("dc+sd-jwt", &key, claims).compact() + "~";
    for disclosure in disclosures {
        text += &format!("{disclosure}~");
    }
    SdJwt::open(&text).unwrap()
}

fn problems(payload: &Value, disclosures: &[&str]) -> Vec<String> {
    let problems = sd_jwt(payload, disclosures).unpack().unwrap().problems;
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn the_issued_example_of_rfc_9901_unpacks_to_its_claims() {
    let credential = SdJwt::open(ISSUED).unwrap();
    assert_eq!(credential.jws.verify(&issuer_key()), Ok(()));
    assert!(credential.ends_with_tilde && credential.key_binding_jwt.is_none());
    assert_eq!(credential.disclosures.len(), 10);
    assert_eq!(credential.hash_algorithm(), Ok(HashAlgorithm::Sha256));
    assert_eq!(credential.header()["typ"], "example+sd-jwt");
    assert_eq!(credential.issuer(), Some("https://issuer.example.com"));
    let holder = credential.cnf_jwk().unwrap();
    assert_eq!(holder.members()["x"], "TCAER19Zvu3OHF4j4W4vfSVoHIP1ILilDls7vCeGemc");
    assert!(credential.unreferenced_disclosures().is_empty());
    assert!(credential.digests().repeated().is_empty() && credential.digests().misuses.is_empty());
    let processed = Value::Object(credential.processed().unwrap());
    assert_eq!(
        processed,
        json!({
            "iss": "https://issuer.example.com", "iat": 1683000000, "exp": 1883000000,
            "sub": "user_42", "given_name": "John", "family_name": "Doe",
            "email": "johndoe@example.com", "phone_number": "+1-202-555-0101",
            "phone_number_verified": true, "birthdate": "1940-01-01", "updated_at": 1570000000,
            "address": {
                "street_address": "123 Main St", "locality": "Anytown", "region": "Anystate",
                "country": "US",
            },
            "nationalities": ["US", "DE"],
            "cnf": {"jwk": holder.to_value()},
        })
    );
}

#[test]
fn what_is_disclosed_where_is_told() {
    let unpacked = SdJwt::open(ISSUED).unwrap().unpack().unwrap();
    assert_eq!(unpacked.clear_names(), ["iss", "iat", "exp", "sub", "nationalities", "cnf"]);
    assert_eq!(unpacked.names_disclosed_at("").len(), 8);
    let elements: Vec<_> =
        unpacked.disclosed.iter().filter(|one| one.level == "/nationalities").collect();
    assert!(elements.len() == 2 && elements.iter().all(|one| one.name.is_none()));
    let dataset = unpacked.dataset();
    assert!(dataset.contains_key("given_name") && dataset.contains_key("iss"));
    assert!(["cnf", "iat", "exp"].iter().all(|name| !dataset.contains_key(*name)));
}

#[test]
fn the_presented_example_has_a_key_binding_jwt_and_fewer_claims() {
    let presentation = SdJwt::open(PRESENTED).unwrap();
    assert!(!presentation.ends_with_tilde);
    let binding = Jws::parse(presentation.key_binding_jwt.as_deref().unwrap()).unwrap();
    assert_eq!(binding.token_type(), Some("kb+jwt"));
    assert_eq!(binding.verify(&presentation.cnf_jwk().unwrap().to_public_key().unwrap()), Ok(()));
    let processed = presentation.processed().unwrap();
    assert_eq!(processed["nationalities"], json!(["US"]));
    assert!(!processed.contains_key("email"));
}

#[test]
fn disclosures_within_disclosures_are_resolved() {
    let credential = SdJwt::open(RECURSIVE).unwrap();
    assert_eq!(credential.jws.verify(&issuer_key()), Ok(()));
    assert_eq!(credential.vct(), Some("urn:eudi:pid:de:1"));
    assert!(credential.unreferenced_disclosures().is_empty());
    let unpacked = credential.unpack().unwrap();
    assert_eq!(unpacked.problems, []);
    assert_eq!(
        unpacked.claims["address"],
        json!({
            "street_address": "Heidestraße 17", "locality": "Köln", "postal_code": "51147",
            "country": "DE",
        })
    );
    assert_eq!(unpacked.names_disclosed_at("/age_equal_or_over").len(), 6);
    let inner = credential.digests();
    assert!(inner.found.iter().any(|digest| digest.place.disclosure.is_some()));
}

#[test]
fn digests_without_a_disclosure_are_passed_over_at_every_level() {
    let credential = SdJwt::open(STRUCTURED).unwrap();
    assert_eq!(credential.jws.verify(&issuer_key()), Ok(()));
    assert_eq!((credential.disclosures.len(), credential.digests().found.len()), (2, 16));
    let processed = Value::Object(credential.processed().unwrap());
    assert_eq!(
        processed,
        json!({
            "iss": "https://issuer.example.com", "iat": 1683000000, "exp": 1883000000,
            "address": {"region": "港区", "country": "JP"},
        })
    );
    let unpacked = credential.unpack().unwrap();
    let pointers: Vec<&str> = unpacked.disclosed.iter().map(|one| one.pointer.as_str()).collect();
    assert!(pointers.contains(&"/address/region") && pointers.contains(&"/address/country"));
}

#[test]
fn elements_of_arrays_are_opened_with_what_is_hidden_in_them() {
    let credential = SdJwt::open(COMPLEX).unwrap();
    assert_eq!(credential.jws.verify(&issuer_key()), Ok(()));
    let unpacked = credential.unpack().unwrap();
    assert_eq!(unpacked.problems, []);
    assert_eq!(
        unpacked.claims["verified_claims"],
        json!({
            "verification": {
                "trust_framework": "de_aml", "time": "2012-04-23T18:25Z",
                "evidence": [{"method": "pipp"}],
            },
            "claims": {
                "given_name": "Max", "family_name": "Müller",
                "address": {
                    "locality": "Maxstadt", "postal_code": "12344", "country": "DE",
                    "street_address": "Weidenstraße 22",
                },
            },
        })
    );
    let pointers: Vec<&str> = unpacked.disclosed.iter().map(|one| one.pointer.as_str()).collect();
    assert!(pointers.contains(&"/verified_claims/verification/evidence/0"), "{pointers:?}");
    assert!(pointers.contains(&"/verified_claims/verification/evidence/0/method"), "{pointers:?}");
}

#[test]
fn the_issued_example_of_sd_jwt_vc_opens_and_verifies() {
    let credential = SdJwt::open(ISSUED_VC).unwrap();
    assert_eq!(credential.jws.verify(&issuer_key()), Ok(()));
    assert_eq!(credential.jws.token_type(), Some("dc+sd-jwt"));
    assert_eq!(credential.vct(), Some("https://credentials.example.com/identity_credential"));
    let unpacked = credential.unpack().unwrap();
    assert_eq!(unpacked.problems, []);
    assert_eq!(unpacked.clear_names(), ["iss", "iat", "exp", "vct", "cnf"]);
    assert_eq!(unpacked.claims["address"]["locality"], "Anytown");
    assert_eq!(unpacked.claims["is_over_65"], true);
}

#[test]
fn the_end_of_the_text_tells_what_is_missing() {
    let (encoded, digest) = disclosure(&json!(["salt", "name", 1]));
    let issued = sd_jwt(&json!({"_sd": [digest]}), &[]).jws;
    let jwt = format!("{}.{}", issued.signing_input(), base64url::encode(issued.signature()));

    let bare = SdJwt::open(&jwt).unwrap();
    assert!(!bare.ends_with_tilde && bare.disclosures.is_empty() && bare.key_binding_jwt.is_none());
    let empty = SdJwt::open(&format!("{jwt}~")).unwrap();
    assert!(empty.ends_with_tilde && empty.disclosures.is_empty());
    let unterminated = SdJwt::open(&format!("{jwt}~{encoded}")).unwrap();
    assert!(!unterminated.ends_with_tilde && unterminated.key_binding_jwt.is_none());
    assert_eq!(unterminated.processed().unwrap()["name"], 1);
    let bound = SdJwt::open(&format!("{jwt}~{encoded}~{jwt}")).unwrap();
    assert_eq!(bound.key_binding_jwt.as_deref(), Some(jwt.as_str()));
    assert_eq!(bound.disclosures.len(), 1);
    let doubled = SdJwt::open(&format!("{jwt}~~{encoded}~")).unwrap();
    assert_eq!(doubled.disclosures.len(), 2);
    assert!(matches!(doubled.disclosures[0].kind, DisclosureKind::Malformed { .. }));
}

#[test]
fn disclosures_of_wrong_shape_are_kept_and_explained() {
    let why = |content: &str| {
        let encoded = base64url::encode(content);
        match sd_jwt(&json!({}), &[&encoded]).disclosures.remove(0).kind {
            DisclosureKind::Malformed { why } => why,
            other => format!("{other:?}"),
        }
    };
    assert!(why(r#"["salt"]"#).ends_with("found 1"));
    assert!(why(r#"["salt","name",1,2]"#).ends_with("found 4"));
    assert_eq!(why(r#"[7,"name",1]"#), "expected a string as salt");
    assert_eq!(why("[7,1]"), "expected a string as salt");
    assert_eq!(why(r#"["salt",7,1]"#), "expected a string as name");
    assert_eq!(why("{}"), "expected a JSON array");
    assert!(why("[").starts_with("not JSON"));
    let credential = sd_jwt(&json!({}), &["a+b"]);
    assert!(
        matches!(&credential.disclosures[0].kind, DisclosureKind::Malformed { why } if why.contains("alphabet"))
    );
}

#[test]
fn repeated_names_in_a_disclosure_are_seen() {
    let encoded = base64url::encode(r#"["salt","address",{"city":1,"city":2}]"#);
    assert_eq!(sd_jwt(&json!({}), &[&encoded]).repeated_names(), ["city"]);
}

#[test]
fn an_orphan_and_a_decoy_are_told_apart() {
    let (encoded, _) = disclosure(&json!(["salt", "name", 1]));
    let payload = json!({"_sd": ["a-decoy"], "list": [{"...": "another-decoy"}, 2]});
    assert_eq!(problems(&payload, &[&encoded]), ["disclosure 0: no digest refers to it"]);
    assert_eq!(sd_jwt(&payload, &[&encoded]).unreferenced_disclosures().len(), 1);
    let processed = sd_jwt(&payload, &[]).processed().unwrap();
    assert_eq!(Value::Object(processed), json!({"list": [2]}));
}

#[test]
fn an_orphan_does_not_vouch_for_another() {
    let (inner, digest) = disclosure(&json!(["salt-1", "inner", 1]));
    let (outer, _) = disclosure(&json!(["salt-2", "outer", {"_sd": [digest]}]));
    assert_eq!(sd_jwt(&json!({}), &[&inner, &outer]).unreferenced_disclosures().len(), 2);
}

#[test]
fn names_that_are_taken_or_reserved_are_problems() {
    let (taken, first) = disclosure(&json!(["salt-1", "name", "hidden"]));
    let (reserved, second) = disclosure(&json!(["salt-2", "_sd", []]));
    let (dots, third) = disclosure(&json!(["salt-3", "...", "x"]));
    let payload = json!({"_sd": [first, second, third], "name": "clear"});
    assert_eq!(
        problems(&payload, &[&taken, &reserved, &dots]),
        [
            "disclosure 0 at ``: the name `name` is there already",
            "disclosure 1 at ``: the name `_sd` is reserved",
            "disclosure 2 at ``: the name `...` is reserved",
        ]
    );
    let credential = sd_jwt(&payload, &[&taken, &reserved, &dots]);
    assert_eq!(credential.unpack().unwrap().claims["name"], "clear");
    assert!(credential.processed().is_err());
}

#[test]
fn a_digest_that_occurs_twice_is_followed_once() {
    let (encoded, digest) = disclosure(&json!(["salt", "name", 1]));
    let payload = json!({"_sd": [digest], "inner": {"_sd": [digest]}});
    let credential = sd_jwt(&payload, &[&encoded]);
    assert_eq!(credential.unpack().unwrap().disclosed.len(), 1);
    let again = problems(&payload, &[&encoded]);
    assert!(again.len() == 1 && again[0].contains("occurs again"), "{again:?}");
    let digests = credential.digests();
    assert_eq!(digests.values().count(), 2);
    let repeated: Vec<&str> =
        digests.repeated().iter().map(|one| one.place.pointer.as_str()).collect();
    assert_eq!(repeated, ["/inner/_sd/0"]);
}

#[test]
fn a_repeated_disclosure_is_referenced_once() {
    let (encoded, digest) = disclosure(&json!(["salt", "name", 1]));
    let problems = problems(&json!({"_sd": [digest]}), &[&encoded, &encoded]);
    assert_eq!(problems, ["disclosure 1: no digest refers to it"]);
}

#[test]
fn the_form_of_a_disclosure_has_to_fit_its_place() {
    let (property, first) = disclosure(&json!(["salt-1", "name", 1]));
    let (element, second) = disclosure(&json!(["salt-2", 2]));
    let payload = json!({"_sd": [second], "list": [{"...": first}]});
    let problems = problems(&payload, &[&property, &element]);
    assert_eq!(problems.len(), 2);
    assert!(problems.iter().all(|problem| problem.contains("found a")), "{problems:?}");
}

#[test]
fn reserved_names_in_another_use_are_misuses() {
    let (encoded, digest) = disclosure(&json!(["salt", "deep", {"_sd_alg": "sha-256", "...": 1}]));
    let payload = json!({
        "_sd": [digest, 7], "_sd_alg": "sha-256", "a/b": {"_sd": "text"},
        "list": [{"...": "digest", "more": 1}, {"...": 7}],
    });
    let digests = sd_jwt(&payload, &[&encoded]).digests();
    let places: Vec<_> = digests
        .misuses
        .iter()
        .map(|misuse| (misuse.place.disclosure, misuse.place.pointer.as_str()))
        .collect();
    assert_eq!(
        places,
        [
            (None, "/_sd/1"),
            (None, "/a~1b/_sd"),
            (None, "/list/0"),
            (None, "/list/1"),
            (Some(0), "/_sd_alg"),
            (Some(0), "/..."),
        ]
    );
    let claims = sd_jwt(&payload, &[&encoded]).unpack().unwrap();
    assert!(!claims.problems.is_empty());
}

#[test]
fn other_hash_algorithms_are_read_and_unknown_ones_reported() {
    for hash in [HashAlgorithm::Sha384, HashAlgorithm::Sha512] {
        let (encoded, _) = disclosure(&json!(["salt", "name", 1]));
        let payload = json!({"_sd": [hash.digest(&encoded)], "_sd_alg": hash.name()});
        assert_eq!(sd_jwt(&payload, &[&encoded]).processed().unwrap()["name"], 1);
    }
    for unknown in [json!("SHA-256"), json!("md5"), json!(256)] {
        let (encoded, digest) = disclosure(&json!(["salt", "name", 1]));
        let credential = sd_jwt(&json!({"_sd": [digest], "_sd_alg": unknown}), &[&encoded]);
        assert_eq!(credential.processed(), Err(SdJwtError::UnknownHash(unknown.to_string())));
        assert_eq!(credential.unreferenced_disclosures().len(), 1);
        assert_eq!(credential.digests().found.len(), 1);
    }
}

#[test]
fn a_tower_of_disclosures_is_given_up_in_time() {
    let mut payload = json!({"end": true});
    let mut disclosures = Vec::new();
    for number in 0..2_000 {
        let (encoded, digest) = disclosure(&json!([number.to_string(), "next", payload]));
        disclosures.push(encoded);
        payload = json!({"_sd": [digest]});
    }
    let disclosures: Vec<&str> = disclosures.iter().map(String::as_str).collect();
    let problems = problems(&payload, &disclosures);
    assert!(problems[0].contains("nested deeper"), "{}", problems[0]);
}

#[test]
fn what_is_no_sd_jwt_is_refused() {
    assert!(matches!(SdJwt::open("~"), Err(SdJwtError::Jwt(JwsError::Parts(1)))));
    assert!(matches!(
        SdJwt::open("e30.W10.AA~"),
        Err(SdJwtError::Jwt(JwsError::NotAnObject { .. }))
    ));
    assert!(matches!(SdJwt::open(&"~".repeat(LONGEST + 1)), Err(SdJwtError::TooLong(_))));
}

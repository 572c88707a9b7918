//! Random claims, concealed at random, compared with themselves and with an independent
//! implementation of RFC 9901.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

use std::convert::Infallible;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use proptest::prelude::*;
use sd_jwt_payload::{JsonObject, JwsSigner, SdJwt as OtherSdJwt, SdJwtBuilder, Sha256Hasher};
use serde_json::json;

use super::*;
use crate::jose::{JwtDraft, PrivateKey, base64url};

/// Issues with salts that count and with choices that repeat; each concealed thing is concealed
/// after what is in it.
struct Issuer<'a> {
    choices: std::iter::Cycle<std::slice::Iter<'a, bool>>,
    disclosures: Vec<String>,
}

impl Issuer<'_> {
    fn issue(claims: &Map<String, Value>, choices: &[bool]) -> String {
        let mut issuer = Issuer { choices: choices.iter().cycle(), disclosures: Vec::new() };
        let payload = issuer.object(claims);
        let key = PrivateKey::from_bytes(&[9; 32]).unwrap();
        let jwt = JwtDraft::new("dc+sd-jwt", &key, payload).compact();
        let mut text = jwt + "~";
        for disclosure in issuer.disclosures {
            text += &format!("{disclosure}~");
        }
        text
    }

    fn conceals(&mut self) -> bool {
        self.choices.next().copied().unwrap_or_default()
    }

    fn disclose(&mut self, content: &[Value]) -> String {
        let mut elements = vec![json!(format!("salt-{}", self.disclosures.len()))];
        elements.extend_from_slice(content);
        let encoded = base64url::encode(Value::Array(elements).to_string());
        let digest = HashAlgorithm::Sha256.digest(&encoded);
        self.disclosures.push(encoded);
        digest
    }

    fn value(&mut self, value: &Value) -> Value {
        match value {
            Value::Object(members) => Value::Object(self.object(members)),
            Value::Array(elements) => {
                elements.iter().map(|element| self.element(element)).collect()
            }
            other => other.clone(),
        }
    }

    fn object(&mut self, members: &Map<String, Value>) -> Map<String, Value> {
        let mut clear = Map::new();
        let mut digests = Vec::new();
        for (name, value) in members {
            let value = self.value(value);
            if self.conceals() {
                digests.push(json!(self.disclose(&[json!(name), value])));
            } else {
                clear.insert(name.clone(), value);
            }
        }
        if !digests.is_empty() {
            clear.insert("_sd".to_owned(), Value::Array(digests));
        }
        clear
    }

    fn element(&mut self, element: &Value) -> Value {
        let value = self.value(element);
        if self.conceals() { json!({"...": self.disclose(&[value])}) } else { value }
    }
}

/// Claims in which every object has at least so many members.
fn claims(fewest: usize) -> impl Strategy<Value = Map<String, Value>> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(4, 40, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::hash_map("[a-z/~]{1,5}", inner, fewest..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    });
    proptest::collection::hash_map("[a-z/~]{1,5}", value, 0..6)
        .prop_map(|members| members.into_iter().collect())
}

/// A signer for the other implementation.
struct OurSigner(PrivateKey);

impl JwsSigner for OurSigner {
    type Error = Infallible;

    fn sign<'s, 'h, 'p, 'a>(
        &'s self,
        header: &'h JsonObject,
        payload: &'p JsonObject,
    ) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, Infallible>> + Send + 'a>>
    where
        's: 'a,
        'h: 'a,
        'p: 'a,
        Self: 'a,
    {
        let signing = crate::jose::Signing::Key(self.0.clone());
        let draft = JwtDraft { header: header.clone(), claims: payload.clone(), signing };
        Box::pin(std::future::ready(Ok(draft.compact().into_bytes())))
    }
}

/// The outcome of a future that never waits.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("the future waits"),
    }
}

fn disclosed_by_the_other(text: &str) -> Value {
    let other = OtherSdJwt::parse(text).unwrap();
    Value::Object(other.into_disclosed_object(&Sha256Hasher::new()).unwrap())
}

proptest! {
    #[test]
    fn whatever_is_concealed_is_found_again(claims in claims(0), choices in proptest::collection::vec(any::<bool>(), 1..40)) {
        let text = Issuer::issue(&claims, &choices);
        let credential = SdJwt::open(&text).unwrap();
        prop_assert_eq!(credential.processed().unwrap(), claims);
        prop_assert!(credential.unreferenced_disclosures().is_empty());
        let digests = credential.digests();
        prop_assert_eq!(digests.found.len(), credential.disclosures.len());
        prop_assert!(digests.misuses.is_empty() && digests.repeated().is_empty());
    }

    /// Without empty objects: the other implementation drops them from arrays.
    #[test]
    fn the_other_implementation_reads_the_same_claims(claims in claims(1), choices in proptest::collection::vec(any::<bool>(), 1..40)) {
        let text = Issuer::issue(&claims, &choices);
        let ours = Value::Object(SdJwt::open(&text).unwrap().processed().unwrap());
        prop_assert_eq!(disclosed_by_the_other(&text), ours);
    }

    #[test]
    fn no_text_makes_opening_panic(tail in "[~.A-Za-z0-9_-]{0,60}") {
        if let Ok(credential) = SdJwt::open(&format!("e30.e30.~{tail}")) {
            let _ = (credential.unpack(), credential.digests(), credential.repeated_names());
        }
    }
}

#[test]
fn what_the_other_implementation_issues_is_opened_to_the_same_claims() {
    let claims = json!({
        "iss": "https://issuer.example", "vct": "urn:example:id",
        "given_name": "Ada", "address": {"locality": "London", "country": "GB"},
        "nationalities": ["GB", "FR"],
    });
    let key = PrivateKey::generate().unwrap();
    let builder = SdJwtBuilder::new(claims.clone())
        .and_then(|builder| builder.make_concealable("/given_name"))
        .and_then(|builder| builder.make_concealable("/address/locality"))
        .and_then(|builder| builder.make_concealable("/address"))
        .and_then(|builder| builder.make_concealable("/nationalities/0"))
        .and_then(|builder| builder.add_decoys("", 3))
        .and_then(|builder| builder.add_decoys("/nationalities", 1))
        .unwrap();
    let issued = at_once(builder.finish(&OurSigner(key.clone()), "ES256")).unwrap();

    let credential = SdJwt::open(&issued.presentation()).unwrap();
    assert_eq!(credential.jws.verify(&key.public_key()), Ok(()));
    assert!(credential.ends_with_tilde);
    assert_eq!(Value::Object(credential.processed().unwrap()), claims);
    assert_eq!(credential.disclosures.len(), 4);
    assert_eq!(credential.digests().found.len(), 8);
    let unpacked = credential.unpack().unwrap();
    assert_eq!(unpacked.clear_names(), ["iss", "vct", "nationalities"]);
    assert_eq!(unpacked.names_disclosed_at("/address"), ["locality"]);
}

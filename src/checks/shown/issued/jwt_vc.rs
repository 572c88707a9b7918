//! A W3C credential in a JWT that was issued, with its signature verified by what was gathered
//! for it.

use jiff::Timestamp;
use serde_json::{Map, Value};
use url::Url;

use super::{Opened, fetched};
use crate::checks::Scene;
use crate::formats::SignatureVerdict;
use crate::formats::jwt_vc::{self, JwtVc, JwtVcEvidence};
use crate::jose::Certificate;
use crate::protocol::{Location, WellKnown};
use crate::transcript::Station;

/// A credential in a JWT with its signature verified.
#[derive(Debug)]
pub struct OpenedJwtVc {
    /// Its parts.
    pub jwt_vc: JwtVc,
    /// Whose signature it carries.
    pub signature: SignatureVerdict,
}

impl OpenedJwtVc {
    /// What it says of its holder: the claims of the subject, or of all subjects where there are
    /// several, without the names of the holder's key.
    pub fn dataset(&self) -> Map<String, Value> {
        let mut subjects: Vec<Map<String, Value>> =
            self.jwt_vc.subjects().into_iter().cloned().collect();
        for subject in &mut subjects {
            subject.shift_remove("id");
        }
        match <[_; 1]>::try_from(subjects) {
            Ok([subject]) => subject,
            Err(several) => several
                .into_iter()
                .enumerate()
                .map(|(place, subject)| (place.to_string(), Value::Object(subject)))
                .collect(),
        }
    }
}

/// Opens one, and verifies its signature by what was gathered for it.
pub(super) fn open(
    text: &str,
    scene: &Scene<'_>,
    anchors: &[Certificate],
    at: Timestamp,
) -> Opened {
    let jwt_vc = match JwtVc::open(text) {
        Ok(jwt_vc) => jwt_vc,
        Err(error) => return Opened::UnreadableJwtVc(error),
    };
    let signature = signature(&jwt_vc, scene, anchors, at);
    Opened::JwtVc(Box::new(OpenedJwtVc { jwt_vc, signature }))
}

/// Verifies the signature of a JWT by what was gathered for such credentials.
pub(in crate::checks) fn signature(
    jwt_vc: &JwtVc,
    scene: &Scene<'_>,
    anchors: &[Certificate],
    at: Timestamp,
) -> SignatureVerdict {
    let issuer = jwt_vc.issuer();
    let of_issuer = |kind: WellKnown, location, station| {
        fetched(station, &kind.url(issuer?, location)?, scene).filter(|json| json.is_object())
    };
    let metadata = of_issuer(WellKnown::JwtVcIssuer, Location::Inserted, Station::JwtVcIssuer);
    let openid_configuration =
        of_issuer(WellKnown::OpenidConfiguration, Location::Appended, Station::OpenidConfiguration);
    let jwks_uri = metadata.or(openid_configuration).and_then(|json| json.get("jwks_uri"));
    let jwks_uri = jwks_uri.and_then(|uri| Url::parse(uri.as_str()?).ok());
    let evidence = JwtVcEvidence {
        did_document: jwt_vc::document_url(jwt_vc).and_then(|url| did_document(&url, scene)),
        metadata,
        openid_configuration,
        key_set: jwks_uri.and_then(|url| fetched(Station::KeySet, &url, scene)),
        given: &scene.policy.issuer_keys,
        trust_anchors: anchors,
        now: at.as_second(),
    };
    jwt_vc::verify(jwt_vc, &evidence)
}

/// The document that was fetched for a did:web, over TLS or, where that is allowed, without.
fn did_document<'s>(url: &Url, scene: &'s Scene<'_>) -> Option<&'s Value> {
    scene
        .granted(Station::DidDocument)
        .filter(|answered| is_at(scene.transcript.origin(answered.exchange), url))
        .filter_map(|answered| answered.json)
        .last()
}

/// Whether something was asked for at this URL, whatever the scheme.
pub(in crate::checks) fn is_at(sent: &str, url: &Url) -> bool {
    Url::parse(sent).is_ok_and(|sent| {
        (sent.host(), sent.path()) == (url.host(), url.path()) && sent.port() == url.port()
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::{Value, json};

    use super::*;
    use crate::jose::{JwtDraft, PrivateKey};

    fn dataset(subject: Value) -> Value {
        let key = PrivateKey::from_bytes(&[3; 32]).unwrap();
        let claims = json!({"iss": "did:key:z6", "vc": {"credentialSubject": subject}});
        let draft = JwtDraft::new("JWT", &key, claims.as_object().unwrap().clone());
        let jwt_vc = JwtVc::open(&draft.compact()).unwrap();
        let signature = jwt_vc::verify(&jwt_vc, &JwtVcEvidence::default());
        OpenedJwtVc { jwt_vc, signature }.dataset().into()
    }

    #[test]
    fn a_dataset_is_what_is_said_of_each_subject_and_not_what_it_is_called() {
        let erika = json!({"id": "did:key:z6", "given_name": "Erika"});
        assert_eq!(dataset(erika.clone()), json!({"given_name": "Erika"}));
        let both = json!([erika, {"id": "urn:max", "given_name": "Max"}]);
        assert_eq!(
            dataset(both),
            json!({"0": {"given_name": "Erika"}, "1": {"given_name": "Max"}})
        );
        assert_eq!(dataset(json!("Erika")), json!({}));
    }

    #[test]
    fn a_document_is_found_whatever_the_scheme() {
        let url = Url::parse("https://h.example:8443/did.json").unwrap();
        assert!(is_at("http://h.example:8443/did.json", &url));
        assert!(!is_at("http://h.example/did.json", &url));
    }
}

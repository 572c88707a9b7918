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

/// Members of `vc` that speak of the credential and not of its holder.
const OF_THE_CREDENTIAL: &[&str] =
    &["id", "issuanceDate", "expirationDate", "credentialStatus", "issued", "validFrom"];

/// A credential in a JWT with its signature verified.
#[derive(Debug)]
pub struct OpenedJwtVc {
    /// Its parts.
    pub jwt_vc: JwtVc,
    /// Whose signature it carries.
    pub signature: SignatureVerdict,
}

impl OpenedJwtVc {
    /// What it says of its holder: `vc` without identifiers, dates and status of the credential,
    /// and without the names of the holder's key.
    pub fn dataset(&self) -> Map<String, Value> {
        let mut dataset = self.jwt_vc.vc().cloned().unwrap_or_default();
        dataset.retain(|name, _| !OF_THE_CREDENTIAL.contains(&name.as_str()));
        match dataset.get_mut("credentialSubject") {
            Some(Value::Object(subject)) => {
                subject.remove("id");
            }
            Some(Value::Array(subjects)) => {
                for subject in subjects.iter_mut().filter_map(Value::as_object_mut) {
                    subject.remove("id");
                }
            }
            _ => {}
        }
        dataset
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
        trust_anchors: anchors,
        now: at.as_second(),
    };
    jwt_vc::verify(jwt_vc, &evidence)
}

/// The document that was fetched for a did:web, over TLS or, where that is allowed, without.
fn did_document<'s>(url: &Url, scene: &'s Scene<'_>) -> Option<&'s Value> {
    scene
        .granted(Station::DidDocument)
        .filter(|answered| is_at(&answered.exchange.request.url, url))
        .filter_map(|answered| answered.json)
        .last()
}

/// Whether something was asked for at this URL, whatever the scheme.
pub(in crate::checks) fn is_at(sent: &str, url: &Url) -> bool {
    Url::parse(sent).is_ok_and(|sent| {
        (sent.host(), sent.path()) == (url.host(), url.path()) && sent.port() == url.port()
    })
}

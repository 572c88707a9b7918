//! An SD-JWT VC that was issued, with its signature verified by what was gathered for it.

use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use super::{Opened, fetched};
use crate::checks::Scene;
use crate::formats::{
    IssuerEvidence, SdJwt, SdJwtError, SignatureVerdict, Unpacked, issuer_signature,
};
use crate::jose::Certificate;
use crate::protocol::{Location, WellKnown};
use crate::transcript::Station;

/// An SD-JWT VC with its disclosures in place and its signature verified.
#[derive(Debug)]
pub struct OpenedSdJwt {
    /// Its parts.
    pub sd_jwt: SdJwt,
    /// With everything disclosed; an error where its hash algorithm is not known.
    pub unpacked: Result<Unpacked, SdJwtError>,
    /// Whose signature it carries.
    pub signature: SignatureVerdict,
}

/// Opens one, and verifies its signature by what was gathered for it.
pub(super) fn open(
    text: &str,
    scene: &Scene<'_>,
    anchors: &[Certificate],
    at: Timestamp,
) -> Opened {
    let sd_jwt = match SdJwt::open(text) {
        Ok(sd_jwt) => sd_jwt,
        Err(error) => return Opened::Unreadable(error),
    };
    let evidence = evidence(sd_jwt.issuer(), scene, anchors, at);
    let signature = issuer_signature::verify(&sd_jwt, &evidence);
    let unpacked = sd_jwt.unpack();
    Opened::SdJwt(Box::new(OpenedSdJwt { sd_jwt, unpacked, signature }))
}

/// What was gathered for an `iss`.
pub(in crate::checks) fn evidence<'s>(
    issuer: Option<&str>,
    scene: &'s Scene<'_>,
    anchors: &'s [Certificate],
    at: Timestamp,
) -> IssuerEvidence<'s> {
    let metadata = issuer.and_then(|issuer| issuer_metadata(issuer, scene));
    let jwks_uri = metadata.and_then(|metadata| metadata.get("jwks_uri")?.as_str());
    IssuerEvidence {
        metadata,
        key_set: jwks_uri.and_then(|uri| fetched(Station::KeySet, &Url::parse(uri).ok()?, scene)),
        given: &scene.policy.issuer_keys,
        trust_anchors: anchors,
        now: at.as_second(),
    }
}

/// The JWT VC Issuer Metadata that were fetched for an `iss`.
fn issuer_metadata<'s>(issuer: &str, scene: &'s Scene<'_>) -> Option<&'s Value> {
    let url = WellKnown::JwtVcIssuer.url(issuer, Location::Inserted)?;
    fetched(Station::JwtVcIssuer, &url, scene)
}

//! The credentials that a scenario was issued, each opened once and its signature verified once,
//! however many checks look at it.

use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use super::requested::Requested;
use super::{Answered, Scene};
use crate::formats::{
    IssuerEvidence, SdJwt, SdJwtError, SignatureVerdict, Unpacked, issuer_signature,
};
use crate::jose::Certificate;
use crate::protocol::{Configuration, CredentialResponse, Location, WellKnown};
use crate::transcript::Station;

/// What one credential response issued, to a request that was as it should be.
#[derive(Debug)]
pub struct Issued {
    /// Number of the exchange.
    pub exchange: u32,
    /// When it was received, on our clock: "now" for everything that is judged of it.
    pub received_at: Timestamp,
    /// What was asked for, with the proofs as sent.
    pub requested: Requested,
    /// The thumbprints (RFC 7638) of the keys that were proved, in the order of the proofs; none
    /// for a proof whose key cannot be made out.
    pub proved_keys: Vec<Option<String>>,
    /// The credentials, in the order of the response. Those that are no strings are left out.
    pub credentials: Vec<Credential>,
}

/// One credential as it came, and what could be made of it.
#[derive(Debug)]
pub struct Credential {
    /// The text, exactly.
    pub text: String,
    /// What it is.
    pub opened: Opened,
}

/// What a credential turned out to be.
#[derive(Debug)]
pub enum Opened {
    /// An SD-JWT VC.
    SdJwt(Box<OpenedSdJwt>),
    /// Meant as an SD-JWT VC, and not readable as one.
    Unreadable(SdJwtError),
    /// Of another format.
    Other,
}

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

impl Issued {
    /// Opens everything that the untampered credential requests of a scenario were granted.
    pub(super) fn all(scene: &Scene<'_>) -> Vec<Self> {
        let anchors = trust_anchors(scene);
        scene
            .granted(Station::Credential)
            .filter_map(|answered| Self::read(&answered, scene, &anchors))
            .collect()
    }

    /// Opens what one answer issued, also to a request that was tampered with.
    pub(super) fn of(answered: &Answered<'_>, scene: &Scene<'_>) -> Option<Self> {
        Self::read(answered, scene, &trust_anchors(scene))
    }

    /// The configuration that was asked for.
    pub fn configuration<'s>(&self, scene: &'s Scene<'_>) -> Option<Configuration<'s>> {
        self.requested.configuration(scene)
    }

    /// The SD-JWT VCs among the credentials that could be opened, with their place in the
    /// response.
    pub fn sd_jwts(&self) -> impl Iterator<Item = (usize, &OpenedSdJwt)> {
        self.credentials.iter().enumerate().filter_map(|(place, credential)| {
            match &credential.opened {
                Opened::SdJwt(opened) => Some((place, opened.as_ref())),
                Opened::Unreadable(_) | Opened::Other => None,
            }
        })
    }

    fn read(answered: &Answered<'_>, scene: &Scene<'_>, anchors: &[Certificate]) -> Option<Self> {
        let requested = Requested::read(answered.exchange, scene)?;
        let texts = CredentialResponse::new(answered.json?).credentials();
        let configuration = requested.configuration(scene);
        let received_at = answered.answer.at;
        let credentials = texts
            .into_iter()
            .map(|text| Credential {
                text: text.to_owned(),
                opened: if is_meant_as_sd_jwt(text, configuration) {
                    open(text, scene, anchors, received_at)
                } else {
                    Opened::Other
                },
            })
            .collect();
        Some(Self {
            exchange: answered.exchange.number,
            received_at,
            proved_keys: proved_keys(&requested),
            requested,
            credentials,
        })
    }
}

/// The thumbprints of the keys that a request proved, in the order of its proofs.
pub fn proved_keys(requested: &Requested) -> Vec<Option<String>> {
    requested.proofs.iter().map(|proof| proof.as_ref()?.key()?.thumbprint().ok()).collect()
}

/// By the format of the configuration, or by its look where the format is not known.
fn is_meant_as_sd_jwt(text: &str, configuration: Option<Configuration<'_>>) -> bool {
    match configuration.and_then(|configuration| configuration.format()) {
        Some(format) => matches!(format, "dc+sd-jwt" | "vc+sd-jwt"),
        None => text.contains('~'),
    }
}

fn open(text: &str, scene: &Scene<'_>, anchors: &[Certificate], at: Timestamp) -> Opened {
    let sd_jwt = match SdJwt::open(text) {
        Ok(sd_jwt) => sd_jwt,
        Err(error) => return Opened::Unreadable(error),
    };
    let metadata = sd_jwt.issuer().and_then(|issuer| issuer_metadata(issuer, scene));
    let jwks_uri = metadata.and_then(|metadata| metadata.get("jwks_uri")?.as_str());
    let evidence = IssuerEvidence {
        metadata,
        key_set: jwks_uri.and_then(|uri| fetched(Station::KeySet, &Url::parse(uri).ok()?, scene)),
        trust_anchors: anchors,
        now: at.as_second(),
    };
    let signature = issuer_signature::verify(&sd_jwt, &evidence);
    let unpacked = sd_jwt.unpack();
    Opened::SdJwt(Box::new(OpenedSdJwt { sd_jwt, unpacked, signature }))
}

/// The JWT VC Issuer Metadata that were fetched for an `iss`.
fn issuer_metadata<'s>(issuer: &str, scene: &'s Scene<'_>) -> Option<&'s Value> {
    let url = WellKnown::JwtVcIssuer.url(issuer, Location::Inserted)?;
    fetched(Station::JwtVcIssuer, &url, scene)
}

fn fetched<'s>(station: Station, url: &Url, scene: &'s Scene<'_>) -> Option<&'s Value> {
    scene
        .granted(station)
        .filter(|answered| {
            Url::parse(&answered.exchange.request.url).is_ok_and(|sent| sent == *url)
        })
        .filter_map(|answered| answered.json)
        .last()
}

/// The anchors of the policy. One that cannot be read is for the configuration to refuse.
fn trust_anchors(scene: &Scene<'_>) -> Vec<Certificate> {
    scene
        .policy
        .trust_anchors
        .iter()
        .filter_map(|pem| Certificate::read_all(pem.as_bytes()).ok())
        .flatten()
        .collect()
}

//! The credentials that a scenario was issued, each opened once and its signature verified once,
//! however many checks look at it.

use jiff::Timestamp;
use serde_json::Value;
use url::Url;

mod facts;
pub mod jwt_vc;
pub mod mdoc;
pub mod sd_jwt;

pub use jwt_vc::OpenedJwtVc;
pub use mdoc::OpenedMdoc;
pub use sd_jwt::OpenedSdJwt;

use crate::checks::requested::Requested;
use crate::checks::{Answered, Scene};
use crate::formats::{MdocError, SdJwtError, status_claim};
use crate::jose::{Certificate, JwsError};
use crate::protocol::{Configuration, CredentialResponse, KeyAttestation};
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
    /// The thumbprints (RFC 7638) of the keys that were proved, in the order of the proofs, then of
    /// those that were only attested; none for a proof whose key cannot be made out.
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
    /// Its `status`, where it has one, whatever the format.
    pub status: Option<Value>,
}

/// What a credential turned out to be.
#[derive(Debug)]
pub enum Opened {
    /// An SD-JWT VC.
    SdJwt(Box<OpenedSdJwt>),
    /// Meant as an SD-JWT VC, and not readable as one.
    Unreadable(SdJwtError),
    /// A W3C credential in a JWT.
    JwtVc(Box<OpenedJwtVc>),
    /// Meant as a W3C credential in a JWT, and not readable as one.
    UnreadableJwtVc(JwsError),
    /// An mdoc.
    Mdoc(Box<OpenedMdoc>),
    /// Meant as an mdoc, and not readable as one.
    UnreadableMdoc(MdocError),
    /// Of another format.
    Other,
}

impl Issued {
    /// Opens everything that the untampered credential requests of a scenario were granted, at
    /// once or later.
    pub(in crate::checks) fn all(scene: &Scene<'_>) -> Vec<Self> {
        let anchors = trust_anchors(scene);
        scene
            .granted(Station::Credential)
            .chain(scene.granted(Station::Deferred))
            .filter(|answered| answered.puts_off().is_none())
            .filter_map(|answered| Self::read(&answered, scene, &anchors))
            .collect()
    }

    /// Opens what one answer issued, also to a request that was tampered with.
    pub(in crate::checks) fn of(answered: &Answered<'_>, scene: &Scene<'_>) -> Option<Self> {
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
                _ => None,
            }
        })
    }

    /// The W3C credentials in JWTs among the credentials that could be opened, with their place
    /// in the response.
    pub fn jwt_vcs(&self) -> impl Iterator<Item = (usize, &OpenedJwtVc)> {
        self.credentials.iter().enumerate().filter_map(|(place, credential)| {
            match &credential.opened {
                Opened::JwtVc(opened) => Some((place, opened.as_ref())),
                _ => None,
            }
        })
    }

    /// The mdocs among the credentials that could be opened, with their place in the response.
    pub fn mdocs(&self) -> impl Iterator<Item = (usize, &OpenedMdoc)> {
        self.credentials.iter().enumerate().filter_map(|(place, credential)| {
            match &credential.opened {
                Opened::Mdoc(opened) => Some((place, opened.as_ref())),
                _ => None,
            }
        })
    }

    /// The credentials that could be opened, whatever their format, with their place in the
    /// response.
    pub fn readable(&self) -> impl Iterator<Item = (usize, &Opened)> {
        let credentials = self.credentials.iter().enumerate();
        credentials.filter_map(|(place, one)| one.opened.is_read().then_some((place, &one.opened)))
    }

    fn read(answered: &Answered<'_>, scene: &Scene<'_>, anchors: &[Certificate]) -> Option<Self> {
        let requested = Requested::read(answered.exchange, scene)?;
        let texts = CredentialResponse::new(answered.json?).credentials();
        let configuration = requested.configuration(scene);
        let format = configuration.and_then(|configuration| configuration.format());
        let format = format.or(requested.format.as_deref());
        let received_at = answered.answer.at;
        let credentials = texts
            .into_iter()
            .map(|text| Credential {
                text: text.to_owned(),
                status: status_claim(text),
                opened: open(text, format, scene, anchors, received_at),
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

/// The thumbprints of the keys that a request proved, in the order of its proofs, then of those
/// that it attested besides.
pub fn proved_keys(requested: &Requested) -> Vec<Option<String>> {
    let proofs = requested.proofs.iter();
    let mut keys: Vec<Option<String>> =
        proofs.map(|proof| proof.as_ref()?.key()?.thumbprint().ok()).collect();
    for attested in requested.attestations.iter().flat_map(KeyAttestation::attested_keys) {
        let key = attested.thumbprint().ok();
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// By the format of the configuration or of the request, or by its look where neither is known.
fn open(
    text: &str,
    format: Option<&str>,
    scene: &Scene<'_>,
    anchors: &[Certificate],
    at: Timestamp,
) -> Opened {
    match format {
        Some("dc+sd-jwt" | "vc+sd-jwt") => sd_jwt::open(text, scene, anchors, at),
        Some("jwt_vc_json" | "jwt_vc_json-ld" | "jwt_vc") => jwt_vc::open(text, scene, anchors, at),
        Some("mso_mdoc") => mdoc::open(text, anchors, at),
        None if text.contains('~') => sd_jwt::open(text, scene, anchors, at),
        Some(_) | None => Opened::Other,
    }
}

/// The last JSON that was fetched from a URL at a station.
fn fetched<'s>(station: Station, url: &Url, scene: &'s Scene<'_>) -> Option<&'s Value> {
    scene
        .granted(station)
        .filter(|answered| scene.is_from(answered.exchange, url))
        .filter_map(|answered| answered.json)
        .last()
}

/// The anchors of the policy. One that cannot be read is for the configuration to refuse.
pub(in crate::checks) fn trust_anchors(scene: &Scene<'_>) -> Vec<Certificate> {
    scene
        .policy
        .trust_anchors
        .iter()
        .filter_map(|pem| Certificate::read_all(pem.as_bytes()).ok())
        .flatten()
        .collect()
}

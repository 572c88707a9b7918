//! The status lists that were fetched for a scenario, each read once and its signature verified
//! once, however many credentials refer to it.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::checks::Scene;
use crate::checks::issued::{self, Issued};
use crate::formats::status_list::{CWT_MEDIA_TYPE, StatusListToken};
use crate::formats::{JwtVc, SignatureVerdict, StatusList, StatusListError, issuer_signature};
use crate::jose::{Certificate, JwsError, PublicKey, base64url};
use crate::transcript::{Answer, Exchange, Received, Station};

/// What came of asking for a list.
#[derive(Debug)]
pub struct PublishedList {
    /// Where it was asked for first, before any redirect.
    pub uri: String,
    /// Number of the exchange that ended it.
    pub exchange: u32,
    /// When that ended, on our clock.
    pub at: Timestamp,
    /// What came.
    pub attempt: Attempt,
}

/// What came instead of a list, or the list.
#[derive(Debug)]
pub enum Attempt {
    /// Nothing over HTTP, for this reason.
    Failed(String),
    /// A status that is no success.
    Refused(u16),
    /// The CWT form, which is not read here.
    Cwt,
    /// A success, and no JWT.
    Unreadable(JwsError),
    /// The JWT form.
    Read(Box<ReadList>),
}

/// A Status List Token that could be taken apart.
#[derive(Debug)]
pub struct ReadList {
    /// The token.
    pub token: StatusListToken,
    /// The list in it.
    pub list: Result<StatusList, StatusListError>,
    /// Whose signature it carries.
    pub signature: SignatureVerdict,
}

impl PublishedList {
    /// Everything that was fetched at the station, in the order of its answers.
    pub(in crate::checks) fn all(scene: &Scene<'_>) -> Vec<Self> {
        let anchors = issued::trust_anchors(scene);
        let mut exchanges: Vec<&Exchange> = scene
            .transcript
            .at(Station::StatusList)
            .filter(|exchange| !exchange.superseded)
            .collect();
        exchanges.sort_by_key(|exchange| exchange.request.at);
        let mut origins: HashMap<String, String> = HashMap::new();
        let mut lists = Vec::new();
        for exchange in exchanges {
            let url = &exchange.request.url;
            let uri = origins.remove(url).unwrap_or_else(|| url.clone());
            match exchange.redirects_to() {
                Some(next) => drop(origins.insert(next.into(), uri)),
                None => lists.push(Self::read(uri, exchange, scene, &anchors)),
            }
        }
        lists
    }

    /// The list, where one came that can be read.
    pub fn token(&self) -> Option<&ReadList> {
        match &self.attempt {
            Attempt::Read(read) => Some(read),
            _ => None,
        }
    }

    /// Whether it is the list that a reference names.
    pub fn is_at(&self, uri: &str) -> bool {
        Url::parse(uri).is_ok_and(|url| url.as_str() == self.uri)
    }

    fn read(uri: String, exchange: &Exchange, scene: &Scene<'_>, anchors: &[Certificate]) -> Self {
        let (at, attempt) = match &exchange.received {
            Received::Failure(failure) => (failure.at, Attempt::Failed(failure.says.clone())),
            Received::Answer(answer) => (answer.at, attempt(&uri, answer, scene, anchors)),
        };
        Self { uri, exchange: exchange.number, at, attempt }
    }
}

fn attempt(uri: &str, answer: &Answer, scene: &Scene<'_>, anchors: &[Certificate]) -> Attempt {
    if !answer.is_success() {
        return Attempt::Refused(answer.status);
    }
    let Some(text) = answer.body.text() else {
        return match answer.media_type().as_deref() {
            Some(CWT_MEDIA_TYPE) => Attempt::Cwt,
            _ => Attempt::Unreadable(JwsError::Parts(0)),
        };
    };
    match StatusListToken::open(text) {
        Ok(token) => {
            let signature = signature(&token, text, uri, answer.at, scene, anchors);
            Attempt::Read(Box::new(ReadList { list: token.list(), signature, token }))
        }
        Err(_) if answer.media_type().as_deref() == Some(CWT_MEDIA_TYPE) => Attempt::Cwt,
        Err(error) => Attempt::Unreadable(error),
    }
}

/// By `x5c`, else in the way in which a credential that refers to the list leads to its key: by the
/// metadata of its issuer, with the certificate that it carries itself, or by a DID (draft 11.3).
/// A key that does not fit is the wrong one, unless the list itself points to it.
fn signature(
    token: &StatusListToken,
    text: &str,
    uri: &str,
    at: Timestamp,
    scene: &Scene<'_>,
    anchors: &[Certificate],
) -> SignatureVerdict {
    let referring = scene.issued().iter().flat_map(Issued::sd_jwts).map(|(_, opened)| opened);
    let credential = referring.map(|opened| &opened.sd_jwt).find(|sd_jwt| {
        let list = sd_jwt.payload().get("status").and_then(|status| status.get("status_list"));
        let its = list.and_then(|list| list.get("uri")?.as_str()).map(Url::parse);
        matches!(its, Some(Ok(its)) if its.as_str() == uri)
    });
    let issuer = credential.and_then(|credential| credential.issuer());
    let evidence = issued::sd_jwt::evidence(issuer, scene, anchors, at);
    let header = token.jws.header();
    let has_algorithm = token.jws.algorithm().is_some_and(PublicKey::supports);
    let is_pointed_at = header.contains_key("x5c") || header.contains_key("kid") || !has_algorithm;
    let why = match issuer_signature::verify_jws(&token.jws, issuer, &evidence) {
        SignatureVerdict::Failed { why } if !is_pointed_at => why,
        SignatureVerdict::Unresolvable { why } if !header.contains_key("x5c") => why,
        verdict => return verdict,
    };
    if let Some(x5c) = credential.and_then(|credential| credential.header().get("x5c")) {
        match issuer_signature::verify_by_chain(&token.jws, x5c, &evidence) {
            verdict @ SignatureVerdict::Verified { .. } => return verdict,
            verdict @ SignatureVerdict::Failed { .. } if names_the_leaf(token, x5c) => {
                return verdict;
            }
            _ => {}
        }
    }
    let by_did =
        JwtVc::open(text.trim()).map(|jwt| issued::jwt_vc::signature(&jwt, scene, anchors, at));
    let names_a_did = token.jws.key_id().is_some_and(|kid| kid.starts_with("did:"));
    match by_did {
        Ok(verdict @ SignatureVerdict::Verified { .. }) => verdict,
        Ok(verdict @ SignatureVerdict::Failed { .. }) if names_a_did => verdict,
        _ => SignatureVerdict::Unresolvable { why },
    }
}

/// Whether the list names the first certificate of a chain by its hash (RFC 7515, section 4.1.8).
fn names_the_leaf(token: &StatusListToken, x5c: &Value) -> bool {
    let named = token.jws.header().get("x5t#S256").and_then(Value::as_str);
    let leaf = x5c.get(0).and_then(Value::as_str).map(Certificate::from_base64);
    match (named, leaf) {
        (Some(named), Some(Ok(leaf))) => named == base64url::encode(Sha256::digest(leaf.der())),
        _ => false,
    }
}

//! Opens the credentials of a transcript just far enough to fetch what judging will need, and
//! records it as ordinary exchanges.

mod jwt_vc;
mod status_lists;
mod types;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use url::Url;

use crate::formats::sd_jwt::SdJwt;
use crate::protocol::{CredentialResponse, Location, WellKnown};
use crate::transcript::{Exchange, Station, Transcript};
use crate::wallet::{Document, Http, Recorder, client_for, read_document};

/// The most documents that are fetched for one scenario.
const MOST_DOCUMENTS: usize = 4;
/// The most redirects that are followed to one.
const MOST_REDIRECTS: usize = 3;

/// What was fetched in this run already, by URL, with every attempt.
#[derive(Debug, Default)]
pub struct Gathered(Mutex<HashMap<Url, Vec<Exchange>>>);

/// Fetches what judging one transcript will need, where there is no run around it.
pub async fn gather_for(transcript: &mut Transcript, http: &Http, allowed: &[String]) {
    Gathered::default().gather(transcript, http, allowed).await;
}

impl Gathered {
    /// Fetches what the credentials of a transcript refer to.
    pub async fn gather(&self, transcript: &mut Transcript, http: &Http, allowed: &[String]) {
        let own = hosts(transcript);
        self.server_keys(transcript, http, &own, allowed).await;
        self.key_sets(transcript, http, &own, allowed).await;
        self.types(transcript, http, &own, allowed).await;
        jwt_vc::gather(self, transcript, http, &own, allowed).await;
        self.status_lists(transcript, http, &own, allowed).await;
    }

    /// The key sets of the authorization servers whose metadata was read.
    async fn server_keys(
        &self,
        transcript: &mut Transcript,
        http: &Http,
        own: &[String],
        allowed: &[String],
    ) {
        let answers = transcript.at(Station::AsMetadata).filter_map(|exchange| exchange.answer());
        let mut urls: Vec<Url> = answers
            .filter(|answer| answer.is_success())
            .filter_map(|answer| key_set_of(&answer.body.json()?))
            .collect();
        urls.dedup();
        for url in urls.into_iter().take(MOST_DOCUMENTS) {
            let key_set = Document::at(Station::KeySet, url);
            self.fetch(transcript, http, key_set, own, allowed).await;
        }
    }

    /// The key sets of issuers that publish them.
    async fn key_sets(
        &self,
        transcript: &mut Transcript,
        http: &Http,
        own: &[String],
        allowed: &[String],
    ) {
        for issuer in issuers(transcript).into_iter().take(MOST_DOCUMENTS) {
            let Some(url) = WellKnown::JwtVcIssuer.url(&issuer, Location::Inserted) else {
                continue;
            };
            let metadata = Document::at(Station::JwtVcIssuer, url);
            let found = self.fetch(transcript, http, metadata, own, allowed).await;
            if let Some(url) = found.as_ref().and_then(key_set_of) {
                let key_set = Document::at(Station::KeySet, url);
                self.fetch(transcript, http, key_set, own, allowed).await;
            }
        }
    }

    /// Fetches a document, on whatever redirects lead to it.
    async fn fetch(
        &self,
        transcript: &mut Transcript,
        http: &Http,
        document: Document,
        own: &[String],
        allowed: &[String],
    ) -> Option<Value> {
        let mut next = Some(document);
        for _ in 0..=MOST_REDIRECTS {
            let Some(document) = next.take() else { break };
            let exchanges = self.attempts(http, &document, own, allowed).await?;
            let last = transcript.exchanges.last().map_or(0, |last| last.number);
            for (number, exchange) in (last + 1..).zip(exchanges) {
                let station = document.station;
                transcript.exchanges.push(Exchange { number, station, ..exchange });
            }
            let redirect = transcript.exchanges.last().and_then(Exchange::redirects_to);
            next = redirect.map(|url| document.moved_to(url));
        }
        transcript.exchanges.last()?.answer()?.body.json()
    }

    /// What was answered to a request for a document, with every attempt, now or before.
    async fn attempts(
        &self,
        http: &Http,
        document: &Document,
        own: &[String],
        allowed: &[String],
    ) -> Option<Vec<Exchange>> {
        if let Some(known) = self.known().get(&document.url) {
            return Some(known.clone());
        }
        let client = client_for(&document.url, http, own, allowed).await?;
        let recorder = Recorder::default();
        read_document(client.get(), &recorder, document).await;
        let exchanges = recorder.finish().exchanges;
        self.known().insert(document.url.clone(), exchanges.clone());
        Some(exchanges)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<Url, Vec<Exchange>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The URL in `jwks_uri`.
fn key_set_of(metadata: &Value) -> Option<Url> {
    Url::parse(metadata.get("jwks_uri")?.as_str()?).ok()
}

/// The `iss` of each SD-JWT that carries no certificate chain, each once.
fn issuers(transcript: &Transcript) -> Vec<String> {
    named(transcript, |opened| {
        (!opened.header().contains_key("x5c")).then(|| opened.issuer()).flatten()
    })
}

/// What the SD-JWTs of a transcript name, each once.
fn named(transcript: &Transcript, name: impl Fn(&SdJwt) -> Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = transcript
        .at_issuance()
        .filter_map(|exchange| exchange.answer()?.said().json())
        .flat_map(|json| {
            CredentialResponse::new(&json)
                .credentials()
                .iter()
                .filter_map(|credential| Some(name(&SdJwt::open(credential).ok()?)?.to_owned()))
                .collect::<Vec<_>>()
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn hosts(transcript: &Transcript) -> Vec<String> {
    [Station::IssuerMetadata, Station::AsMetadata]
        .into_iter()
        .flat_map(|station| transcript.at(station))
        .filter_map(|exchange| {
            Url::parse(&exchange.request.url).ok()?.host_str().map(str::to_owned)
        })
        .collect()
}

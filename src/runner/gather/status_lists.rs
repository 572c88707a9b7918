//! Fetches the status lists that credentials refer to, each once in a run, and again only where the
//! copy at hand is older than the entry that is looked for.

use std::collections::BTreeSet;

use url::Url;

use super::{Gathered, MOST_DOCUMENTS};
use crate::formats::{StatusListToken, StatusReference, status_claim};
use crate::protocol::CredentialResponse;
use crate::transcript::{Exchange, Station, Transcript};
use crate::wallet::Http;

/// The most redirects that are followed to a list.
const MOST_REDIRECTS: usize = 3;

impl Gathered {
    /// Fetches the lists that the credentials of a transcript refer to, but for those that its
    /// script fetched itself.
    pub(super) async fn gather_status_lists(
        &self,
        transcript: &mut Transcript,
        http: &Http,
        own: &[String],
        allowed: &[String],
    ) {
        let mut lists: Vec<(Url, Vec<u64>)> = Vec::new();
        for reference in references(transcript) {
            let Ok(url) = Url::parse(&reference.uri) else { continue };
            match lists.iter_mut().find(|(known, _)| *known == url) {
                Some((_, indices)) => indices.push(reference.index),
                None => lists.push((url, vec![reference.index])),
            }
        }
        let fetched = |url: &Url| {
            let mut at = transcript.at(Station::StatusList);
            at.any(|exchange| exchange.request.url == url.as_str())
        };
        lists.retain(|(url, _)| !fetched(url));
        for (url, indices) in lists.into_iter().take(MOST_DOCUMENTS) {
            self.forget_unless(&url, &indices);
            let mut next = Some(url);
            for _ in 0..=MOST_REDIRECTS {
                let Some(url) = next.take() else { break };
                let before = transcript.exchanges.len();
                let at = Station::StatusList;
                self.fetch(transcript, http, at, url.clone(), own, allowed).await;
                let last = transcript.exchanges.get(before..).and_then(<[Exchange]>::last);
                next = last.and_then(|exchange| redirect(&url, exchange));
            }
        }
    }

    /// Forgets a copy in which some entry is missing or not 0: it may be older than the credential.
    fn forget_unless(&self, url: &Url, indices: &[u64]) {
        let mut known = self.known();
        let is_good = known.get(url).and_then(|exchanges| {
            let text = exchanges.last()?.answer()?.body.text()?;
            let list = StatusListToken::open(text).ok()?.list().ok()?;
            Some(indices.iter().all(|index| list.get(*index) == Some(0)))
        });
        if is_good != Some(true) {
            known.remove(url);
        }
    }
}

/// Where credentials of a transcript say that their status is, each reference once.
fn references(transcript: &Transcript) -> BTreeSet<StatusReference> {
    let answers = [Station::Credential, Station::Deferred]
        .into_iter()
        .flat_map(|station| transcript.at(station))
        .filter_map(|exchange| exchange.answer()?.body.json());
    answers
        .flat_map(|json| {
            let credentials = CredentialResponse::new(&json).credentials();
            let statuses = credentials.into_iter().filter_map(status_claim);
            let read = statuses.filter_map(|status| StatusReference::read(&status).ok());
            read.collect::<Vec<_>>()
        })
        .collect()
}

fn redirect(from: &Url, exchange: &Exchange) -> Option<Url> {
    let answer = exchange.answer().filter(|answer| (300..400).contains(&answer.status))?;
    from.join(answer.headers.get("location")?).ok()
}

//! Fetches the status lists that credentials refer to, each once in a run, and again only where the
//! copy at hand is older than the entry that is looked for.

use std::collections::BTreeSet;

use url::Url;

use super::{Gathered, MOST_DOCUMENTS};
use crate::formats::{StatusListToken, StatusReference, is_for_cwts, status_claim};
use crate::protocol::CredentialResponse;
use crate::transcript::{Station, Transcript};
use crate::wallet::{Document, Http};

impl Gathered {
    /// Fetches the lists that the credentials of a transcript refer to, but for those that its
    /// script fetched itself.
    pub(super) async fn status_lists(
        &self,
        transcript: &mut Transcript,
        http: &Http,
        own: &[String],
        allowed: &[String],
    ) {
        let mut lists: Vec<(Url, Vec<u64>, bool)> = Vec::new();
        for (reference, is_for_mdocs) in references(transcript) {
            let Ok(url) = Url::parse(&reference.uri) else { continue };
            match lists.iter_mut().find(|(known, ..)| *known == url) {
                Some((_, indices, is_only_for_mdocs)) => {
                    indices.push(reference.index);
                    *is_only_for_mdocs &= is_for_mdocs;
                }
                None => lists.push((url, vec![reference.index], is_for_mdocs)),
            }
        }
        let fetched = |url: &Url| {
            let mut at = transcript.at(Station::StatusList);
            at.any(|exchange| exchange.request.url == url.as_str())
        };
        lists.retain(|(url, ..)| !fetched(url));
        for (url, indices, is_for_mdocs) in lists.into_iter().take(MOST_DOCUMENTS) {
            self.forget_unless(&url, &indices);
            let list = Document::status_list(url, is_for_mdocs);
            self.fetch(transcript, http, list, own, allowed).await;
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

/// Where credentials of a transcript say that their status is, each reference once, and whether mdocs say so.
fn references(transcript: &Transcript) -> BTreeSet<(StatusReference, bool)> {
    let answers = [Station::Credential, Station::Deferred]
        .into_iter()
        .flat_map(|station| transcript.at(station))
        .filter_map(|exchange| exchange.answer()?.said().json());
    answers
        .flat_map(|json| {
            let credentials = CredentialResponse::new(&json).credentials();
            let read = credentials.into_iter().filter_map(|credential| {
                let reference = StatusReference::read(&status_claim(credential)?).ok()?;
                Some((reference, is_for_cwts(credential)))
            });
            read.collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::json;
    use wiremock::matchers::{header, path};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;
    use crate::jose::base64url;
    use crate::runner::gather_for;
    use crate::transcript::{Answer, Body, Exchange, Headers, Received, Request};
    use crate::wallet::HttpOptions;

    /// Room for 16 entries of one bit.
    const SHORT: &str = "eNrbuRgAAhcBXQ";
    /// Room for eight entries, of which none is set.
    const SHORTER: &str = "eNpjAAAAAQAB";

    fn token(lst: &str) -> String {
        let claims = json!({ "status_list": { "bits": 1, "lst": lst } }).to_string();
        format!("e30.{}.AA", base64url::encode(claims))
    }

    /// A transcript in which a credential with that entry was issued.
    fn issued(uri: &str, index: u64) -> Transcript {
        let claims = json!({ "status": { "status_list": { "idx": index, "uri": uri } } });
        let credential = format!("e30.{}.AA~", base64url::encode(claims.to_string()));
        let body = json!({ "credentials": [{ "credential": credential }] }).to_string();
        let at = jiff::Timestamp::UNIX_EPOCH;
        let request = Request {
            at,
            method: "POST".into(),
            url: "https://issuer.example/credential".into(),
            headers: Headers::default(),
            body: Body::Empty,
            plaintext: None,
        };
        let answer = Answer {
            at,
            status: 200,
            headers: Headers::default(),
            body: Body::Text(body),
            plaintext: None,
        };
        let mut transcript = crate::report::staging::run().transcripts.remove(0);
        transcript.exchanges = vec![Exchange {
            number: 1,
            station: Station::Credential,
            wallet: "holder".into(),
            offer: None,
            step: 1,
            racer: None,
            tamper: None,
            superseded: false,
            request,
            received: Received::Answer(answer),
        }];
        transcript
    }

    async fn serve(server: &MockServer, lst: &str) {
        server.reset().await;
        Mock::given(path("/1"))
            .and(header("accept", "application/statuslist+jwt"))
            .respond_with(ResponseTemplate::new(200).set_body_string(token(lst)))
            .mount(server)
            .await;
    }

    async fn gathered(gathered: &Gathered, server: &MockServer, index: u64) -> usize {
        let http = Http::new(HttpOptions::default()).unwrap();
        let mut transcript = issued(&format!("{}/1", server.uri()), index);
        gathered.gather(&mut transcript, &http, &["127.0.0.1".to_owned()]).await;
        assert_eq!(transcript.at(Station::StatusList).count(), 1);
        server.received_requests().await.unwrap_or_default().len()
    }

    #[tokio::test]
    async fn a_list_is_fetched_again_only_for_an_entry_that_it_does_not_have() {
        let server = MockServer::start().await;
        let run = Gathered::default();
        serve(&server, SHORTER).await;
        assert_eq!(gathered(&run, &server, 1).await, 1);
        assert_eq!(gathered(&run, &server, 7).await, 1);
        serve(&server, SHORT).await;
        assert_eq!(gathered(&run, &server, 10).await, 1);
        assert_eq!(gathered(&run, &server, 11).await, 1);
    }

    #[tokio::test]
    async fn a_list_in_the_network_of_the_harness_is_left_alone() {
        let server = MockServer::start().await;
        serve(&server, SHORT).await;
        let http = Http::new(HttpOptions::default()).unwrap();
        let mut transcript = issued(&format!("{}/1", server.uri()), 1);
        gather_for(&mut transcript, &http, &[]).await;
        assert_eq!(transcript.at(Station::StatusList).count(), 0);
    }
}

//! What a check is shown: one scenario's transcript with its JSON read once, and the policy.

use std::cell::OnceCell;

use serde_json::Value;
use url::Url;

use crate::checks::issued::Issued;
use crate::checks::published::PublishedList;
use crate::checks::{Check, Policy};
use crate::protocol::{
    AsMetadata, CredentialResponse, Deferral, DeferredRequest, IssuerMetadata, is_loopback,
};
use crate::transcript::{Answer, Exchange, Provenance, Relaxation, Station, Transcript};

/// A scenario's transcript as the checks see it.
#[derive(Debug)]
pub struct Scene<'a> {
    /// Where the run comes from.
    pub provenance: &'a Provenance,
    /// What was recorded.
    pub transcript: &'a Transcript,
    /// What it is judged by.
    pub policy: &'a Policy,
    readings: Vec<OnceCell<Option<Value>>>,
    issued: OnceCell<Vec<Issued>>,
    status_lists: OnceCell<Vec<PublishedList>>,
}

impl<'a> Scene<'a> {
    /// Opens a transcript for judging. JSON is read when first asked for, and once.
    pub fn new(provenance: &'a Provenance, transcript: &'a Transcript, policy: &'a Policy) -> Self {
        let readings = transcript.exchanges.iter().map(|_| OnceCell::new()).collect();
        Self {
            provenance,
            transcript,
            policy,
            readings,
            issued: OnceCell::new(),
            status_lists: OnceCell::new(),
        }
    }

    /// Every exchange that got an answer, tampered and superseded ones included.
    pub fn answered(&self) -> impl Iterator<Item = Answered<'_>> {
        self.transcript.exchanges.iter().zip(&self.readings).filter_map(|(exchange, reading)| {
            let answer = exchange.answer()?;
            let json = reading.get_or_init(|| answer.said().json()).as_ref();
            Some(Answered { exchange, answer, json })
        })
    }

    /// The answers at a station to requests that were as they should be, whatever the status. A
    /// redirect on the way to what a credential leads to is none.
    pub fn answers(&self, station: Station) -> impl Iterator<Item = Answered<'_>> {
        self.answered().filter(move |answered| {
            let exchange = answered.exchange;
            exchange.station == station
                && exchange.tamper.is_none()
                && !exchange.superseded
                && !(station.is_gathered() && self.transcript.was_followed(exchange))
        })
    }

    /// Whether an exchange is about what stands at a URL, though redirects may lead elsewhere.
    pub fn is_from(&self, exchange: &Exchange, url: &Url) -> bool {
        Url::parse(self.transcript.origin(exchange)).is_ok_and(|origin| origin == *url)
    }

    /// The 2xx answers at a station to requests that were as they should be.
    pub fn granted(&self, station: Station) -> impl Iterator<Item = Answered<'_>> {
        self.answers(station).filter(|answered| answered.answer.is_success())
    }

    /// The final answers to requests tampered with by the named row.
    pub fn tampered<'s>(&'s self, tamper: &'s str) -> impl Iterator<Item = Answered<'s>> {
        self.answered().filter(move |answered| {
            answered.exchange.is_tampered_by(tamper) && !answered.exchange.superseded
        })
    }

    /// The credential request that an exchange is about: itself, or for a deferred credential
    /// request the one that was given the `transaction_id`, or one in whose place it came.
    pub fn first_request<'e>(&'e self, exchange: &'e Exchange) -> Option<&'e Exchange> {
        if exchange.station != Station::Deferred {
            return Some(exchange);
        }
        let mut id = asked_again_by(exchange)?;
        let granted: Vec<Answered<'_>> = self
            .answered()
            .filter(|answered| answered.answer.is_success() && answered.puts_off().is_some())
            .collect();
        // Backwards over whatever was given in place of the first: an older one each time.
        for answered in granted.iter().rev().filter(|one| one.exchange.number < exchange.number) {
            if answered.puts_off() != Some(id.as_str()) {
                continue;
            }
            match answered.exchange.station {
                Station::Credential => return Some(answered.exchange),
                _ => id = asked_again_by(answered.exchange)?,
            }
        }
        None
    }

    /// The answer that brought the credentials which an answer put off.
    pub fn delivery(&self, answered: &Answered<'_>) -> Option<Answered<'_>> {
        let mut names = vec![answered.puts_off()?.to_owned()];
        for later in self.granted(Station::Deferred) {
            if !asked_again_by(later.exchange).is_some_and(|name| names.contains(&name)) {
                continue;
            }
            if later.issues() {
                return Some(later);
            }
            // It may be asked for by another name from now on.
            names.extend(later.puts_off().map(str::to_owned));
        }
        None
    }

    /// Why credentials that were put off (OpenID4VCI 8.3) never came, where some did not.
    pub fn outstanding(&self) -> Option<String> {
        let mut put_off = self.granted(Station::Credential).filter(|one| one.puts_off().is_some());
        put_off.find(|answered| self.delivery(answered).is_none())?;
        let wait = "--max-wait SECONDS lets the wallet wait longer";
        let why = match self.answers(Station::Deferred).last() {
            None => format!("the wallet did not ask again; {wait}"),
            Some(last) if last.puts_off().is_some() => format!("it is put off again; {wait}"),
            Some(last) => format!("the last answer was {}", last.summary()),
        };
        Some(format!("the credential was put off and did not come: {why}"))
    }

    /// What was issued to requests that were as they should be, opened when first asked for.
    pub fn issued(&self) -> &[Issued] {
        self.issued.get_or_init(|| Issued::all(self))
    }

    /// The status lists that were asked for, in the order of their answers, read when first asked
    /// for.
    pub fn status_lists(&self) -> &[PublishedList] {
        self.status_lists.get_or_init(|| PublishedList::all(self))
    }

    /// What an untampered answer issued.
    pub fn issued_by(&self, answered: &Answered<'_>) -> Option<&Issued> {
        self.issued().iter().find(|issued| issued.exchange == answered.exchange.number)
    }

    /// The Credential Issuer Metadata that the wallet went by: the last one that was granted as
    /// a JSON object.
    pub fn issuer_metadata(&self) -> Option<IssuerMetadata<'_>> {
        self.last_object(Station::IssuerMetadata).map(IssuerMetadata::new)
    }

    /// The Authorization Server Metadata that the wallet went by: of several servers the one that
    /// was asked for a token, else the first that the wallet would ask.
    pub fn as_metadata(&self) -> Option<AsMetadata<'_>> {
        let objects = self.granted(Station::AsMetadata).filter_map(|answered| answered.json);
        let known: Vec<&Value> = objects.filter(|json| json.is_object()).collect();
        let asked = self.transcript.at(Station::Token).last().and_then(|exchange| {
            let url = Url::parse(&exchange.request.url).ok()?;
            let is_its = |json: &&&Value| {
                let endpoint = AsMetadata::new(json).token_endpoint();
                endpoint.is_some_and(|text| Url::parse(text).as_ref() == Ok(&url))
            };
            known.iter().rev().find(is_its).copied()
        });
        asked.or_else(|| AsMetadata::preferred(&known)).map(AsMetadata::new)
    }

    /// Which document was not found that a check is about, by the room of the check.
    pub(in crate::checks) fn undiscovered(&self, check: &Check) -> Option<&'static str> {
        let (room, _) = check.id.split_once('/')?;
        match room {
            "as-metadata" if self.as_metadata().is_none() => {
                Some("no Authorization Server Metadata was found")
            }
            "issuer-metadata" if self.issuer_metadata().is_none() => {
                Some("no Credential Issuer Metadata was found")
            }
            _ => None,
        }
    }

    /// Whether plain http to this host was allowed by the user, or is on loopback.
    pub fn allows_http(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        is_loopback(url)
            || self.provenance.relaxations.iter().any(|relaxation| {
                matches!(relaxation, Relaxation::AllowHttp(allowed) if allowed == host)
            })
    }

    fn last_object(&self, station: Station) -> Option<&Value> {
        self.granted(station)
            .filter_map(|answered| answered.json)
            .filter(|json| json.is_object())
            .last()
    }
}

/// An exchange with its answer, and the answer's JSON where it is JSON.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// The exchange.
    pub exchange: &'a Exchange,
    /// Its answer.
    pub answer: &'a Answer,
    /// What the answer says as JSON, decrypted where it is encrypted.
    pub json: Option<&'a Value>,
}

/// What a deferred credential request asks by: its `transaction_id`, or its access token where it has
/// none, as in draft 11.
fn asked_again_by(exchange: &Exchange) -> Option<String> {
    let sent = exchange.request.said().json();
    let id = sent.as_ref().and_then(|json| DeferredRequest::new(json).transaction_id());
    id.map(str::to_owned).or_else(|| {
        let (_, token) = exchange.request.headers.get("authorization")?.split_once(' ')?;
        Some(token.to_owned())
    })
}

impl<'a> Answered<'a> {
    /// A member of the answer's JSON object.
    pub fn member(&self, name: &str) -> Option<&'a Value> {
        self.json?.get(name)
    }

    /// The same, where it is not null: a member that is null is read as absent.
    pub fn present(&self, name: &str) -> Option<&'a Value> {
        self.member(name).filter(|value| !value.is_null())
    }

    /// The `transaction_id` that stands in place of credentials, or the `acceptance_token` of draft 11.
    pub fn puts_off(&self) -> Option<&'a str> {
        Deferral::read(self.json?)?.handle()
    }

    /// Whether it has credentials.
    pub fn issues(&self) -> bool {
        self.answer.is_success()
            && self.json.is_some_and(|json| CredentialResponse::new(json).is_issued())
    }

    /// The `error` member, when it is a string.
    pub fn error_code(&self) -> Option<String> {
        Some(self.member("error")?.as_str()?.to_owned())
    }

    /// The first `error` attribute of the challenges.
    pub fn challenge_error(&self) -> Option<String> {
        self.answer.challenge_errors().into_iter().next()
    }

    /// Whether it asks for a DPoP proof with a nonce, wherever it says so.
    pub fn asks_for_a_dpop_nonce(&self) -> bool {
        let asks = |code: &String| code == "use_dpop_nonce";
        self.error_code().iter().chain(&self.answer.challenge_errors()).any(asks)
    }

    /// Whether the issuer gave something away: a token, a credential, a transaction, or any
    /// success that is not an error in disguise. Tokens and nonces are had from a JSON object: a
    /// page that is shown in place of one gives nothing, whatever its status.
    pub fn grants_something(&self) -> bool {
        let gives = ["access_token", "credentials", "credential", "transaction_id"]
            .iter()
            .any(|name| self.present(name).is_some());
        gives
            || (self.answer.is_success()
                && self.member("error").is_none()
                && !self.is_a_mere_page())
    }

    /// Whether it is a page for people at an endpoint that answers wallets with something in JSON.
    fn is_a_mere_page(&self) -> bool {
        matches!(self.exchange.station, Station::Token | Station::Nonce)
            && self.json.is_none()
            && self.answer.media_type().as_deref() == Some("text/html")
    }

    /// The answer in a few words: status, error code, media type where it matters.
    pub fn summary(&self) -> String {
        let status = self.answer.status;
        match (self.error_code(), self.challenge_error()) {
            (Some(code), _) => format!("{status} {code}"),
            (None, Some(code)) => format!("{status} {code} in WWW-Authenticate"),
            (None, None) if self.grants_something() => {
                format!("{status} with {}", self.granted_members())
            }
            (None, None) if self.answer.headers.get("www-authenticate").is_some() => {
                format!("{status} with WWW-Authenticate but no error code")
            }
            (None, None) if self.answer.is_success() && self.is_a_mere_page() => {
                format!("{status} with a page of text/html")
            }
            (None, None) => format!("{status} without an error code"),
        }
    }

    fn granted_members(&self) -> String {
        let names: Vec<&str> = self
            .json
            .and_then(Value::as_object)
            .map(|object| object.keys().take(6).map(String::as_str).collect())
            .unwrap_or_default();
        if names.is_empty() { "no JSON object".to_owned() } else { names.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Scene;
    use crate::checks::staging::Stage;
    use crate::transcript::Station;

    /// Asked for, put off by this name, and asked again with each of these tokens for that answer.
    fn put_off(first: &str, polls: &[(&str, Value)]) -> Stage {
        let ask = |stage: Stage, station, token: &str, body: &Value| {
            let authorization = format!("Bearer {token}");
            stage.answer_json(station, 200, body.clone()).sent(
                "POST",
                "https://issuer.example/asked",
                &[("authorization", &authorization)],
                "",
            )
        };
        let begun =
            ask(Stage::new(), Station::Credential, "t", &json!({ "acceptance_token": first }));
        polls.iter().fold(begun, |stage, (token, body)| ask(stage, Station::Deferred, token, body))
    }

    fn is_outstanding(stage: &Stage) -> bool {
        let scene = Scene::new(&stage.run.provenance, &stage.run.transcripts[0], &stage.policy);
        scene.outstanding().is_some()
    }

    #[test]
    fn what_was_put_off_is_followed_by_whichever_name_it_has() {
        let given = || json!({ "credential": "c" });
        let again = |name: &str| json!({ "acceptance_token": name });
        assert!(is_outstanding(&put_off("a1", &[("a1", again("a1"))])));
        assert!(!is_outstanding(&put_off("a1", &[("a1", again("a1")), ("a1", given())])));
        let renewed = put_off("a1", &[("a1", again("a2")), ("a2", given())]);
        assert!(!is_outstanding(&renewed));
        let scene =
            Scene::new(&renewed.run.provenance, &renewed.run.transcripts[0], &renewed.policy);
        let exchanges = &scene.transcript.exchanges;
        let origin = exchanges.last().and_then(|last| scene.first_request(last));
        assert_eq!(origin.map(|one| one.number), exchanges.first().map(|one| one.number));
        assert!(is_outstanding(&put_off("a1", &[("a1", again("a2")), ("a3", given())])));
    }
}

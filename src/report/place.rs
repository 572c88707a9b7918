//! Where something was seen, in the words that an issuer's log has for it too.

use schemars::JsonSchema;
use serde::Serialize;

use crate::transcript::{Exchange, Station, Transcript};

/// Header fields that obligations speak of.
const FIELDS: &[&str] =
    &["cache-control", "content-type", "www-authenticate", "dpop-nonce", "retry-after"];

/// A scenario, and the exchanges in it that show something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// The scenario; none for the run as a whole.
    pub scenario: Option<String>,
    /// The exchanges.
    pub exchanges: Vec<Sighting>,
}

/// An exchange that shows something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sighting {
    /// Its number in the scenario.
    pub number: u32,
    /// Where it took place.
    pub station: Station,
    /// The HTTP method.
    pub method: String,
    /// The URL, redacted.
    pub url: String,
    /// Its path, redacted.
    pub path: String,
    /// The status of the answer, none when there was no answer.
    pub status: Option<u16>,
    /// What the wallet did wrong on purpose.
    pub tamper: Option<String>,
    /// The header field in question, where it can be told.
    pub field: Option<&'static str>,
    /// The parent id that the request carried in `traceparent`.
    pub span_id: Option<String>,
}

impl Place {
    /// The place of these exchanges. The words of a verdict tell which field is in question.
    pub(crate) fn of(
        run: &[Transcript],
        scenario: Option<&str>,
        numbers: &[u32],
        words: &[&str],
    ) -> Self {
        let transcript = scenario
            .and_then(|scenario| run.iter().find(|transcript| transcript.scenario == scenario));
        let exchanges =
            transcript.into_iter().flat_map(|transcript| sightings(transcript, numbers, words));
        Self { scenario: scenario.map(str::to_owned), exchanges: exchanges.collect() }
    }
}

impl Sighting {
    /// The exchange as one names it in a sentence.
    pub fn in_words(&self) -> String {
        let mut text = format!("exchange {}, {} {}", self.number, self.method, self.path);
        match self.status {
            Some(status) => text.push_str(&format!(" → {status}")),
            None => text.push_str(" → no answer"),
        }
        if let Some(tamper) = &self.tamper {
            text.push_str(&format!(", sent with {tamper}"));
        }
        if let Some(field) = self.field {
            text.push_str(&format!(", header {field}"));
        }
        text
    }
}

fn sightings(
    transcript: &Transcript,
    numbers: &[u32],
    words: &[&str],
) -> impl Iterator<Item = Sighting> {
    let field = field_in(words);
    numbers.iter().filter_map(move |number| {
        let exchange = transcript.exchanges.iter().find(|exchange| exchange.number == *number)?;
        Some(sighting(exchange, field))
    })
}

fn sighting(exchange: &Exchange, field: Option<&'static str>) -> Sighting {
    let request = &exchange.request;
    Sighting {
        number: exchange.number,
        station: exchange.station,
        method: request.method.clone(),
        url: request.url.clone(),
        path: path_of(&request.url),
        status: exchange.answer().map(|answer| answer.status),
        tamper: exchange.tamper.as_ref().map(|tamper| tamper.name.clone()),
        field,
        span_id: request
            .headers
            .get("traceparent")
            .and_then(|value| value.split('-').nth(2))
            .map(str::to_owned),
    }
}

/// Everything after the authority, as it was written.
fn path_of(url: &str) -> String {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    match after_scheme.find('/') {
        Some(slash) => after_scheme.get(slash..).unwrap_or(url).to_owned(),
        None => url.to_owned(),
    }
}

fn field_in(words: &[&str]) -> Option<&'static str> {
    words.iter().find_map(|text| {
        let text = text.to_ascii_lowercase();
        FIELDS.iter().copied().find(|field| text.contains(field))
    })
}

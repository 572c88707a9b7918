//! One exchange: what was sent, what came back, and what was odd about it.

use serde::Serialize;

use super::marks::Marks;
use super::message::Message;
use super::showing::Showing;
use super::token::Tokens;
use crate::transcript::{Exchange, FailureKind, Received};

/// An exchange on the page.
#[derive(Debug, Serialize)]
pub(super) struct ExchangeView {
    /// Where it is shown in full.
    pub(super) anchor: String,
    number: u32,
    method: String,
    path: String,
    status: Option<u16>,
    /// Why there is no answer.
    failure: Option<String>,
    milliseconds: i64,
    /// The worst that a verdict says of it.
    tone: &'static str,
    /// What the wallet did wrong on purpose, by name and in words.
    tamper: Option<(String, String)>,
    notes: Vec<String>,
    request: Message,
    answer: Option<Message>,
}

impl ExchangeView {
    pub(super) fn new<'a>(
        exchange: &'a Exchange,
        anchor: String,
        tone: &'static str,
        marks: &Marks<'_>,
        tokens: &Tokens<'a>,
        mut showing: Showing<'_, 'a>,
    ) -> Self {
        let request = &exchange.request;
        let (ended, failure) = match &exchange.received {
            Received::Answer(answer) => (answer.at, None),
            Received::Failure(failure) => {
                (failure.at, Some(format!("{}: {}", kind(failure.kind), failure.says)))
            }
        };
        let tamper = exchange.tamper.as_ref();
        Self {
            anchor,
            number: exchange.number,
            method: request.method.clone(),
            path: path_of(&request.url).to_owned(),
            status: exchange.answer().map(|answer| answer.status),
            failure,
            milliseconds: ended.as_millisecond() - request.at.as_millisecond(),
            tone,
            tamper: tamper.map(|tamper| (tamper.name.clone(), tamper.says.clone())),
            notes: notes(exchange),
            request: Message::request(request, marks, tokens, &mut showing),
            answer: exchange
                .answer()
                .map(|answer| Message::answer(answer, marks, tokens, &mut showing)),
        }
    }
}

/// Everything after the authority.
pub(super) fn path_of(url: &str) -> &str {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    match after_scheme.find('/') {
        Some(slash) => after_scheme.get(slash..).unwrap_or(url),
        None => url,
    }
}

fn notes(exchange: &Exchange) -> Vec<String> {
    let mut notes = Vec::new();
    if exchange.wallet != "holder" {
        notes.push(format!("by the wallet {}", exchange.wallet));
    }
    if let Some(racer) = exchange.racer {
        notes.push(format!("released together with others, as number {racer}"));
    }
    if exchange.request.plaintext.is_some() {
        notes.push("the request was sent encrypted; shown is what was inside".to_owned());
    }
    if exchange.answer().is_some_and(|answer| answer.plaintext.is_some()) {
        notes.push("the answer came encrypted; shown is what was inside".to_owned());
    }
    if exchange.superseded {
        notes.push("sent again afterwards, as the answer asked for; that answer counts".to_owned());
    }
    notes
}

/// How an exchange can end below HTTP, in a few words.
pub(super) fn kind(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Connect => "no connection",
        FailureKind::Closed => "connection closed",
        FailureKind::TimedOut => "timed out",
        FailureKind::TooLarge => "too large",
        FailureKind::Malformed => "no HTTP",
        FailureKind::NotFollowed => "not sent",
    }
}

//! What a mint answered: a link, a URL, an offer as JSON, or JSON that carries one of these with
//! the Transaction Code beside it. Only what cannot be an offer at all is refused; an offer with
//! faults is the judge's affair.

use serde_json::Value;

use crate::protocol;
use crate::protocol::GivenOffer;

/// An offer, and the Transaction Code that came with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Minted {
    /// The link, URL or JSON exactly as it came.
    pub(super) given: String,
    /// The Transaction Code.
    pub(super) tx_code: Option<String>,
    /// What the offer API calls it.
    pub(super) id: Option<String>,
}

/// Why a text is no offer. The text itself is not repeated: it may hold a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnOffer {
    /// Nothing there.
    #[error("expected an offer, found nothing")]
    Empty,
    /// Neither a link nor JSON.
    #[error("expected an offer link or a JSON object, found {lines} line(s) of other text")]
    OtherText {
        /// How many lines there are.
        lines: usize,
    },
    /// It begins like JSON and is not.
    #[error("expected a JSON object, found broken JSON (line {line}, column {column})")]
    BrokenJson {
        /// The line in question, from 1.
        line: usize,
        /// The column in question, from 1.
        column: usize,
    },
    /// JSON without an offer in it.
    #[error(
        "expected credential_offer_uri, credential_offer or offer in the JSON, found {}",
        names(.members)
    )]
    NoMember {
        /// The members that were there.
        members: Vec<String>,
    },
}

/// Where JSON carries the offer, the most telling name first.
const OFFER_MEMBERS: [&str; 5] =
    ["credential_offer_uri", "credential_offer", "offer_uri", "offer", "uri"];
/// Where JSON carries the Transaction Code.
const TX_CODE_MEMBERS: [&str; 2] = ["tx_code_value", "tx_code"];

/// Reads one answer.
pub(super) fn read(text: &str) -> Result<Minted, NotAnOffer> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NotAnOffer::Empty);
    }
    if text.starts_with('{') {
        let json: Value = serde_json::from_str(text).map_err(|error| NotAnOffer::BrokenJson {
            line: error.line(),
            column: error.column(),
        })?;
        return unwrap(text, &json);
    }
    link(text).map(|given| Minted { given, tx_code: None, id: None })
}

/// What an offer API calls the offer, in what it answers.
pub(super) fn id(json: &Value) -> Option<String> {
    json.get("offer_id").and_then(code)
}

/// A Transaction Code: text, or the number that some make of it.
pub(super) fn code(value: &Value) -> Option<String> {
    match value {
        Value::String(code) => Some(code.clone()),
        Value::Number(code) => Some(code.to_string()),
        _ => None,
    }
}

/// The offer that a JSON value is or names.
pub(super) fn offer(value: &Value) -> Result<String, NotAnOffer> {
    match value {
        Value::String(text) if text.trim_start().starts_with('{') => Ok(text.clone()),
        Value::String(text) => link(text),
        Value::Object(_) => Ok(value.to_string()),
        _ => Err(NotAnOffer::OtherText { lines: 1 }),
    }
}

fn unwrap(text: &str, json: &Value) -> Result<Minted, NotAnOffer> {
    if json.get("credential_issuer").is_some() {
        return Ok(Minted { given: text.to_owned(), tx_code: None, id: None });
    }
    let Some(carried) = OFFER_MEMBERS.iter().find_map(|name| json.get(name)) else {
        let members = json.as_object().map(|object| object.keys().cloned().collect());
        return Err(NotAnOffer::NoMember { members: members.unwrap_or_default() });
    };
    Ok(Minted {
        given: offer(carried)?,
        tx_code: TX_CODE_MEMBERS.iter().filter_map(|name| json.get(name)).find_map(code),
        id: id(json),
    })
}

/// A link of any scheme; whether it carries what it must is not asked here.
fn link(text: &str) -> Result<String, NotAnOffer> {
    let text = text.trim();
    let other = || NotAnOffer::OtherText { lines: text.lines().count() };
    if text.is_empty() {
        return Err(NotAnOffer::Empty);
    }
    if text.chars().any(char::is_whitespace) {
        return Err(other());
    }
    match GivenOffer::read(text) {
        Err(protocol::OfferError::Neither(_)) => Err(other()),
        _ => Ok(text.to_owned()),
    }
}

fn names(members: &[String]) -> String {
    if members.is_empty() {
        return "no member".into();
    }
    let shown: Vec<&str> = members.iter().take(8).map(String::as_str).collect();
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    #[test]
    fn an_offer_comes_bare_or_wrapped() {
        let link = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fh%2Fo";
        for (text, given, tx_code) in [
            (format!("{link}\n"), link, None),
            (
                format!(r#"{{"credential_offer_uri":"{link}","tx_code":"0042"}}"#),
                link,
                Some("0042"),
            ),
            (
                format!(r#"{{"uri":"{link}","tx_code":{{}},"tx_code_value":493536}}"#),
                link,
                Some("493536"),
            ),
            (
                r#"{"offer":{"credential_issuer":"https://h"}}"#.into(),
                r#"{"credential_issuer":"https://h"}"#,
                None,
            ),
            (
                r#"{"credential_issuer":"https://h"}"#.into(),
                r#"{"credential_issuer":"https://h"}"#,
                None,
            ),
        ] {
            let minted = read(&text).unwrap();
            assert_eq!(minted.given, given, "{text}");
            assert_eq!(minted.tx_code.as_deref(), tx_code, "{text}");
        }
    }

    #[test]
    fn a_faulty_link_is_still_a_link() {
        assert!(read("openid-credential-offer://?nothing=here").is_ok());
        assert!(read("openid-credential-offer://?credential_offer=%7B").is_ok());
    }

    #[test]
    fn what_is_no_offer_is_refused_without_being_repeated() {
        assert_eq!(read(" \n"), Err(NotAnOffer::Empty));
        assert_eq!(read("please log in\nfirst"), Err(NotAnOffer::OtherText { lines: 2 }));
        assert!(matches!(read("{"), Err(NotAnOffer::BrokenJson { .. })));
        let error = read(r#"{"id":"secret","state":1}"#).unwrap_err().to_string();
        assert!(error.ends_with("found id, state"), "{error}");
    }
}

//! One request of the wallet and what came back.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Body, Station};
use crate::protocol::errors::challenges;

/// A request, the answer or the failure that followed, and what was odd about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exchange {
    /// Position in its scenario, from 1. Reports name exchanges by it.
    pub number: u32,
    /// Where it took place.
    pub station: Station,
    /// The name of the simulated wallet that asked.
    pub wallet: String,
    /// The offer it belongs to, as an index into the transcript's offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<usize>,
    /// The step of the script that caused it, from 1; 0 for what the wallet does by itself.
    pub step: u32,
    /// Set when several requests were released together: the number of the racer, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub racer: Option<u32>,
    /// What the wallet deliberately did wrong, or unusually, in this request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tamper: Option<Tamper>,
    /// The wallet repeated this request, for a reason the protocol gives (a new nonce) or after a
    /// failure below HTTP (`--retry-transport`): what came of the last attempt counts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub superseded: bool,
    /// What the wallet sent.
    pub request: Request,
    /// What it got.
    pub received: Received,
}

impl Exchange {
    /// The answer, unless the exchange failed below HTTP.
    pub fn answer(&self) -> Option<&Answer> {
        match &self.received {
            Received::Answer(answer) => Some(answer),
            Received::Failure(_) => None,
        }
    }

    /// Where its answer sends whoever asked.
    pub fn redirects_to(&self) -> Option<Url> {
        self.answer()?.redirects_to(&Url::parse(&self.request.url).ok()?)
    }

    /// Whether this is the tampered request of that name.
    pub fn is_tampered_by(&self, name: &str) -> bool {
        self.tamper.as_ref().is_some_and(|tamper| tamper.name == name)
    }

    /// A parameter of the form that the request sent.
    pub fn form_value(&self, name: &str) -> Option<String> {
        let form = self.request.body.text()?;
        let mut pairs = url::form_urlencoded::parse(form.as_bytes());
        pairs.find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
    }

    /// The access token that the request presents in `Authorization`, under any scheme.
    pub fn access_token(&self) -> Option<&str> {
        let (_, token) = self.request.headers.get("authorization")?.trim().split_once(' ')?;
        Some(token.trim())
    }
}

/// A deliberate deviation, named as in the table of tampers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tamper {
    /// Name of the row, for example `wrong-tx-code`.
    pub name: String,
    /// What was changed in this request, in words.
    pub says: String,
    /// Where it was changed: `form.tx_code`, `query.access_token`, `header.authorization`,
    /// `body.proofs`, `dpop.claims.htm`, `proof.header.alg`, `proof[1].signature`. None where the
    /// request is right in itself, and wrong only because it was sent before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
}

/// What the wallet sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Request {
    /// When the wallet began to send, on our clock.
    pub at: Timestamp,
    /// The HTTP method.
    pub method: String,
    /// The absolute URL.
    pub url: String,
    /// Header fields in order.
    pub headers: Headers,
    /// The content.
    #[serde(default)]
    pub body: Body,
    /// What is inside, where the content is encrypted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plaintext: Option<Body>,
}

impl Request {
    /// What is said: the content, or what is inside of it where it is encrypted.
    pub fn said(&self) -> &Body {
        self.plaintext.as_ref().unwrap_or(&self.body)
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Received {
    /// An HTTP response, whatever its status.
    Answer(Answer),
    /// Nothing that could be read as one.
    Failure(Failure),
}

/// An HTTP response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// When it was complete, on our clock.
    pub at: Timestamp,
    /// The status code.
    pub status: u16,
    /// Header fields in order, repeated fields kept apart.
    pub headers: Headers,
    /// The content after content decoding.
    #[serde(default)]
    pub body: Body,
    /// What is inside, where the content is encrypted and the wallet could open it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plaintext: Option<Body>,
}

impl Answer {
    /// What is said: the content, or what is inside of it where it is encrypted.
    pub fn said(&self) -> &Body {
        self.plaintext.as_ref().unwrap_or(&self.body)
    }

    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Where it sends whoever asked at this URL.
    pub fn redirects_to(&self, asked: &Url) -> Option<Url> {
        if !matches!(self.status, 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        asked.join(self.headers.get("location")?).ok()
    }

    /// The `type/subtype` of Content-Type in lower case, without parameters.
    pub fn media_type(&self) -> Option<String> {
        let value = self.headers.get("content-type")?;
        let essence = value.split(';').next().unwrap_or(value);
        Some(essence.trim().to_ascii_lowercase())
    }

    /// The `error` member of the content, when it is a string in a JSON object.
    pub fn error_code(&self) -> Option<String> {
        Some(self.said().json()?.get("error")?.as_str()?.to_owned())
    }

    /// The `error` attribute of each challenge that has one (RFC 6750 3, RFC 9449 7.1): a resource
    /// may challenge for several schemes, and say for each what is wrong.
    pub fn challenge_errors(&self) -> Vec<String> {
        self.headers
            .all("www-authenticate")
            .flat_map(challenges)
            .filter_map(|challenge| challenge.attribute("error").map(str::to_owned))
            .collect()
    }

    /// Whether `Cache-Control` carries the directive, in any of its fields.
    pub fn has_cache_directive(&self, directive: &str) -> bool {
        self.headers
            .all("cache-control")
            .flat_map(|value| value.split(','))
            .any(|item| item.trim().eq_ignore_ascii_case(directive))
    }
}

/// An exchange that ended below HTTP.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// When the wallet gave up, on our clock.
    pub at: Timestamp,
    /// What sort of failure.
    pub kind: FailureKind,
    /// The cause in words.
    pub says: String,
}

/// How an exchange can end below HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// No connection: name, route, refusal or TLS.
    Connect,
    /// The connection ended before the answer was complete.
    Closed,
    /// The time allowed ran out.
    TimedOut,
    /// The answer was larger than the bound.
    TooLarge,
    /// The answer could not be decoded as HTTP or in its content coding.
    Malformed,
    /// The wallet would not send it: a URL that is not followed.
    NotFollowed,
}

/// Header fields in order; names compare without regard to case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Headers(pub Vec<(String, String)>);

impl Headers {
    /// The first value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every value of a field, in order.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let name = name.to_owned();
        self.0
            .iter()
            .filter(move |(field, _)| field.eq_ignore_ascii_case(&name))
            .map(|(_, value)| value.as_str())
    }

    /// Adds a field after the others.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cache_directives_are_found_across_fields_and_case() {
        let answer = Answer {
            at: Timestamp::UNIX_EPOCH,
            status: 200,
            headers: Headers(vec![
                ("Cache-Control".into(), "private".into()),
                ("cache-control".into(), "max-age=0, No-Store".into()),
            ]),
            body: Body::Empty,
            plaintext: None,
        };
        assert!(answer.has_cache_directive("no-store"));
        assert!(!answer.has_cache_directive("no-cache"));
    }

    #[test]
    fn media_type_ignores_parameters_and_case() {
        let headers =
            Headers(vec![("content-type".into(), "Application/JSON; charset=utf-8".into())]);
        let answer = Answer {
            at: Timestamp::UNIX_EPOCH,
            status: 200,
            headers,
            body: Body::Empty,
            plaintext: None,
        };
        assert_eq!(answer.media_type().as_deref(), Some("application/json"));
    }
}

//! The shape of one exchange: what an issuer says, with everything taken out that is different
//! every time. Configuration stays to the letter, whatever is secret or personal is a
//! placeholder of its type, so that a shape can be committed and reviewed.

mod answer;
mod certificate;
mod claims;
mod credential;
mod difference;
mod document;
mod jwt;
mod mdoc;
mod normaliser;
mod origins;
mod placeholder;
mod toml_text;

use serde_json::{Map, Value, json};
use url::Url;

use crate::checks::{Requested, Scene};
use crate::transcript::{Answer, Exchange, Station};

pub(super) use normaliser::Normaliser;
pub(super) use toml_text::{key, quoted};

/// Header fields whose presence is configuration. Everything else is left out: it belongs to the
/// transport, or comes and goes with a proxy.
const FIELDS: &[&str] = &[
    "access-control-allow-origin",
    "content-language",
    "deprecation",
    "link",
    "pragma",
    "strict-transport-security",
    "sunset",
    "www-authenticate",
];
/// What stands at the head of a shape, in this order.
const HEAD: &[&str] = &["request", "status", "content-type", "cache-control", "fields"];

/// The shape of an exchange.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape(Map<String, Value>);

impl Shape {
    /// The shape of an exchange that was answered; none of one that was not.
    pub(super) fn of(
        exchange: &Exchange,
        scene: &Scene<'_>,
        normaliser: &Normaliser,
    ) -> Option<Self> {
        let answer = exchange.answer()?;
        let mut shape = Map::new();
        shape.insert("request".into(), request(exchange, normaliser).into());
        shape.insert("status".into(), answer.status.into());
        for name in ["content-type", "cache-control"] {
            let values: Vec<String> =
                answer.headers.all(name).map(|value| field(name, value, normaliser)).collect();
            if !values.is_empty() {
                shape.insert(name.into(), values.join(", ").into());
            }
        }
        let fields: Vec<&&str> =
            FIELDS.iter().filter(|name| answer.headers.get(name).is_some()).collect();
        if !fields.is_empty() {
            shape.insert("fields".into(), json!(fields));
        }
        content(exchange, answer, scene, normaliser, &mut shape);
        Some(Self(shape))
    }
}

impl Shape {
    /// A value at the head of the shape, as text.
    pub(super) fn head(&self, name: &str) -> String {
        match self.0.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }
}

/// The value of a field. A cache says how long from now, and that runs down.
fn field(name: &str, value: &str, normaliser: &Normaliser) -> String {
    let one = |directive: &str| match directive.trim().split_once('=') {
        Some((name, seconds)) if seconds.trim_matches(['"', '0']).parse::<u64>().is_ok() => {
            format!("{name}=<seconds>")
        }
        _ => directive.trim().to_owned(),
    };
    match name {
        "cache-control" => {
            let directives: Vec<String> = value.split(',').map(one).collect();
            normaliser.phrase(&directives.join(", "))
        }
        _ => normaliser.phrase(value.trim()),
    }
}

/// Method and path. What a by-reference offer is fetched from is as good as its code.
fn request(exchange: &Exchange, normaliser: &Normaliser) -> String {
    let request = &exchange.request;
    let method = &request.method;
    let Ok(mut url) = Url::parse(&request.url) else { return format!("{method} <uri>") };
    let query: Vec<String> = url.query_pairs().map(|(name, _)| format!("{name}=<…>")).collect();
    url.set_query(None);
    url.set_fragment(None);
    if exchange.station == Station::Offer {
        url.set_path("");
        let origin = normaliser.located(url.as_str().trim_end_matches('/'));
        return format!("{method} {origin}/<offer>");
    }
    let place = normaliser.located(url.as_str());
    match query.as_slice() {
        [] => format!("{method} {place}"),
        names => format!("{method} {place}?{}", names.join("&")),
    }
}

/// The body by its station: documents that anybody may read keep their values, answers to one
/// wallet only their types.
fn content(
    exchange: &Exchange,
    answer: &Answer,
    scene: &Scene<'_>,
    normaliser: &Normaliser,
    shape: &mut Map<String, Value>,
) {
    let text = answer.said().text().map(str::trim);
    let json = answer.said().json();
    let is_public = exchange.station.is_public_document();
    let body = match (json, text) {
        (Some(json), _) if is_public => document::shape(&json, normaliser),
        (Some(json), _) => {
            let requested = Requested::read(exchange, scene).unwrap_or_default();
            let issued = matches!(exchange.station, Station::Credential | Station::Deferred)
                && answer.is_success();
            let credentials = if issued {
                credential::all(&json, &requested, scene, normaliser)
            } else {
                Vec::new()
            };
            for (index, credential) in credentials.into_iter().enumerate() {
                let name = match index {
                    0 => "credential".to_owned(),
                    index => format!("credential {}", index + 1),
                };
                shape.insert(name, credential);
            }
            answer::shape(&json, requested.proofs.len(), normaliser)
        }
        (None, Some("")) => return,
        (None, Some(text)) if is_public => {
            let signed = document::signed(text, normaliser, document::DEPTH);
            signed.unwrap_or_else(|| placeholder::of_text(text).into())
        }
        (None, Some(text)) => placeholder::of_text(text).into(),
        (None, None) => "<binary>".into(),
    };
    shape.insert("body".into(), body);
}

#[cfg(test)]
mod tests {
    use super::{Normaliser, field};
    use crate::report::staging;

    #[test]
    fn what_runs_down_in_a_cache_is_no_configuration() {
        let normaliser = Normaliser::of(&staging::run());
        let told = |value: &str| field("cache-control", value, &normaliser);
        assert_eq!(told("public,max-age=19045"), "public, max-age=<seconds>");
        assert_eq!(told("public, max-age=300"), told("public, max-age=299"));
        assert_eq!(told("no-store, max-age=0"), "no-store, max-age=0");
        assert_eq!(told("max-age=soon"), "max-age=soon");
        let media_type = "application/json; charset=utf-8";
        assert_eq!(field("content-type", media_type, &normaliser), media_type);
    }
}

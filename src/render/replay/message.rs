//! An exchange in lines: what was asked, what was answered.

use crate::transcript::{Body, Exchange, Headers, Received};

/// Fields that are new in every exchange and say nothing.
const NOISE: &[&str] = &["traceparent", "user-agent", "date", "content-length"];
/// The most lines of a body.
const MOST: usize = 80;

/// Request and answer.
pub(super) fn lines(exchange: &Exchange) -> Vec<String> {
    let request = &exchange.request;
    let mut lines = vec![format!("{} {}", request.method, request.url)];
    if let Some(tamper) = &exchange.tamper {
        lines.push(format!("(sent with {}: {})", tamper.name, tamper.says));
    }
    message(&request.headers, request.said(), &mut lines);
    lines.push(String::new());
    match &exchange.received {
        Received::Answer(answer) => {
            lines.push(format!("→ {}", answer.status));
            message(&answer.headers, answer.said(), &mut lines);
        }
        Received::Failure(failure) => lines.push(format!("→ no answer: {}", failure.says)),
    }
    lines
}

fn message(headers: &Headers, body: &Body, lines: &mut Vec<String>) {
    let told = headers
        .0
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .filter(|(name, _)| !NOISE.contains(&name.as_str()));
    lines.extend(told.map(|(name, value)| format!("{name}: {value}")));
    let is_form = headers.get("content-type").is_some_and(|value| value.contains("urlencoded"));
    let body: Vec<String> = match (body.json(), body) {
        (_, Body::Empty) => return,
        (_, Body::Binary(octets)) => vec![format!("<binary, {} characters>", octets.len())],
        (Some(json), _) => {
            let text = serde_json::to_string_pretty(&json).unwrap_or_default();
            text.lines().map(str::to_owned).collect()
        }
        (None, Body::Text(text)) if is_form => text.split('&').map(str::to_owned).collect(),
        (None, Body::Text(text)) => text.lines().map(str::to_owned).collect(),
    };
    let more = body.len().saturating_sub(MOST);
    lines.extend(body.into_iter().take(MOST));
    if more > 0 {
        lines.push(format!("… {more} more lines"));
    }
}

//! What a script expects of an answer: status, error code, header fields, members of the body.

use serde_json::Value;

use super::is_met::Unmet;
use super::value::{in_words, is, select, short};
use crate::checks::Answered;
use crate::transcript::{Expectation, Station};

/// Everything that is not as expected.
pub(super) fn unmet(expect: &Expectation, answered: &Answered<'_>) -> Vec<Unmet> {
    let mut unmet = Vec::new();
    unmet.extend(status(expect, answered));
    unmet.extend(error(expect, answered));
    unmet.extend(media_type(expect, answered));
    unmet.extend(expect.headers.iter().filter_map(|(name, value)| header(name, value, answered)));
    unmet.extend(expect.body.iter().filter_map(|(path, value)| member(path, value, answered)));
    unmet.extend(expect.absent.iter().filter_map(|path| absent(path, answered)));
    unmet
}

fn status(expect: &Expectation, answered: &Answered<'_>) -> Option<Unmet> {
    let found = answered.answer.status;
    if expect.status.is_empty() || expect.status.iter().any(|status| status.covers(found)) {
        return None;
    }
    let wanted: Vec<String> = expect.status.iter().map(ToString::to_string).collect();
    Some(Unmet::new(
        format!("status {}", wanted.join(" or ")),
        format!("status {}", answered.summary()),
    ))
}

fn error(expect: &Expectation, answered: &Answered<'_>) -> Option<Unmet> {
    let mut found: Vec<String> = answered.error_code().into_iter().collect();
    found.extend(answered.answer.challenge_errors());
    if expect.error.is_empty() || found.iter().any(|code| expect.error.contains(code)) {
        return None;
    }
    let actual = match found.is_empty() {
        true => "no error code".to_owned(),
        false => format!("error {}", found.join(", ")),
    };
    Some(Unmet::new(format!("error {}", expect.error.join(" or ")), actual))
}

fn media_type(expect: &Expectation, answered: &Answered<'_>) -> Option<Unmet> {
    let wanted = expect.media_type.as_ref()?;
    let found = answered.answer.media_type();
    if found.as_deref() == Some(wanted.to_ascii_lowercase().as_str()) {
        return None;
    }
    let actual = match found {
        Some(found) => format!("media type {found}"),
        None => "no Content-Type".to_owned(),
    };
    Some(Unmet::new(format!("media type {wanted}"), actual))
}

fn header(name: &str, expected: &Value, answered: &Answered<'_>) -> Option<Unmet> {
    let found: Vec<&str> = answered.answer.headers.all(name).collect();
    let actual = match found.is_empty() {
        true => format!("no header {name}"),
        false => format!("header {name}: {}", found.join(", ")),
    };
    if *expected == Value::Bool(false) {
        return (!found.is_empty()).then(|| Unmet::new(format!("no header {name}"), actual));
    }
    let wanted = expected.as_str().map_or_else(|| expected.to_string(), str::to_owned);
    let members = || found.iter().flat_map(|value| value.split(',')).chain(found.iter().copied());
    let holds = match wanted.as_str() {
        "*" => !found.is_empty(),
        "\\*" => members().any(|member| member.trim() == "*"),
        wanted => members().any(|member| member.trim().eq_ignore_ascii_case(wanted)),
    };
    (!holds).then(|| {
        let wanted = if wanted == "*" { "any value" } else { &wanted };
        Unmet::new(format!("header {name}: {wanted}"), actual)
    })
}

fn member(path: &str, expected: &Value, answered: &Answered<'_>) -> Option<Unmet> {
    let found = answered.json.map(|json| select(path, json)).unwrap_or_default();
    if found.iter().any(|value| is(expected, value)) {
        return None;
    }
    Some(told(path, format!("{path} is {}", in_words(expected)), &found, answered))
}

fn absent(path: &str, answered: &Answered<'_>) -> Option<Unmet> {
    let Some(json) = answered.json else {
        // What cannot be read shows nothing, unless there is nothing to read.
        let is_empty = answered.answer.said().text().is_some_and(|text| text.trim().is_empty());
        let unread = || Unmet::new(format!("no {path}"), "a body that is no JSON");
        return (!is_empty).then(unread);
    };
    let found = select(path, json);
    (!found.is_empty()).then(|| told(path, format!("no {path}"), &found, answered))
}

fn told(path: &str, expected: String, found: &[&Value], answered: &Answered<'_>) -> Unmet {
    let shown: Vec<Value> = found.iter().take(10).map(|value| short(value)).collect();
    let actual = match (shown.is_empty(), answered.json) {
        (true, None) => format!("no {path}: the body is no JSON"),
        (true, Some(_)) => format!("no {path}"),
        (false, _) => {
            let texts: Vec<String> = shown.iter().map(ToString::to_string).collect();
            format!("{path} is {}", texts.join(", "))
        }
    };
    let mut unmet = Unmet::new(expected, actual);
    // A credential can be plain JSON, and then its claims stand in the body.
    if matches!(answered.exchange.station, Station::Credential | Station::Deferred) {
        unmet.claims = shown;
    }
    unmet
}

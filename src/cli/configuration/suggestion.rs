//! serde's words for a fault, turned into ours, with the nearest known key.

use toml::de::Error;

use super::error::Finding;
use super::interpolation::Substitution;

/// What a deserialisation error says to a person.
pub(super) fn problem(error: &Error, substituted: &[Substitution]) -> Box<Finding> {
    let message = as_written(error.message(), substituted);
    let mut names = message.split('`').skip(1).step_by(2);
    let found = names.next().unwrap_or_default();
    let known: Vec<&str> = names.collect();
    let (message, label, help) = if message.starts_with("unknown field") {
        (format!("unknown key {found}"), "not known here".to_owned(), Some(nearest(found, &known)))
    } else if message.starts_with("unknown variant") {
        (
            format!("unknown value {found}"),
            "not known here".to_owned(),
            Some(nearest(found, &known)),
        )
    } else if message.starts_with("missing field") {
        (format!("missing key {found}"), format!("has no {found}"), None)
    } else {
        (sentence(&message), "here".to_owned(), None)
    };
    Box::new(Finding { message, span: error.span(), label, help, also: None })
}

/// One line that begins with a small letter.
pub(super) fn sentence(message: &str) -> String {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut characters = line.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => line,
    }
}

/// The message without the values of variables.
fn as_written(message: &str, substituted: &[Substitution]) -> String {
    let mut message = message.to_owned();
    for Substitution { written, value } in substituted {
        message = message
            .replace(&format!("{value:?}"), &format!("{written:?}"))
            .replace(&format!("`{value}`"), &format!("`{written}`"));
    }
    message
}

fn nearest(found: &str, known: &[&str]) -> String {
    let best = known.iter().map(|name| (strsim::damerau_levenshtein(found, name), name)).min();
    match best {
        Some((distance, name)) if distance <= (found.chars().count() / 3).max(2) => {
            format!("did you mean {name}?")
        }
        _ => format!("known are {}", known.join(", ")),
    }
}

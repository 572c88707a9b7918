//! serde's words for a fault, turned into ours, with the nearest known key.

use toml::de::Error;

use super::Finding;
use crate::cli::configuration::Substitution;

/// What a deserialisation error says to a person.
pub(in crate::cli) fn problem(error: &Error, substituted: &[Substitution]) -> Box<Finding> {
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
pub(in crate::cli) fn sentence(message: &str) -> String {
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
    let guess = guess(found, known.iter().copied()).map(|name| format!("did you mean {name}?"));
    guess.unwrap_or_else(|| format!("known are {}", known.join(", ")))
}

/// The name that was probably meant, if one is near enough.
pub(in crate::cli) fn guess<'name>(
    found: &str,
    known: impl IntoIterator<Item = &'name str>,
) -> Option<&'name str> {
    let known = known.into_iter();
    let (distance, name) =
        known.map(|name| (strsim::damerau_levenshtein(found, name), name)).min()?;
    (distance <= (found.chars().count() / 3).max(2)).then_some(name)
}

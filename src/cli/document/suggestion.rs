//! A fault that serde found in a document, with the values of variables taken out.

use toml::de::Error;

use super::Finding;
use crate::cli::configuration::Substitution;
use crate::scenario::Told;

/// What a deserialisation error says to a person.
pub(in crate::cli) fn problem(error: &Error, substituted: &[Substitution]) -> Box<Finding> {
    let message = as_written(error.message(), substituted);
    let Told { message, label, help } = Told::of(&message);
    Box::new(Finding { message, span: error.span(), label, help, also: None })
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

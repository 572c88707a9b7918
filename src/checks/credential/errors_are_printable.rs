//! An error description is for people's eyes, and keeps to characters that travel.

use serde_json::Value;

use super::super::shape;
use super::payload_errors;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::errors::is_printable;

pub static CHECK: Check = Check {
    id: "credential/errors-are-printable",
    aliases: &[],
    since: "2026.1",
    title: "error descriptions keep to printable ASCII",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request-errors"],
    obligation: "the error_description of a credential error is a string of printable ASCII without quotation mark and backslash",
    doc: "Descriptions break this when they pass on the message of an exception, which quotes JSON \
          (`unexpected \"proof\"`), or when they are translated. `\"`, `\\` and everything outside \
          ASCII are forbidden, line breaks too.\n\n\
          Write fixed descriptions in ASCII, with single quotation marks, and keep the exception \
          for the log.",
    judge: Judge::Transcript(errors_are_printable),
};

fn errors_are_printable(scene: &Scene<'_>) -> Finding {
    let mut seen = false;
    for answered in payload_errors(scene) {
        let Some(description) = answered.member("error_description") else {
            seen |= answered.error_code().is_some();
            continue;
        };
        seen = true;
        let printable = description.as_str().is_some_and(is_printable);
        if !printable {
            let found = match description {
                Value::String(text) => format!("error_description {}", shape::quote(text)),
                other => format!("error_description is {}", shape::kind(Some(other))),
            };
            let breach = Breach::new("printable ASCII without \" and \\", found);
            return Finding::Breaks(breach.at([answered.exchange.number]));
        }
    }
    if seen {
        Finding::Holds
    } else {
        Finding::Silent("no credential request was refused for its content")
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;
    use serde_json::{Value, json};

    fn stage(description: Value) -> Stage {
        let body = json!({"error": "invalid_proof", "error_description": description});
        Stage::new().tampered("proof-missing", Station::Credential, 400, body)
    }

    #[test]
    fn plain_words_hold_and_quotes_do_not() {
        assert_holds(&super::CHECK, &stage(json!("proofs is missing")));
        assert_breaks(&super::CHECK, &stage(json!("missing \"proofs\"")), "proofs");
        assert_breaks(&super::CHECK, &stage(json!(["missing"])), "an array");
    }
}

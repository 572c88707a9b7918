//! Error texts end up in headers and logs, so the alphabet they may use is small.

use serde_json::Value;

use super::refusals;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::errors::is_printable;

pub static CHECK: Check = Check {
    id: "token/errors-are-printable",
    aliases: &[],
    since: "2026.1",
    title: "token errors keep to printable ASCII",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-5.2"],
    obligation: "error and error_description keep to printable ASCII without quote and backslash",
    doc: "The description is for developers and is often an exception's message, which quotes what \
          it was given, or a text translated for users. Both bring characters that RFC 6749 rules \
          out: everything outside ASCII, line breaks, `\"` and `\\`. Write descriptions of your \
          own, with single quotes if any, and keep the exception for the log.",
    judge: Judge::Transcript(errors_are_printable),
};

fn errors_are_printable(scene: &Scene<'_>) -> Finding {
    let mut seen = false;
    for answered in refusals(scene) {
        for name in ["error", "error_description"] {
            let Some(text) = answered.member(name).and_then(Value::as_str) else {
                continue;
            };
            seen = true;
            if let Some(character) =
                text.chars().find(|one| !is_printable(one.encode_utf8(&mut [0; 4])))
            {
                return Finding::Breaks(
                    Breach::new(
                        "characters %x20-21, %x23-5B, %x5D-7E",
                        format!("{character:?} in {name}"),
                    )
                    .at([answered.exchange.number]),
                );
            }
        }
    }
    if seen { Finding::Holds } else { Finding::Silent("no token error with a text was seen") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn quotes_and_umlauts_break() {
        let stage = |text: &str| {
            let body = json!({"error": "invalid_grant", "error_description": text});
            Stage::new().tampered("unknown-code", Station::Token, 400, body)
        };
        assert_holds(&super::CHECK, &stage("the code 'x' is unknown"));
        assert_breaks(&super::CHECK, &stage("no \"x\""), "'\"' in error_description");
        assert_breaks(&super::CHECK, &stage("ungültig"), "'ü'");
        assert_breaks(&super::CHECK, &stage("a\nb"), "'\\n'");
    }

    #[test]
    fn an_error_without_text_shows_nothing() {
        let stage = Stage::new().answer(Station::Token, 400, &[], "");
        assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
    }
}

//! What a server says of itself in an error is a map for whoever wants to break in.

use super::profile;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene};

pub static CHECK: Check = Check {
    id: "eaa-de/errors-keep-internals-in",
    aliases: &[],
    since: "2026.3",
    title: "errors say nothing of the server itself",
    level: Level::Derived,
    raised_by: &[],
    applies: profile,
    spec: &["eaa-de#74-credential-endpoint-checklist"],
    obligation: "no error response holds a stack trace, a path of the server, or the words of its database",
    doc: "An error tells the wallet what was wrong with its request, by a code and perhaps a sentence. A stack trace, a file of the \
          server, the text of a database or the class of an exception tells everybody else how the server is built. It is \
          what frameworks print for an exception that nothing caught, in development mode above all.\n\n\
          Switch the development mode off, and turn exceptions into errors of the protocol; the details belong into the log, \
          where the `traceparent` of the exchange leads to them.",
    judge: Judge::Transcript(errors_keep_internals_in),
};

/// What only the inside of a server says, and what it is.
const SIGNS: &[(&str, &str)] = &[
    ("\n    at ", "a stack trace"),
    ("\\n    at ", "a stack trace"),
    ("\n\tat ", "a stack trace"),
    ("\\n\\tat ", "a stack trace"),
    ("Traceback (most recent call last)", "a stack trace"),
    ("goroutine 1 [", "a stack trace"),
    ("panicked at ", "a panic"),
    ("node_modules/", "a file of the server"),
    ("site-packages/", "a file of the server"),
    ("java.lang.", "the class of an exception"),
    ("org.springframework.", "the class of an exception"),
    ("System.NullReferenceException", "the class of an exception"),
    ("SQLSTATE", "the words of a database"),
    ("duplicate key value violates", "the words of a database"),
    ("ORA-0", "the words of a database"),
    ("PrismaClient", "the words of a database"),
];

fn errors_keep_internals_in(scene: &Scene<'_>) -> Finding {
    let mut errors = scene.answered().filter(|answered| answered.answer.status >= 400).peekable();
    if errors.peek().is_none() {
        return Finding::Exempt("no error was answered");
    }
    let told: Vec<(&str, Answered<'_>)> =
        errors.filter_map(|answered| Some((sign(&answered)?, answered))).collect();
    let Some((what, first)) = told.first() else { return Finding::Holds };
    let actual = format!("{what} in the {} at {}", first.answer.status, first.exchange.station);
    Finding::Breaks(
        Breach::new("errors without internals", actual)
            .at(told.iter().map(|(_, answered)| answered.exchange.number)),
    )
}

fn sign(answered: &Answered<'_>) -> Option<&'static str> {
    let text = answered.answer.body.text()?;
    SIGNS.iter().find(|(sign, _)| text.contains(sign)).map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::to_the_guide;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn a_stack_trace_in_an_error_warns() {
        let plain = json!({ "error": "invalid_grant", "error_description": "the code is used" });
        let plain = Stage::new().answer_json(Station::Token, 400, plain);
        assert_holds(&super::CHECK, &to_the_guide(plain));
        let trace =
            json!({ "error": "server_error", "stack": "Error: x\n    at redeem (app.js:1)" });
        let trace = Stage::new().answer_json(Station::Token, 500, trace);
        assert_outcome(&super::CHECK, &trace, Outcome::NotApplicable);
        assert_breaks(&super::CHECK, &to_the_guide(trace), "a stack trace in the 500 at token");
        let granted = Stage::new().answer_json(Station::Token, 200, json!({}));
        assert_outcome(&super::CHECK, &to_the_guide(granted), Outcome::NotApplicable);
    }
}

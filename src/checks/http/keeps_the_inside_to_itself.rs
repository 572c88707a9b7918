//! An error is for the wallet, not for whoever debugs the server.

use super::answers;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};

/// What stands in no error that was written for wallets.
const TRACES: &[&str] = &[
    "Traceback (most recent call last)",
    "Exception in thread",
    "java.lang.",
    "org.springframework.",
    "System.NullReferenceException",
    "   at System.",
    "node_modules/",
    "thread 'main' panicked",
    "goroutine 1 [",
    "SQLSTATE[",
    "PG::",
];

pub static CHECK: Check = Check {
    id: "http/keeps-the-inside-to-itself",
    aliases: &[],
    since: "2026.3",
    title: "errors tell nothing of the inside of the server",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request-errors"],
    obligation: "no error shows a stack trace, a query or the name of an internal class",
    doc: "Debug modes of frameworks answer with the exception and where it was thrown, which shows which libraries in which \
          version are at work, and now and then what is in the database. Turn the mode off in production, and write \
          the details into the log, beside the `traceparent` of the request.",
    judge: Judge::Transcript(keeps_the_inside_to_itself),
};

fn keeps_the_inside_to_itself(scene: &Scene<'_>) -> Finding {
    let mut seen = false;
    for answered in answers(scene).filter(|answered| answered.answer.status >= 400) {
        seen = true;
        let Some(text) = answered.answer.body.text() else { continue };
        if let Some(trace) = TRACES.iter().find(|trace| text.contains(**trace)) {
            let breach = Breach::new("an error for wallets", format!("{trace:?} in its body"));
            return Finding::Breaks(breach.at([answered.exchange.number]));
        }
    }
    match seen {
        true => Finding::Holds,
        false => Finding::Silent("nothing was refused"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    #[test]
    fn a_trace_gives_itself_away() {
        let stage = |body| Stage::new().tampered("malformed-json", Station::Credential, 400, body);
        assert_holds(&super::CHECK, &stage(json!({ "error": "invalid_credential_request" })));
        let trace = json!({ "error": "x", "trace": "java.lang.IllegalStateException" });
        assert_breaks(&super::CHECK, &stage(trace), "java.lang.");
    }
}

//! What each tampered request is to be answered with: the statuses and codes that a check of a refusal goes by.

use vcispec::checks::{self, CodeIn, Control, Expectation, Judge};

use super::markdown;

/// `refusals.md`.
pub fn document() -> String {
    let mut rows = Vec::new();
    for check in checks::all() {
        let Judge::Refusal(refusal) = check.judge else { continue };
        for expectation in refusal.expects {
            let leniency = if refusal.leniency.is_some() { "may only warn" } else { "breaks" };
            let control = match refusal.control {
                Control::Needed => "needed",
                Control::NotNeeded => "",
            };
            rows.push([
                markdown::code([check.id]),
                markdown::code([refusal.tamper]),
                expectation.station.to_string(),
                status(expectation),
                codes(expectation),
                markdown::code(tolerated(expectation)),
                if expectation.fixed { "breaks" } else { "warns" }.to_owned(),
                leniency.to_owned(),
                control.to_owned(),
            ]);
        }
    }
    let about = "Each request that is wrong on purpose, by the check that judges its answer. Status and code together are \
                 right; a tolerated code with the right status warns. What a breach counts as is the level of the check, in \
                 `checks.md`.";
    let columns = [
        "check",
        "tamper",
        "endpoint",
        "status",
        "code",
        "tolerated",
        "another refusal",
        "an acceptance",
        "control",
    ];
    markdown::head("Refusals", about) + &markdown::table(columns, rows)
}

/// What warns only because it is not right anyway.
fn tolerated(expectation: &Expectation) -> impl Iterator<Item = &'static str> {
    let codes = expectation.codes;
    let listed = expectation.tolerated.iter().copied();
    listed.filter(move |code| !codes.is_empty() && !codes.contains(code))
}

fn status(expectation: &Expectation) -> String {
    expectation.status.iter().map(u16::to_string).collect::<Vec<_>>().join(" ")
}

fn codes(expectation: &Expectation) -> String {
    let codes = markdown::code(expectation.codes.iter().copied());
    match expectation.code_in {
        CodeIn::BareChallenge => "none, in a challenge".to_owned(),
        _ if codes.is_empty() => "any".to_owned(),
        CodeIn::Body => codes,
        CodeIn::Challenge => format!("{codes} in a challenge"),
        CodeIn::Either => format!("{codes} in the body or a challenge"),
    }
}

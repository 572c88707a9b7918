//! Verifiers run in browsers, too.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "status/can-be-read-by-browsers",
    aliases: &[],
    since: "2026.3",
    title: "the status list can be read from a browser",
    level: Level::Note,
    raised_by: &[],
    applies: super::fetched,
    spec: &["tsl#section-8.1"],
    obligation: "a status list is served with Access-Control-Allow-Origin, so that software in a browser can read it",
    doc: "A wallet or a verifier in a browser may fetch the list only if the answer has \
          `Access-Control-Allow-Origin`, best as `*`, since the list is for everybody. An ecosystem \
          without such software may leave it out, so this is only noted.",
    judge: Judge::Answers(Station::StatusList, can_be_read_by_browsers),
};

fn can_be_read_by_browsers(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !answered.answer.is_success() {
        return Finding::Silent("the status list was not answered");
    }
    let sent = answered.exchange.request.headers.get("origin");
    match answered.answer.headers.get("access-control-allow-origin") {
        Some("*") => Finding::Holds,
        Some(origin) if sent == Some(origin) => Finding::Holds,
        Some(origin) => Finding::breaks("Access-Control-Allow-Origin: *", origin),
        None => Finding::breaks("Access-Control-Allow-Origin: *", "no Access-Control-Allow-Origin"),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::status::{list, published};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use crate::transcript::{Headers, Received};

    #[test]
    fn a_star_holds() {
        assert_holds(&super::CHECK, &published(&list()));
    }

    #[test]
    fn its_absence_is_noted() {
        let without = published(&list()).last(|exchange| {
            if let Received::Answer(answer) = &mut exchange.received {
                answer.headers = Headers::default();
            }
        });
        assert_breaks(&super::CHECK, &without, "no Access-Control-Allow-Origin");
    }
}

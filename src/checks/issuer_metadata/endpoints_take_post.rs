//! An address that nobody answers at is worse than none.

use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::{Exchange, Station};

pub static CHECK: Check = Check {
    id: "issuer-metadata/endpoints-take-post",
    aliases: &[],
    since: "2026.3",
    title: "behind each published endpoint is one that takes POST",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &[
        "vci#nonce-request",
        "vci#credential-request",
        "vci#deferred-credential-request",
        "vci#notification",
    ],
    obligation: "a POST without a token to a published endpoint is answered with anything but 404, 405 or 501",
    doc: "Metadata is often written once and by hand, and the paths change afterwards: the endpoint was renamed, the gateway \
          lets only GET through, the feature was never deployed. A wallet finds out when it needs the endpoint, for a \
          credential that was put off perhaps days later.\n\n\
          The endpoints are asked without an access token, so 401 is the usual answer and is in order here. Take an \
          endpoint that does not exist out of the metadata; whoever leaves it out announces no support.",
    judge: Judge::Transcript(endpoints_take_post),
};

/// The tamper that asks for nothing but whether anybody is there.
const TAMPER: &str = "bare-post";

fn endpoints_take_post(scene: &Scene<'_>) -> Finding {
    let is_probe = |exchange: &Exchange| {
        exchange.is_tampered_by(TAMPER)
            || (exchange.station == Station::Nonce && exchange.tamper.is_none())
    };
    let mut asked = scene.answered().filter(|one| is_probe(one.exchange)).peekable();
    if !scene.transcript.exchanges.iter().any(|exchange| exchange.is_tampered_by(TAMPER)) {
        return Finding::Silent("the endpoints were not asked without a token");
    }
    if asked.peek().is_none() {
        return Finding::Silent("no endpoint answered");
    }
    match asked.find(|one| matches!(one.answer.status, 404 | 405 | 501)) {
        Some(absent) => {
            let actual = format!("{} at {}", absent.answer.status, absent.exchange.request.url);
            let breach = Breach::new("an endpoint that takes POST", actual);
            Finding::Breaks(breach.at([absent.exchange.number]))
        }
        None => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn asked(station: Station, status: u16) -> Stage {
        Stage::new().tampered(super::TAMPER, station, status, json!({}))
    }

    #[test]
    fn a_challenge_holds_and_a_missing_page_warns() {
        assert_holds(&super::CHECK, &asked(Station::Notification, 401));
        assert_holds(&super::CHECK, &asked(Station::Credential, 400));
        for status in [404, 405, 501] {
            let stage = asked(Station::Deferred, status);
            assert_breaks(&super::CHECK, &stage, "deferred");
            assert_outcome(&super::CHECK, &stage, Outcome::Warn);
        }
    }

    #[test]
    fn the_nonce_endpoint_counts_where_the_others_were_asked() {
        let nonce = Stage::new().answer(Station::Nonce, 404, &[], "");
        assert_outcome(&super::CHECK, &nonce, Outcome::NotTestable);
        let both = nonce.tampered(super::TAMPER, Station::Credential, 401, json!({}));
        assert_breaks(&super::CHECK, &both, "404");
    }
}

//! A wallet fetches its nonce before, after or beside its token, so the door has no lock.

use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "nonce/needs-no-token",
    aliases: &[],
    since: "2026.1",
    title: "a nonce is had by a bare POST",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::nonce_endpoint,
    spec: &["vci#nonce-request"],
    obligation: "the Nonce Endpoint answers a POST without content and without an access token",
    doc: "The Nonce Endpoint is not a protected resource. It comes to demand a token when it sits \
          behind the same middleware as the Credential Endpoint: exempt its path there. A 415 or \
          400 means that the framework wants a body or a Content-Type, a 405 that only GET is \
          routed; the request of the specification is a POST with `Content-Length: 0` and nothing \
          else.",
    judge: Judge::Answers(Station::Nonce, needs_no_token),
};

fn needs_no_token(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    let request = &answered.exchange.request;
    if request.headers.get("authorization").is_some() || request.body.text() != Some("") {
        return Finding::Silent("the request carried a token or content");
    }
    if matches!(answered.answer.status, 429 | 503) {
        return Finding::Silent("the issuer was busy");
    }
    Finding::expect(
        answered.answer.is_success(),
        "2xx to a POST with neither content nor Authorization",
        answered.summary(),
    )
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn a_bare_post_gets_a_nonce() {
        let stage = |status: u16| Stage::new().answer(Station::Nonce, status, &[], "{}");
        assert_holds(&super::CHECK, &stage(200));
        assert_holds(&super::CHECK, &stage(201));
        for status in [401, 405, 415] {
            assert_breaks(&super::CHECK, &stage(status), &status.to_string());
        }
        assert_outcome(&super::CHECK, &stage(503), Outcome::NotTestable);
    }

    #[test]
    fn a_request_with_a_token_shows_nothing() {
        let stage = Stage::new().answer(Station::Nonce, 200, &[], "{}").sent(
            "POST",
            "https://issuer.example/nonce",
            &[("Authorization", "Bearer t")],
            "",
        );
        assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
    }
}

//! One mistake does not send the user back to the start.

use super::payload_errors;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/survives-refused-requests",
    aliases: &[],
    since: "2026.3",
    title: "a refused credential request does not use up the access token",
    level: Level::Note,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#section-14.3"],
    obligation: "an access token that came with a credential request refused for its content is good for the next request",
    doc: "Wallets correct themselves: they fetch a new nonce after `invalid_nonce`, or encrypt otherwise, and ask again with \
          the token at hand. An issuer that takes the token for spent as soon as it was shown, whatever came of it, \
          sends the user back to a code that has been redeemed, so the offer is lost.\n\n\
          The text leaves it to issuers when to accept a token no more, so this warns. Spend it with the credential, \
          if at all, and not with the error.",
    judge: Judge::Transcript(survives_refused_requests),
};

fn survives_refused_requests(scene: &Scene<'_>) -> Finding {
    for refused in payload_errors(scene).filter(leaves_hope) {
        let Some(token) = refused.exchange.access_token() else { continue };
        let number = refused.exchange.number;
        let is_own = |one: &Answered<'_>| one.exchange.access_token() == Some(token);
        let was_good = scene
            .granted(Station::Credential)
            .any(|one| is_own(&one) && one.exchange.number < number && one.grants_something());
        let mut later = scene.answers(Station::Credential).filter(is_own);
        let next = later.find(|one| one.exchange.number > number);
        let (false, Some(next)) = (was_good, next) else { continue };
        if next.grants_something() {
            return Finding::Holds;
        }
        if next.answer.status == 401 && next.challenge_error().as_deref() == Some("invalid_token") {
            let expected = "the token to be good for the next request";
            let breach = Breach::new(expected, format!("{} after a refusal", next.summary()));
            return Finding::Breaks(breach.at([number, next.exchange.number]));
        }
    }
    Finding::Silent("no plain request followed on a refused one with the same token")
}

/// Whether a wallet may ask again after an error: not after one that is meant for good.
fn leaves_hope(refused: &Answered<'_>) -> bool {
    refused.error_code().as_deref() != Some("credential_request_denied")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::{Headers, Station};

    const UNAUTHORIZED: &[(&str, &str)] = &[("www-authenticate", "Bearer error=\"invalid_token\"")];

    fn with_token(stage: Stage) -> Stage {
        stage.last(|exchange| {
            exchange.request.headers = Headers(vec![("authorization".into(), "Bearer t".into())]);
        })
    }

    fn refused(code: &str) -> Stage {
        let body = json!({ "error": code });
        with_token(Stage::new().tampered("proof-missing", Station::Credential, 400, body))
    }

    fn issued(stage: Stage) -> Stage {
        let body: Value = json!({ "credentials": [{ "credential": "a~" }] });
        with_token(stage.answer_json(Station::Credential, 200, body))
    }

    fn unauthorized(stage: Stage) -> Stage {
        with_token(stage.answer(Station::Credential, 401, UNAUTHORIZED, ""))
    }

    #[test]
    fn a_token_that_goes_on_holds_and_one_that_is_spent_is_noted() {
        assert_holds(&super::CHECK, &issued(refused("invalid_proof")));
        let spent = unauthorized(refused("invalid_proof"));
        assert_breaks(&super::CHECK, &spent, "invalid_token");
        assert_outcome(&super::CHECK, &spent, Outcome::Note);
    }

    #[test]
    fn denial_is_for_good_and_a_credential_may_spend_a_token() {
        let denied = unauthorized(refused("credential_request_denied"));
        assert_outcome(&super::CHECK, &denied, Outcome::NotTestable);
        let first = issued(Stage::new());
        let body = json!({ "error": "invalid_proof" });
        let then = first.tampered("proof-missing", Station::Credential, 400, body);
        let spent = unauthorized(with_token(then));
        assert_outcome(&super::CHECK, &spent, Outcome::NotTestable);
    }
}

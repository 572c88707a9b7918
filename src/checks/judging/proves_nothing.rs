//! Refusals that say nothing of what was wrong with a request: they would have met any.

use crate::checks::{Answered, Scene};
use crate::transcript::{Failure, FailureKind};

/// Why a tampered request that met 429 or 503 proves nothing.
pub(in crate::checks) const THROTTLED: &str =
    "the issuer throttled the tampered request (429, 503): slow down with --max-rps";
/// Why a refusal of the token, and not of what was wrong, proves nothing.
pub(in crate::checks) const SPENT: &str =
    "the access token, good before, was refused: it may be good for one credential only";
/// Why the endpoint's refusal of the client proves nothing.
pub(in crate::checks) const NOT_SERVED: &str =
    "the endpoint does not serve this client (invalid_client), whatever it asks";

/// Whether a failure below HTTP was made by what answered. That no connection stood, or that time
/// ran out, may as well be the network's doing, or ours.
pub(in crate::checks) fn is_of_the_server(failure: &Failure) -> bool {
    match failure.kind {
        FailureKind::Closed | FailureKind::TooLarge | FailureKind::Malformed => true,
        FailureKind::Connect | FailureKind::TimedOut | FailureKind::NotFollowed => false,
    }
}

/// Whether a server had no time for the request.
pub(in crate::checks) fn is_throttled(answered: &Answered<'_>) -> bool {
    matches!(answered.answer.status, 429 | 503) && !answered.grants_something()
}

/// Whether the refusal came of a token that had been good for an earlier request, and was not for
/// the next one without a tamper, which was refused in the same way. Wallets can ask again with
/// the same token (OpenID4VCI 14.3); that each token allows it is said nowhere.
pub(in crate::checks) fn has_spent_its_token(refused: &Answered<'_>, scene: &Scene<'_>) -> bool {
    let Some(token) = refused.exchange.access_token() else { return false };
    let station = refused.exchange.station;
    let number = refused.exchange.number;
    let is_own = |answered: &Answered<'_>| answered.exchange.access_token() == Some(token);
    let was_good = scene.granted(station).any(|answered| {
        is_own(&answered) && answered.exchange.number < number && answered.grants_something()
    });
    let next = scene
        .answers(station)
        .find(|answered| is_own(answered) && answered.exchange.number > number);
    was_good && !refused.grants_something() && next.is_some_and(|next| is_alike(&next, refused))
}

/// Whether a token that had been good at the endpoint is refused as such, and was never good there
/// again.
pub(in crate::checks) fn is_spent(refused: &Answered<'_>, scene: &Scene<'_>) -> bool {
    let Some(token) = refused.exchange.access_token() else { return false };
    let says_so = refused.answer.status == 401
        && refused.challenge_error().as_deref() == Some("invalid_token");
    let number = refused.exchange.number;
    let granted = |later: bool| {
        scene.granted(refused.exchange.station).any(|answered| {
            let is_own = answered.exchange.access_token() == Some(token);
            is_own && answered.grants_something() && (answered.exchange.number > number) == later
        })
    };
    says_so && !refused.grants_something() && granted(false) && !granted(true)
}

/// Whether what the wallet did last was to ask again with such a token.
pub(in crate::checks) fn stopped_at_a_spent_token(scene: &Scene<'_>) -> bool {
    let plain = scene.answered().filter(|answered| {
        answered.exchange.tamper.is_none()
            && !answered.exchange.superseded
            && !answered.exchange.station.is_gathered()
    });
    plain.last().is_some_and(|last| is_spent(&last, scene))
}

fn is_alike(next: &Answered<'_>, refused: &Answered<'_>) -> bool {
    !next.grants_something()
        && next.answer.status == refused.answer.status
        && next.error_code() == refused.error_code()
        && next.challenge_error() == refused.challenge_error()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::staging::{Stage, assert_holds, assert_outcome};
    use crate::checks::{Outcome, dpop, proof};
    use crate::transcript::{Failure, FailureKind, Headers, Received, Station};

    const UNAUTHORIZED: &[(&str, &str)] = &[("www-authenticate", "Bearer error=\"invalid_token\"")];

    fn check(id: &str) -> &'static crate::checks::Check {
        let mut all = proof::CHECKS.iter().chain(dpop::CHECKS);
        all.find(|check| check.id == id).copied().unwrap_or(proof::CHECKS[0])
    }

    fn with_token(stage: Stage) -> Stage {
        stage.last(|exchange| {
            exchange.request.headers = Headers(vec![("authorization".into(), "Bearer t".into())]);
        })
    }

    fn issued(stage: Stage) -> Stage {
        let body = json!({ "credentials": [{ "credential": "a~" }] });
        with_token(stage.answer_json(Station::Credential, 200, body))
    }

    fn unauthorized(stage: Stage, tamper: Option<&str>) -> Stage {
        with_token(match tamper {
            Some(tamper) => stage.tampered_raw(tamper, Station::Credential, 401, UNAUTHORIZED, ""),
            None => stage.answer(Station::Credential, 401, UNAUTHORIZED, ""),
        })
    }

    #[test]
    fn a_token_for_one_credential_is_no_fault() {
        let stage = unauthorized(issued(Stage::new()), Some("proof-missing"));
        let check = check("proof/refuses-missing-proof");
        assert_outcome(check, &unauthorized(stage.clone(), None), Outcome::NotApplicable);
        assert_outcome(check, &issued(stage.clone()), Outcome::Fail);
        assert_outcome(check, &stage, Outcome::Fail);
    }

    #[test]
    fn the_right_refusal_before_the_token_was_spent_holds() {
        let refused = |stage: Stage| {
            let body = json!({ "error": "invalid_proof" });
            with_token(stage.tampered("proof-missing", Station::Credential, 400, body))
        };
        let stage = unauthorized(refused(issued(Stage::new())), None);
        assert_holds(check("proof/refuses-missing-proof"), &stage);
    }

    #[test]
    fn a_timeout_blames_nobody_and_a_broken_connection_the_server() {
        let unanswered = |kind| {
            let stage = issued(Stage::new()).tampered_raw(
                "proof-missing",
                Station::Credential,
                400,
                &[],
                "",
            );
            stage.last(|exchange| {
                let at = exchange.request.at;
                exchange.received = Received::Failure(Failure { at, kind, says: "x".into() });
            })
        };
        let check = check("proof/refuses-missing-proof");
        assert_outcome(check, &unanswered(FailureKind::TimedOut), Outcome::Error);
        assert_outcome(check, &unanswered(FailureKind::Closed), Outcome::Fail);
    }

    #[test]
    fn a_busy_server_proves_nothing() {
        let body = json!({ "error": "temporarily_unavailable" });
        let stage = issued(Stage::new()).tampered("proof-missing", Station::Credential, 503, body);
        let check = check("proof/refuses-missing-proof");
        assert_outcome(check, &stage, Outcome::Inconclusive);
    }
}

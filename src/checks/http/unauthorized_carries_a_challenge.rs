//! A 401 without a challenge leaves the wallet to guess whether token, proof or scheme was wrong.

use super::answers;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "http/unauthorized-carries-a-challenge",
    aliases: &[],
    since: "2026.1",
    title: "a 401 carries WWW-Authenticate",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc9110#section-15.5.2", "rfc9110#section-11.6.1", "rfc6750#section-3"],
    obligation: "every 401 carries WWW-Authenticate with a challenge",
    doc: "The field tells the wallet which scheme the resource wants, and with `error` what was \
          wrong with the token or the DPoP proof. It gets lost where a gateway makes its own 401, \
          or where a handler throws a status without headers. At the Token Endpoint the status \
          belongs to `invalid_client` alone; there a 400 avoids the question.",
    judge: Judge::Transcript(unauthorized_carries_a_challenge),
};

fn unauthorized_carries_a_challenge(scene: &Scene<'_>) -> Finding {
    let unauthorized: Vec<_> =
        answers(scene).filter(|answered| answered.answer.status == 401).collect();
    if unauthorized.is_empty() {
        return Finding::Exempt("nothing was answered with 401");
    }
    let bare: Vec<_> = unauthorized
        .iter()
        .filter(|answered| {
            answered.answer.headers.all("www-authenticate").all(|value| value.trim().is_empty())
        })
        .collect();
    match bare.first() {
        None => Finding::Holds,
        Some(first) => {
            let breach = Breach::new(
                "401 with WWW-Authenticate",
                format!("401 without it at {}", first.exchange.station),
            )
            .at(bare.iter().map(|answered| answered.exchange.number));
            // RFC 6749 5.2 asks for the field only of a client that sent Authorization.
            if bare.iter().all(|answered| answered.exchange.station == Station::Token) {
                Finding::Warns(breach, "OAuth 2.0 has servers leave it out at the token endpoint")
            } else {
                Finding::Breaks(breach)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn a_challenge_is_there_or_missed() {
        let stage = |headers: &[(&str, &str)]| {
            Stage::new().tampered_raw("missing-token", Station::Credential, 401, headers, "")
        };
        assert_holds(&super::CHECK, &stage(&[("WWW-Authenticate", "DPoP")]));
        assert_breaks(&super::CHECK, &stage(&[]), "401 without it at credential");
        assert_outcome(&super::CHECK, &stage(&[]), Outcome::Fail);
        let at_token = Stage::new().tampered_raw("unknown-code", Station::Token, 401, &[], "");
        assert_outcome(&super::CHECK, &at_token, Outcome::Warn);
        assert_outcome(&super::CHECK, &Stage::new(), Outcome::NotApplicable);
    }
}

//! A nonce that the server never gave out says nothing about when the proof was made.

use super::{AT_CREDENTIAL, AT_TOKEN, AUTHORIZATION_SERVER, CREDENTIAL_ISSUER, nonces};
use crate::checks::{
    Answered, Applies, Check, Control, Expectation, Judge, Level, Refusal, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "dpop/refuses-made-up-nonce",
    aliases: &[],
    since: "2026.1",
    title: "a made-up nonce is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-8", "rfc9449#section-9", "rfc9449#section-11.3"],
    obligation: "a DPoP proof with a nonce that the server did not hand out is refused",
    doc: "A server that hands out nonces and accepts any is worse off than one without: wallets \
          pay for the extra request and get nothing for it. Keep the recent values, or make them \
          verifiable (an HMAC over the time), and answer a mismatch with `use_dpop_nonce` and a \
          fresh `DPoP-Nonce`, so that the wallet can go on.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-made-up-nonce",
        expects: &[
            Expectation { applies: handed_out_by_authorization_server, codes: CODES, ..AT_TOKEN },
            Expectation { applies: handed_out_by_credential_issuer, codes: CODES, ..AT_CREDENTIAL },
        ],
        control: Control::Needed,
        leniency: Some(before_any_nonce),
    }),
};

/// A nonce has to match one that the server provided (RFC 9449 4.3): before it provided any, it
/// may overlook what it did not ask for.
fn before_any_nonce(answered: &Answered<'_>, scene: &Scene<'_>) -> Option<&'static str> {
    let server = match answered.exchange.station {
        Station::Token => AUTHORIZATION_SERVER,
        _ => CREDENTIAL_ISSUER,
    };
    let number = answered.exchange.number;
    let was_provided = scene.answered().any(|earlier| {
        earlier.exchange.number < number
            && server.contains(&earlier.exchange.station)
            && earlier.answer.headers.get("dpop-nonce").is_some()
    });
    (!was_provided).then_some("the server had not provided a nonce before")
}

/// A mismatch is a reason to hand out a new nonce, and it makes the proof invalid: both codes are
/// written down for it (RFC 9449 8; 4.3 with 5 and 7.1).
pub(super) const CODES: &[&str] = &["use_dpop_nonce", "invalid_dpop_proof"];

fn handed_out_by_authorization_server(scene: &Scene<'_>) -> Applies {
    let handed_out = nonces(scene, AUTHORIZATION_SERVER).next().is_some();
    Applies::when(handed_out, "the Token Endpoint hands out no DPoP-Nonce")
}

pub(super) fn handed_out_by_credential_issuer(scene: &Scene<'_>) -> Applies {
    let handed_out = nonces(scene, CREDENTIAL_ISSUER).next().is_some();
    Applies::when(handed_out, "the credential issuer hands out no DPoP-Nonce")
}

#[cfg(test)]
mod tests {
    use super::super::staged::controls;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    const TAMPER: &str = "dpop-made-up-nonce";

    fn with_nonces() -> Stage {
        let nonce =
            |stage: Stage, station| stage.answer(station, 200, &[("DPoP-Nonce", "n")], "{}");
        nonce(nonce(controls(), Station::Token), Station::Nonce)
    }

    #[test]
    fn it_is_refused_with_either_code() {
        for code in ["use_dpop_nonce", "invalid_dpop_proof"] {
            let right = with_nonces()
                .refused_at_token(TAMPER, 400, code)
                .refused_at_credential(TAMPER, 401, code);
            assert_holds(&super::CHECK, &right);
        }
        for station in [Station::Token, Station::Credential] {
            let accepted = with_nonces().accepted(TAMPER, station);
            assert_breaks(&super::CHECK, &accepted, "accepted");
        }
    }

    #[test]
    fn a_nonce_that_comes_later_warns() {
        let accepted = controls().accepted(TAMPER, Station::Token).answer(
            Station::Token,
            200,
            &[("DPoP-Nonce", "n")],
            "{}",
        );
        assert_outcome(&super::CHECK, &accepted, Outcome::Warn);
    }

    #[test]
    fn a_server_without_nonces_may_overlook_it() {
        let accepted = controls().accepted(TAMPER, Station::Token);
        assert_outcome(&super::CHECK, &accepted, Outcome::NotApplicable);
        let at_issuer = controls()
            .answer(Station::Token, 200, &[("DPoP-Nonce", "n")], "{}")
            .accepted(TAMPER, Station::Credential);
        assert_outcome(&super::CHECK, &at_issuer, Outcome::NotApplicable);
    }
}

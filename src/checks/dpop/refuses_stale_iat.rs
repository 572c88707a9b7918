//! A proof that never ages can be kept for later.

use super::{AT_EACH_ENDPOINT, claims};
use crate::checks::{Answered, Check, Control, Judge, Level, Refusal, Scene, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-stale-iat",
    aliases: &[],
    since: "2026.1",
    title: "an old proof is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-4.3", "rfc9449#section-11.1"],
    obligation: "a DPoP proof that was made long ago is refused",
    doc: "Accept proofs for seconds or a few minutes around now. Generic JWT verification does \
          not look at `iat`: it checks `exp`, which DPoP proofs do not have. A server may take \
          the time from its own nonce instead, so with a nonce in the proof an old `iat` alone \
          is no fault, and is shown as a warning for the case that nobody looks at either.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-stale-iat",
        expects: AT_EACH_ENDPOINT,
        control: Control::Needed,
        leniency: Some(with_a_nonce),
    }),
};

fn with_a_nonce(answered: &Answered<'_>, _: &Scene<'_>) -> Option<&'static str> {
    let nonce = claims::of_proof(answered.exchange)?.get("nonce").is_some();
    nonce.then_some("the proof carried a nonce, and the server may take its time from that")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::controls;
    use crate::checks::Outcome;
    use crate::checks::dpop::claims::staged::jwt;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    const TAMPER: &str = "dpop-stale-iat";

    #[test]
    fn it_is_refused_at_both_endpoints() {
        let right = controls()
            .refused_at_token(TAMPER, 400, "invalid_dpop_proof")
            .refused_at_credential(TAMPER, 401, "invalid_dpop_proof");
        assert_holds(&super::CHECK, &right);
        for station in [Station::Token, Station::Credential] {
            let accepted = controls().accepted(TAMPER, station);
            assert_breaks(&super::CHECK, &accepted, "accepted");
        }
    }

    #[test]
    fn another_refusal_warns_and_a_crash_breaks() {
        let other = controls().refused_at_token(TAMPER, 401, "invalid_client");
        assert_outcome(&super::CHECK, &other, Outcome::Warn);
        let tolerated = controls().refused_at_credential(TAMPER, 401, "invalid_token");
        assert_outcome(&super::CHECK, &tolerated, Outcome::Warn);
        let crashed = controls().refused_at_credential(TAMPER, 500, "");
        assert_breaks(&super::CHECK, &crashed, "a server error");
    }

    #[test]
    fn with_a_nonce_an_acceptance_only_warns() {
        let proof = jwt(&json!({"iat": 0, "nonce": "n"}));
        let stage = controls().accepted(TAMPER, Station::Token).sent(
            "POST",
            "https://issuer.example/token",
            &[("DPoP", &proof)],
            "",
        );
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
    }
}

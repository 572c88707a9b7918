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
    use serde_json::{Value, json};

    use super::super::staged::controls;
    use crate::checks::Outcome;
    use crate::checks::dpop::claims::staged::jwt;
    use crate::checks::staging::{Stage, assert_outcome};
    use crate::transcript::Station;

    fn accepted(claims: &Value) -> Stage {
        controls().accepted("dpop-stale-iat", Station::Token).sent(
            "POST",
            "https://issuer.example/token",
            &[("DPoP", &jwt(claims))],
            "",
        )
    }

    #[test]
    fn with_a_nonce_an_acceptance_only_warns() {
        assert_outcome(&super::CHECK, &accepted(&json!({ "iat": 0 })), Outcome::Fail);
        let with_a_nonce = accepted(&json!({ "iat": 0, "nonce": "n" }));
        assert_outcome(&super::CHECK, &with_a_nonce, Outcome::Warn);
    }
}

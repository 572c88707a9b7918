//! A proof of yesterday is no proof of today.

use super::INVALID_PROOF;
use crate::checks::{
    Answered, Check, Control, Judge, Level, Refusal, Requested, Scene, applicability,
};
use crate::protocol::KeyProof;

pub static CHECK: Check = Check {
    id: "proof/refuses-stale-iat",
    aliases: &[],
    since: "2026.1",
    title: "a key proof made long ago is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#verifying-key-proof", "vci#key-proof-replay"],
    obligation: "a key proof whose iat lies far in the past is refused with 400 invalid_proof",
    doc: "The time of creation must lie in an acceptable window, or a proof that once leaked works \
          forever. An issuer may take that time from its own nonce instead of from `iat`, because \
          clocks of wallets are wrong; so where the proof carries a `c_nonce`, accepting an old \
          `iat` warns, and fails where it carries none.\n\n\
          Refuse proofs whose `iat` is older than a few minutes, or keep nonces short-lived and \
          know that this is what you rely on.",
    judge: Judge::Refusal(Refusal {
        tamper: "proof-stale-iat",
        expects: INVALID_PROOF,
        control: Control::Needed,
        leniency: Some(timed_by_nonce),
    }),
};

fn timed_by_nonce(answered: &Answered<'_>, scene: &Scene<'_>) -> Option<&'static str> {
    let request = Requested::read(answered.exchange, scene)?;
    request
        .proofs
        .iter()
        .flatten()
        .any(|proof: &KeyProof| proof.nonce().is_some())
        .then_some("the proof carried a c_nonce, which may bear the issuer's own time")
}

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome};

    const TAMPER: &str = "proof-stale-iat";

    fn accepted_with(claims: &str) -> Stage {
        use base64::Engine as _;
        let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(claims);
        let body = serde_json::json!({"proofs": {"jwt": [format!("e30.{claims}.eA")]}});
        let mut stage = accepted(TAMPER);
        for exchange in &mut stage.transcript().exchanges {
            exchange.request.body = body.to_string().into();
        }
        stage
    }

    #[test]
    fn refusal_holds_and_acceptance_fails_unless_a_nonce_tells_the_time() {
        assert_holds(&super::CHECK, &refused(TAMPER, "invalid_proof"));
        let without = accepted_with(r#"{"iat":1}"#);
        assert_outcome(&super::CHECK, &without, Outcome::Fail);
        let with = accepted_with(r#"{"iat":1,"nonce":"n"}"#);
        assert_outcome(&super::CHECK, &with, Outcome::Warn);
    }
}

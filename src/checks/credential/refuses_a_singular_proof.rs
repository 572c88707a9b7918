//! One proof is an array of one.

use crate::checks::{
    Applies, Check, CodeIn, Control, Expectation, Judge, Level, Refusal, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-a-singular-proof",
    aliases: &[],
    since: "2026.3",
    title: "a single proof, as drafts had it, is no proof",
    level: Level::Derived,
    raised_by: &[],
    applies: asks_for_proofs,
    spec: &["vci#credential-request"],
    obligation: "a credential request with proof in place of proofs is refused with 400 invalid_proof",
    doc: "Drafts had a `proof` object with `proof_type`; 1.0 has `proofs` with one array. To an issuer of 1.0 `proof` is an \
          unknown member, so that no proof is there. Where it is still taken, wallets go on sending what other \
          issuers refuse.",
    judge: Judge::Refusal(Refusal {
        tamper: "proof-singular",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_proof"],
            tolerated: &["invalid_credential_request"],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

fn asks_for_proofs(scene: &Scene<'_>) -> Applies {
    match scene.issuer_metadata() {
        Some(metadata) => Applies::when(
            metadata.configurations().any(|(_, configuration)| configuration.asks_for_proofs()),
            "no configuration asks for proofs",
        ),
        None => Applies::Yes,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn granted() -> Value {
        json!({"credentials": [{"credential": "a~"}]})
    }

    fn stage(status: u16, body: Value) -> Stage {
        Stage::new().tampered("proof-singular", Station::Credential, status, body).answer_json(
            Station::Credential,
            200,
            granted(),
        )
    }

    #[test]
    fn a_refusal_holds_and_a_grant_does_not() {
        assert_holds(&super::CHECK, &stage(400, json!({ "error": "invalid_proof" })));
        assert_outcome(&super::CHECK, &stage(200, granted()), Outcome::Warn);
        assert_outcome(&super::CHECK, &stage(500, json!({})), Outcome::Warn);
    }
}

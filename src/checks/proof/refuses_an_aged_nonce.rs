//! A nonce shows that a proof is fresh for as long as the nonce itself is.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "proof/refuses-an-aged-nonce",
    aliases: &[],
    since: "2026.3",
    title: "an old nonce is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::proof_nonces,
    spec: &["vci#key-proof-replay", "vci#credential-request-errors"],
    obligation: "a key proof with a nonce that was given ten minutes ago is refused with 400 invalid_nonce",
    doc: "The nonce is there so that proofs cannot be made in advance and kept. One that never runs out gives that \
          away. How long it may live is the issuer's choice: this scenario waits ten minutes, and a nonce that \
          is still good warns. The code matters: on `invalid_nonce` a wallet fetches a new one and succeeds, \
          on `invalid_proof` it gives up.",
    judge: Judge::Refusal(Refusal {
        tamper: "proof-aged-nonce",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_nonce"],
            tolerated: &["invalid_proof"],
            code_in: CodeIn::Body,
            fixed: true,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16, code: &str) -> Stage {
        let given = json!({ "credentials": [{ "credential": "c" }] });
        let body = if status == 200 { given.clone() } else { json!({ "error": code }) };
        Stage::new().answer_json(Station::Credential, 200, given).tampered(
            "proof-aged-nonce",
            Station::Credential,
            status,
            body,
        )
    }

    #[test]
    fn the_code_tells_the_wallet_what_to_do() {
        assert_holds(&super::CHECK, &stage(400, "invalid_nonce"));
        assert_outcome(&super::CHECK, &stage(400, "invalid_proof"), Outcome::Warn);
        assert_outcome(&super::CHECK, &stage(200, ""), Outcome::Warn);
    }
}

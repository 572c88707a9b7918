//! Two nonces, two purposes: one is for the request, the other for the key.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "proof/refuses-a-dpop-nonce",
    aliases: &[],
    since: "2026.3",
    title: "a DPoP nonce is no c_nonce",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::proof_nonces,
    spec: &["vci#nonce-response", "vci#jwt-proof-type"],
    obligation: "a key proof with a DPoP nonce of the issuer in place of a c_nonce is refused with 400 invalid_nonce",
    doc: "`DPoP-Nonce` and `c_nonce` may be made by the same code, and then the same code accepts both. But they \
          are handed out at different places, to different parties and for different times: a wallet that is \
          given one has not been given the other. Make the purpose a part of the nonce, or keep the two \
          apart.",
    judge: Judge::Refusal(Refusal {
        tamper: "proof-dpop-nonce",
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
            "proof-dpop-nonce",
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

//! Tenants of one server do not share a pool.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "proof/refuses-another-issuers-nonce",
    aliases: &[],
    since: "2026.3",
    title: "a nonce of another issuer is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::proof_nonces,
    spec: &["vci#verifying-key-proof"],
    obligation: "a key proof with a nonce that another issuer gave out is refused with 400 invalid_nonce",
    doc: "The nonce in a proof must be one that this issuer provided. Where several issuers keep their nonces in one \
          cache, or derive them from one key, each takes those of all others, and a proof made for the one can \
          be replayed at the other as far as its nonce goes. Keep the issuer with the nonce. Two issuers that \
          name the same nonce endpoint are not compared.",
    judge: Judge::Refusal(Refusal {
        tamper: "proof-another-issuers-nonce",
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
            "proof-another-issuers-nonce",
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

//! A proof without the issuer's nonce can be replayed.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "proof/refuses-missing-nonce",
    aliases: &[],
    since: "2026.1",
    title: "a key proof without nonce is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::proof_nonces,
    spec: &["vci#jwt-proof-type", "vci#verifying-key-proof", "vci#credential-request-errors"],
    obligation: "a key proof without nonce, at an issuer that has a Nonce Endpoint, is refused with 400 invalid_proof",
    doc: "An issuer with a Nonce Endpoint requires a `c_nonce` in every proof. One that compares the \
          nonce only `if (claims.nonce)` lets an attacker leave it out and replay proofs at will.\n\n\
          A missing nonce is `invalid_proof`, the third case in its definition; `invalid_nonce` is \
          for a nonce that is there and wrong, and warns here. If proofs need no nonce, do not \
          advertise a `nonce_endpoint`.",
    judge: Judge::Refusal(Refusal {
        tamper: "proof-missing-nonce",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_proof"],
            tolerated: &["invalid_nonce"],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::accepted;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_outcome, honest_metadata, without};

    #[test]
    fn without_a_nonce_endpoint_it_does_not_apply() {
        let stage = |metadata| accepted("proof-missing-nonce").issuer_metadata(metadata);
        assert_outcome(&super::CHECK, &stage(honest_metadata()), Outcome::Fail);
        let nowhere = without(honest_metadata(), "/nonce_endpoint");
        assert_outcome(&super::CHECK, &stage(nowhere), Outcome::NotApplicable);
    }
}

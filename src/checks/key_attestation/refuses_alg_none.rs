//! An attestation that nobody signed attests nothing.

use super::{demanded, invalid_attestation};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-alg-none",
    aliases: &[],
    since: "2026.3",
    title: "an unsigned key attestation is refused",
    level: Level::Must,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#keyattestation-jwt", "vci#jwt-proof-type"],
    obligation: "a key attestation with alg none is refused with 400 invalid_proof",
    doc: "A library that takes the algorithm from the token verifies nothing when the \
          token says `none`.\n\n\
          Take the algorithms from `proof_signing_alg_values_supported`, and refuse \
          every other.",
    judge: Judge::Refusal(invalid_attestation("attestation-alg-none")),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn a_refusal_holds_and_a_credential_breaks() {
        let tamper = "attestation-alg-none";
        assert_holds(&super::CHECK, &refused(tamper, "invalid_proof"));
        assert_breaks(&super::CHECK, &refused(tamper, "invalid_nonce"), "invalid_nonce");
        assert_outcome(&super::CHECK, &accepted(tamper), Outcome::Fail);
    }
}

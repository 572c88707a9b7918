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
    use super::super::staged::{accepted, accepted_beside_a_proof};
    use crate::checks::Outcome;
    use crate::checks::staging::assert_outcome;

    const TAMPER: &str = "attestation-alg-none";

    #[test]
    fn a_credential_breaks_and_beside_a_proof_it_warns() {
        assert_outcome(&super::CHECK, &accepted(TAMPER), Outcome::Fail);
        assert_outcome(&super::CHECK, &accepted_beside_a_proof(TAMPER), Outcome::Warn);
    }
}

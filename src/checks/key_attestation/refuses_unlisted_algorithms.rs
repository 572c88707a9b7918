//! A provider signs by what is announced, or does not count.

use super::{demanded, invalid_attestation};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-unlisted-algorithms",
    aliases: &[],
    since: "2026.3",
    title: "a key attestation by an algorithm that is not listed is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#jwt-proof-type", "vci#attestation-proof-type"],
    obligation: "a key attestation by an algorithm that proof_signing_alg_values_supported does not list is refused with 400 invalid_proof",
    doc: "The list of a proof type holds for the attestation, too, whether it stands in the header of \
          a key proof or in place of one. The attestation sent here is good otherwise, by a key of the \
          same provider. An issuer that takes it compares only the proof with the list, and leaves the \
          attestation to what its library verifies.\n\n\
          Hand the list of the metadata to whatever verifies the attestation, or extend the list.",
    judge: Judge::Refusal(invalid_attestation("attestation-unlisted-alg")),
};

#[cfg(test)]
mod tests {
    use super::super::staged;
    use crate::checks::Outcome;
    use crate::checks::staging::assert_outcome;

    #[test]
    fn whoever_takes_it_is_warned() {
        let accepted = staged::accepted("attestation-unlisted-alg");
        assert_outcome(&super::CHECK, &accepted, Outcome::Warn);
    }
}

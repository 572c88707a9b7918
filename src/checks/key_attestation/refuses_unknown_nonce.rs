//! A nonce is one that was given.

use super::{UNKNOWN_NONCE, demanded, in_a_header};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-unknown-nonce",
    aliases: &[],
    since: "2026.3",
    title: "a key attestation with an unknown nonce is refused",
    level: Level::Must,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#attestation-proof-type", "vci#jwt-proof-type", "vci#credential-error-response"],
    obligation: "a key attestation with a nonce that the issuer never gave is refused with 400 invalid_nonce",
    doc: "Whoever can choose the nonce can keep attestations for later. The code \
          matters: on `invalid_nonce` a wallet fetches a new nonce and tries again, on \
          `invalid_proof` it gives up. In the header of a `jwt` proof, passing over \
          the nonce only warns.\n\n\
          Look the nonce up in the same store as those of proofs.",
    judge: Judge::Refusal(Refusal {
        tamper: "attestation-unknown-nonce",
        expects: UNKNOWN_NONCE,
        control: Control::Needed,
        leniency: Some(in_a_header),
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, accepted_beside_a_proof};
    use crate::checks::Outcome;
    use crate::checks::staging::assert_outcome;

    const TAMPER: &str = "attestation-unknown-nonce";

    #[test]
    fn a_credential_breaks_and_beside_a_proof_it_warns() {
        assert_outcome(&super::CHECK, &accepted(TAMPER), Outcome::Fail);
        assert_outcome(&super::CHECK, &accepted_beside_a_proof(TAMPER), Outcome::Warn);
    }
}

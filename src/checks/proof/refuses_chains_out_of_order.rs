//! Of a chain, the first certificate counts.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-chains-out-of-order",
    aliases: &[],
    since: "2026.3",
    title: "a key proof by another key than that of its first certificate is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type", "vci#verifying-key-proof"],
    obligation: "a key proof whose x5c has the certificate of its key anywhere but in the first place is refused with 400 invalid_proof",
    doc: "The first certificate of `x5c` has the key that the credential is bound to, and the signature has to be by that key. \
          The proof sent here is signed by the key in the second certificate. An issuer that tries each certificate \
          until one fits, or takes the last for the leaf, verifies with one key and may bind the credential to \
          another, which nobody proved.\n\n\
          Verify with the first certificate and with no other. Issuers that take no `x5c` at all refuse the proof \
          for that, which is as good.",
    judge: Judge::Refusal(invalid_proof("proof-chain-out-of-order")),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn invalid_proof_holds_and_a_credential_fails() {
        let tamper = "proof-chain-out-of-order";
        assert_holds(&super::CHECK, &refused(tamper, "invalid_proof"));
        assert_outcome(&super::CHECK, &refused(tamper, "invalid_nonce"), Outcome::Warn);
        assert_breaks(&super::CHECK, &accepted(tamper), "accepted");
        assert_outcome(&super::CHECK, &accepted(tamper), Outcome::Fail);
    }
}

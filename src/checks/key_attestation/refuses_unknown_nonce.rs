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
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn a_refusal_holds_and_a_credential_breaks() {
        let tamper = "attestation-unknown-nonce";
        assert_holds(&super::CHECK, &refused(tamper, "invalid_nonce"));
        assert_breaks(
            &super::CHECK,
            &refused(tamper, "unknown_credential_configuration"),
            "unknown_credential_configuration",
        );
        assert_outcome(&super::CHECK, &accepted(tamper), Outcome::Fail);
    }
}

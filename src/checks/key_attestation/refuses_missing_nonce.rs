//! A fresh attestation says so.

use super::{INVALID_PROOF, demanded, in_a_header};
use crate::checks::{Check, Control, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "key-attestation/refuses-missing-nonce",
    aliases: &[],
    since: "2026.3",
    title: "a key attestation without nonce is refused",
    level: Level::Must,
    raised_by: &[],
    applies: demanded,
    spec: &["vci#attestation-proof-type", "vci#jwt-proof-type"],
    obligation: "where there is a nonce endpoint, a key attestation without nonce is refused with 400 invalid_proof",
    doc: "An attestation that takes the place of a proof has no other sign that it is \
          fresh. In the header of a `jwt` proof the wallet must set it too; there the \
          proof carries the nonce as well, so that passing over it only warns.\n\n\
          Demand `nonce` and look it up like that of a proof.",
    judge: Judge::Refusal(Refusal {
        tamper: "attestation-missing-nonce",
        expects: INVALID_PROOF,
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
        let tamper = "attestation-missing-nonce";
        assert_holds(&super::CHECK, &refused(tamper, "invalid_proof"));
        assert_breaks(&super::CHECK, &refused(tamper, "invalid_nonce"), "invalid_nonce");
        assert_outcome(&super::CHECK, &accepted(tamper), Outcome::Fail);
    }
}

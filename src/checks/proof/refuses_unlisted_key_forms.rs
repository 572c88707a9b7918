//! Who binds to DIDs does not bind to bare keys.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-unlisted-key-forms",
    aliases: &[],
    since: "2026.3",
    title: "a bare key is refused where only DIDs are listed",
    level: Level::Note,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#credential-issuer-parameters"],
    obligation: "a key proof with a jwk header is refused with 400 invalid_proof where cryptographic_binding_methods_supported lists nothing but DID methods",
    doc: "`cryptographic_binding_methods_supported` says in which form a credential names its holder's key. Where it lists only \
          DID methods, verifiers look for a DID, and a credential for a bare key has none to show.\n\n\
          Refuse the proof, or list `jwk` if such keys are welcome.",
    judge: Judge::Refusal(invalid_proof("proof-unlisted-jwk")),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn invalid_proof_holds_and_a_credential_is_noted() {
        let tamper = "proof-unlisted-jwk";
        assert_holds(&super::CHECK, &refused(tamper, "invalid_proof"));
        assert_breaks(&super::CHECK, &accepted(tamper), "accepted");
        assert_outcome(&super::CHECK, &accepted(tamper), Outcome::Note);
    }
}

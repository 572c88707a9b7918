//! A key behind a DID is taken by the methods that are announced.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-unlisted-did-methods",
    aliases: &[],
    since: "2026.3",
    title: "a key proof by a DID of a method that is not listed is refused",
    level: Level::Note,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type", "vci#credential-issuer-parameters"],
    obligation: "a key proof whose kid is a DID URL of a method that cryptographic_binding_methods_supported does not list is refused with 400 invalid_proof",
    doc: "A `kid` that is a DID URL leads to a key by the rules of its method. An issuer that resolves whatever comes fetches \
          documents from addresses that the wallet made up, as with `did:web`, and binds credentials to \
          identifiers that verifiers in its ecosystem may not know.\n\n\
          Hand the list of the metadata to the resolver as the methods it may use, or extend the list. The proof sent \
          here is good otherwise, and its DID has the key in it.",
    judge: Judge::Refusal(invalid_proof("proof-unlisted-did")),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn invalid_proof_holds_and_a_credential_is_noted() {
        let tamper = "proof-unlisted-did";
        assert_holds(&super::CHECK, &refused(tamper, "invalid_proof"));
        assert_breaks(&super::CHECK, &accepted(tamper), "accepted");
        assert_outcome(&super::CHECK, &accepted(tamper), Outcome::Note);
    }
}

//! A proof made for another issuer is a replay.

use super::invalid_proof;
use crate::checks::{Check, Judge, Level, applicability};

pub static CHECK: Check = Check {
    id: "proof/refuses-wrong-aud",
    aliases: &[],
    since: "2026.1",
    title: "a key proof for another audience is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#jwt-proof-type", "vci#verifying-key-proof"],
    obligation: "a key proof whose aud is not the Credential Issuer Identifier is refused with 400 invalid_proof",
    doc: "An issuer that receives a proof could hand it on to another issuer, if that one \
          did not look at `aud`. Verifiers skip it when the JOSE library is not given an \
          expected audience, or compare a prefix only.\n\n\
          Compare `aud` with the Credential Issuer Identifier as a whole string: the value \
          of `credential_issuer` in the metadata, not the URL of the Credential Endpoint \
          and not the identifier of the authorization server.",
    judge: Judge::Refusal(invalid_proof("proof-wrong-aud")),
};

#[cfg(test)]
mod tests {
    use super::super::staged::{accepted, refused};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn invalid_proof_holds_another_code_warns_and_a_credential_fails() {
        let tamper = "proof-wrong-aud";
        assert_holds(&super::CHECK, &refused(tamper, "invalid_proof"));
        assert_outcome(&super::CHECK, &refused(tamper, "invalid_nonce"), Outcome::Warn);
        assert_breaks(&super::CHECK, &accepted(tamper), "accepted");
        assert_outcome(&super::CHECK, &accepted(tamper), Outcome::Fail);
    }
}

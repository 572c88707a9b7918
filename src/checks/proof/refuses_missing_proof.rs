//! A credential bound to no key can be shown by anybody.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "proof/refuses-missing-proof",
    aliases: &[],
    since: "2026.1",
    title: "a request without proofs is refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::key_proofs,
    spec: &["vci#credential-request", "vci#credential-request-errors"],
    obligation: "a credential request without proofs, for a configuration that lists proof types, is refused with 400 invalid_proof",
    doc: "`proof_types_supported` in the metadata says that the credential is bound to a key; then \
          `proofs` is required. An issuer that treats it as optional issues a bearer credential, or \
          one bound to the DPoP key that it happens to know.\n\n\
          The missing field is the first case in the definition of `invalid_proof`. \
          `invalid_credential_request` (a required parameter is missing) can be argued for, and \
          warns.",
    judge: Judge::Refusal(Refusal {
        tamper: "proof-missing",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400],
            codes: &["invalid_proof"],
            tolerated: &["invalid_credential_request"],
            code_in: CodeIn::Body,
            fixed: true,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

#[cfg(test)]
mod tests {
    use super::super::staged::accepted;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_outcome, honest_metadata};
    use serde_json::json;

    const TAMPER: &str = "proof-missing";

    #[test]
    fn a_configuration_without_proof_types_needs_no_proof() {
        let mut metadata = honest_metadata();
        metadata["credential_configurations_supported"]["card"] = json!({"format": "dc+sd-jwt"});
        let asking_for = |id: &str| {
            let body = json!({ "credential_configuration_id": id }).to_string();
            accepted(TAMPER)
                .sent("POST", "https://issuer.example/credential", &[], &body)
                .issuer_metadata(metadata.clone())
        };
        assert_outcome(&super::CHECK, &asking_for("pid"), Outcome::Fail);
        assert_outcome(&super::CHECK, &asking_for("card"), Outcome::NotApplicable);
    }
}

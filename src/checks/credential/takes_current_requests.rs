//! An issuer may understand what older drafts had. What 1.0 has, it must understand.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/takes-current-requests",
    aliases: &[],
    since: "2026.3",
    title: "a credential request of 1.0 is granted",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request"],
    obligation: "a credential request by credential_configuration_id or credential_identifier, with its key proofs in proofs, is granted",
    doc: "Until draft 14 a request said what it wanted by `format` and type, and until draft 15 a single key \
          proof stood in `proof`. An issuer that looks only there tells wallets of 1.0 that their proof is \
          missing, or their format. To find out, the wallet asks once as 1.0 has it, whatever form the issuer \
          understood besides.\n\n\
          Read `credential_configuration_id`, or `credential_identifier` where you named any, and an array of \
          JWTs in `proofs.jwt`, also where you issue one credential at a time. The old members may stay \
          beside them for old wallets.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "current-request",
        stations: &[Station::Credential],
    }),
};

#[cfg(test)]
mod tests {
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;
    use serde_json::{Value, json};

    #[test]
    fn a_grant_holds_and_a_refusal_breaks() {
        let issued = json!({"credentials": [{"credential": "a~"}]});
        let stage =
            |status: u16, body: Value| {
                Stage::new()
                    .tampered("current-request", Station::Credential, status, body)
                    .answer_json(Station::Credential, 200, issued.clone())
            };
        assert_holds(&super::CHECK, &stage(200, issued.clone()));
        let refused = stage(400, json!({"error": "invalid_proof"}));
        assert_breaks(&super::CHECK, &refused, "400 invalid_proof");
    }
}

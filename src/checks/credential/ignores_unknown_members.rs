//! Extensions are possible only where the unknown is ignored.

use crate::checks::{Acceptance, Check, Judge, Level, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/ignores-unknown-members",
    aliases: &[],
    since: "2026.1",
    title: "unknown members of a credential request are ignored",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request"],
    obligation: "a credential request with a member that the specification does not define is granted all the same",
    doc: "A body type that forbids unknown members (`additionalProperties: false`, \
          `FAIL_ON_UNKNOWN_PROPERTIES`, `deny_unknown_fields`, a strict validation schema) refuses \
          wallets that speak an extension, or the next version of the specification.\n\n\
          Turn strictness off for the Credential Request. `invalid_credential_request` for an \
          \"unsupported parameter\" is meant for known names with values that are not supported.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "unknown-member",
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
                    .tampered("unknown-member", Station::Credential, status, body)
                    .answer_json(Station::Credential, 200, issued.clone())
            };
        assert_holds(&super::CHECK, &stage(200, issued.clone()));
        let refused = stage(400, json!({"error": "invalid_credential_request"}));
        assert_breaks(&super::CHECK, &refused, "400");
    }
}

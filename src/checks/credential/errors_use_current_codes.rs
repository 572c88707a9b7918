//! Codes that a wallet of 1.0 Final knows.

use super::payload_errors;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::errors::{CREDENTIAL_CODES, FORMER_CREDENTIAL_CODES};

pub static CHECK: Check = Check {
    id: "credential/errors-use-current-codes",
    aliases: &[],
    since: "2026.1",
    title: "credential errors use the codes of 1.0 Final",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-request-errors"],
    obligation: "the error codes of the Credential Endpoint are those that 1.0 Final lists",
    doc: "A wallet decides by the code what to do next: fetch a nonce on `invalid_nonce`, give up on \
          `credential_request_denied`. It cannot do so with a code it does not know. \
          `unsupported_credential_type`, `unsupported_credential_format`, `issuance_pending` and \
          `invalid_or_missing_proof` are codes of drafts.\n\n\
          The specification recommends its list rather than demanding it, so this warns.",
    judge: Judge::Transcript(errors_use_current_codes),
};

fn errors_use_current_codes(scene: &Scene<'_>) -> Finding {
    let mut seen = false;
    for answered in payload_errors(scene) {
        let Some(code) = answered.error_code() else {
            continue;
        };
        seen = true;
        // That the generic code is wrong here is what credential/errors-are-json says.
        if CREDENTIAL_CODES.contains(&code.as_str()) || code == "invalid_request" {
            continue;
        }
        let found = if FORMER_CREDENTIAL_CODES.contains(&code.as_str()) {
            format!("{code}, a code of drafts")
        } else {
            format!("{code:?}, which is not listed")
        };
        let breach = Breach::new(format!("one of {}", CREDENTIAL_CODES.join(", ")), found);
        return Finding::Breaks(breach.at([answered.exchange.number]));
    }
    if seen {
        Finding::Holds
    } else {
        Finding::Silent("no credential request was refused with an error code")
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;
    use serde_json::json;

    #[test]
    fn listed_codes_hold_and_those_of_drafts_do_not() {
        let stage = |code: &str| {
            let body = json!({ "error": code });
            Stage::new().tampered("unknown-configuration", Station::Credential, 400, body)
        };
        assert_holds(&super::CHECK, &stage("unknown_credential_configuration"));
        let old = stage("unsupported_credential_type");
        assert_breaks(&super::CHECK, &old, "a code of drafts");
        assert_breaks(&super::CHECK, &stage("oops"), "not listed");
    }
}

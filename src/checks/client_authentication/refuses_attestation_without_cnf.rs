//! An attestation names the key to be proved.

use super::{attested_clients, invalid_client};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-attestation-without-cnf",
    aliases: &[],
    since: "2026.3",
    title: "a client attestation without cnf is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.1", "rfc7800#section-3.2"],
    obligation: "a client attestation without cnf is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "Without `cnf` there is no key to verify the proof with, and a server that \
          skips the proof then lets everybody in who has seen the attestation.\n\n\
          Refuse an attestation without `cnf.jwk` before looking at the proof.",
    judge: Judge::Refusal(invalid_client("client-attestation-missing-cnf")),
};

#[cfg(test)]
mod tests {
    use super::super::staged::attested;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn a_refusal_holds_and_a_token_breaks() {
        let refused =
            |code: &str| attested("client-attestation-missing-cnf", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted =
            attested("client-attestation-missing-cnf", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}

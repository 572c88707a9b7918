//! Proof and attestation speak of the same client.

use super::{attested_clients, in_later_drafts, invalid_client};
use crate::checks::{Check, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-proof-of-another-client",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof that names another client is refused",
    level: Level::Must,
    raised_by: &[],
    applies: attested_clients,
    spec: &["abca#section-5.2", "abca#section-9"],
    obligation: "a client's proof whose iss is not the sub of the attestation is refused with 400 or 401 and invalid_client or invalid_client_attestation",
    doc: "The edition of the draft that OpenID4VCI pins has `iss` in the proof and \
          compares it with `sub`. Later editions have dropped it, so a server that \
          passes over it is only warned.\n\n\
          Compare `iss`, where it is sent, with `sub`.",
    judge: Judge::Refusal(Refusal {
        leniency: Some(in_later_drafts),
        ..invalid_client("client-proof-another-client")
    }),
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
            |code: &str| attested("client-proof-another-client", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = attested("client-proof-another-client", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Warn);
    }
}

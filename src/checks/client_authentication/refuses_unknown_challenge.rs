//! A challenge is one that was given.

use super::{challenged_clients, needs_challenge};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-unknown-challenge",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof with an unknown challenge is refused",
    level: Level::Must,
    raised_by: &[],
    applies: challenged_clients,
    spec: &["abca#section-6.2", "abca#section-9"],
    obligation: "a client's proof with a challenge that the server never gave is refused with 400 or 401 and use_attestation_challenge",
    doc: "Checking that `challenge` is there is not checking whose it is. Challenges \
          that expired must get the same answer, so that the wallet can try again.\n\n\
          Look the challenge up, or verify that it is one of yours, and answer \
          `use_attestation_challenge` otherwise.",
    judge: Judge::Refusal(needs_challenge("client-proof-unknown-challenge")),
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
            |code: &str| attested("client-proof-unknown-challenge", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("use_attestation_challenge"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted =
            attested("client-proof-unknown-challenge", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}

//! A challenge that was given comes back.

use super::{challenged_clients, needs_challenge};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-missing-challenge",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof without the challenge is refused",
    level: Level::Must,
    raised_by: &[],
    applies: challenged_clients,
    spec: &["abca#section-6.2", "abca#section-8", "abca#section-9"],
    obligation: "where the server gives challenges, a client's proof without one is refused with 400 or 401 and use_attestation_challenge",
    doc: "A server that hands out challenges and does not ask for them has only the \
          clock to go by. The code is prescribed: it tells the wallet to sign again \
          with the challenge that comes along.\n\n\
          Answer `use_attestation_challenge` with a fresh challenge in `OAuth-Client- \
          Attestation-Challenge`.",
    judge: Judge::Refusal(needs_challenge("client-proof-missing-challenge")),
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
            |code: &str| attested("client-proof-missing-challenge", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("use_attestation_challenge"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted =
            attested("client-proof-missing-challenge", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Fail);
    }
}

//! A proof works once.

use super::{replayed, unchallenged_clients};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-replayed-proof",
    aliases: &[],
    since: "2026.3",
    title: "a replayed client's proof is refused",
    level: Level::Should,
    raised_by: &[],
    applies: unchallenged_clients,
    spec: &["abca#section-12.1"],
    obligation: "a client's proof that was accepted before is refused with 400 or 401 and invalid_client or invalid_client_attestation, where the server gives no challenges",
    doc: "Who reads a request can send it again. The draft recommends that a server without challenges remembers \
          each `jti` for as long as its proof would be accepted: the time in the proof does not end it at \
          once.\n\n\
          Keep them in a store that all replicas share, or give challenges.",
    judge: Judge::Refusal(replayed()),
};

#[cfg(test)]
mod tests {
    use super::super::staged::attested;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;
    use serde_json::json;

    #[test]
    fn a_refusal_holds_and_a_token_breaks() {
        let refused = |code: &str| attested("client-proof-replayed", 400, json!({ "error": code }));
        assert_holds(&super::CHECK, &refused("invalid_client"));
        assert_breaks(&super::CHECK, &refused("invalid_scope"), "invalid_scope");
        let granted = attested("client-proof-replayed", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Warn);
        let challenge = [("oauth-client-attestation-challenge", "c")];
        let challenged = granted.answer(Station::Token, 200, &challenge, "{}");
        assert_outcome(&super::CHECK, &challenged, Outcome::NotApplicable);
    }
}

//! A challenge may be remembered.

use super::{challenged_clients, replayed};
use crate::checks::{Check, Judge, Level};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-replayed-challenge",
    aliases: &[],
    since: "2026.3",
    title: "a client's proof over a challenge that was used is refused",
    level: Level::Note,
    raised_by: &[],
    applies: challenged_clients,
    spec: &["abca#section-12.1"],
    obligation: "where the server gives challenges, a client's proof that was accepted before is refused with 400 or 401 and invalid_client, invalid_client_attestation or use_attestation_challenge",
    doc: "A challenge shows that a proof is fresh. Whether it also shows that it is new is the server's choice: the draft \
          lets it give self-contained challenges and keep no list of those it has seen, so this only notes that \
          whoever reads a request can send it again until the challenge expires.\n\n\
          Keep such challenges short-lived, or remember each until it expires.",
    judge: Judge::Refusal(replayed()),
};

#[cfg(test)]
mod tests {
    use super::super::staged::attested;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome};
    use crate::transcript::Station;
    use serde_json::{Value, json};

    fn challenged(status: u16, body: Value) -> Stage {
        let challenge = [("oauth-client-attestation-challenge", "c")];
        let stage = attested("client-proof-replayed", status, body);
        stage.answer(Station::Token, 200, &challenge, "{}")
    }

    #[test]
    fn a_refusal_holds_and_a_token_is_noted() {
        let refused = challenged(400, json!({ "error": "use_attestation_challenge" }));
        assert_holds(&super::CHECK, &refused);
        let granted = challenged(200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &granted, Outcome::Note);
        let unchallenged = attested("client-proof-replayed", 200, json!({ "access_token": "t" }));
        assert_outcome(&super::CHECK, &unchallenged, Outcome::NotApplicable);
    }
}

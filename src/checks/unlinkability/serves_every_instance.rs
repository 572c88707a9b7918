//! A client id of one's own for each installation would be a name of its user.

use crate::checks::{Acceptance, Applies, Check, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "unlinkability/serves-every-instance",
    aliases: &[],
    since: "2026.3",
    title: "installations of one wallet share a client id",
    level: Level::Should,
    raised_by: &[],
    applies: attested,
    spec: &["vci#walletattestation-sub", "haip#wallet-attestation"],
    obligation: "another installation of a wallet, attested as the same client with a key of its own, is served as well",
    doc: "So that nobody is recognised by it, the `sub` of a wallet attestation is the same in every \
          installation of a wallet, and only the key in `cnf` differs. A server that keeps one key for each \
          client, from the first request or from a registration, serves one user and refuses all \
          others.\n\n\
          Keep nothing about the key beyond what the tokens of one installation are bound to.",
    judge: Judge::Acceptance(Acceptance {
        tamper: "client-another-instance",
        stations: &[Station::Token],
    }),
};

/// Concerns servers at which the wallet authenticates by an attestation.
pub(in crate::checks) fn attested(scene: &Scene<'_>) -> Applies {
    let mut requests = scene.transcript.at(Station::Token).peekable();
    let unknown = requests.peek().is_none();
    let is_attested =
        requests.any(|exchange| exchange.request.headers.get("oauth-client-attestation").is_some());
    Applies::when(unknown || is_attested, "the wallet does not authenticate by an attestation")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn answered(headers: &[(&str, &str)], status: u16, body: Value) -> Stage {
        let url = "https://issuer.example/token";
        let stage = Stage::new().answer_json(Station::Token, 200, json!({"access_token": "t"}));
        stage
            .sent("POST", url, headers, "a=b")
            .tampered("client-another-instance", Station::Token, status, body)
            .sent("POST", url, headers, "a=b")
    }

    #[test]
    fn the_second_key_is_as_good_as_the_first() {
        let attested = [("oauth-client-attestation", "a.b.c")];
        assert_holds(&super::CHECK, &answered(&attested, 200, json!({"access_token": "u"})));
        let refused = json!({"error": "invalid_client"});
        assert_breaks(&super::CHECK, &answered(&attested, 401, refused.clone()), "invalid_client");
        assert_outcome(&super::CHECK, &answered(&[], 401, refused), Outcome::NotApplicable);
    }
}

//! Each server can vouch for its own nonces only.

use super::AT_CREDENTIAL;
use super::refuses_made_up_nonce::{CODES, handed_out_by_credential_issuer};
use crate::checks::{
    Applies, Check, Control, Expectation, Judge, Level, Refusal, Scene, applicability,
};

pub static CHECK: Check = Check {
    id: "dpop/refuses-nonces-of-the-other-server",
    aliases: &[],
    since: "2026.3",
    title: "a nonce of the other server is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: between_two_servers,
    spec: &["rfc9449#section-9"],
    obligation: "a DPoP proof for the credential issuer with a nonce of the authorization server is refused",
    doc: "Where the authorization server is a server of its own, its nonces say nothing to the \
          credential issuer. One that takes them shares its secret with the other server, or does \
          not look at nonces at all.\n\n\
          Give each server a key of its own for its nonces, or put its name into them, and answer \
          `use_dpop_nonce` with a fresh `DPoP-Nonce` to a stranger's.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-nonce-of-the-other-server",
        expects: &[Expectation {
            applies: handed_out_by_credential_issuer,
            codes: CODES,
            ..AT_CREDENTIAL
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

/// Concerns issuers whose metadata have codes redeemed by a server that is not the issuer itself.
fn between_two_servers(scene: &Scene<'_>) -> Applies {
    if let Applies::No(reason) = applicability::dpop(scene) {
        return Applies::No(reason);
    }
    let (Some(metadata), Some(server)) = (scene.issuer_metadata(), scene.as_metadata()) else {
        return Applies::Yes;
    };
    let is_another = server.json().get("issuer") != metadata.json().get("credential_issuer");
    Applies::when(is_another, "the credential issuer is its own authorization server")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::controls;
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_as_metadata, honest_metadata,
        with,
    };
    use crate::transcript::Station;

    const TAMPER: &str = "dpop-nonce-of-the-other-server";

    fn two_servers() -> Stage {
        let servers = json!(["https://login.example"]);
        controls()
            .issuer_metadata(with(honest_metadata(), "/authorization_servers", servers))
            .answer(Station::Nonce, 200, &[("DPoP-Nonce", "n")], "{}")
    }

    #[test]
    fn it_is_no_better_than_a_made_up_one() {
        let right = two_servers().refused_at_credential(TAMPER, 401, "use_dpop_nonce");
        assert_holds(&super::CHECK, &right);
        let accepted = two_servers().accepted(TAMPER, Station::Credential);
        assert_breaks(&super::CHECK, &accepted, "accepted");
    }

    #[test]
    fn one_server_may_know_all_its_nonces() {
        let one = controls()
            .issuer_metadata(honest_metadata())
            .as_metadata(honest_as_metadata())
            .answer(Station::Nonce, 200, &[("DPoP-Nonce", "n")], "{}")
            .accepted(TAMPER, Station::Credential);
        assert_outcome(&super::CHECK, &one, Outcome::NotApplicable);
    }
}

//! Rotation is worth what becomes of the old token.

use super::INVALID_GRANT;
use super::rotates_or_binds::of_public_clients;
use crate::checks::{Answered, Check, Control, Judge, Level, Refusal, Scene};
use crate::protocol::TokenResponse;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "refresh/refuses-a-replaced-token",
    aliases: &[],
    since: "2026.3",
    title: "a refresh token that was replaced is refused",
    level: Level::Should,
    raised_by: &[],
    applies: of_public_clients,
    spec: &["rfc9700#section-4.14.2", "rfc6749#section-5.2"],
    obligation: "a refresh token in whose place another was issued is refused with 400 invalid_grant",
    doc: "Rotation finds a thief out only if the old token is dead. A server that issues a new refresh token with \
          each response and leaves the old one good has two tokens where it had one. Mark the old one as \
          used in the same step that makes the new one, and answer `invalid_grant`. OAuth itself leaves it \
          to the server; the best current practice, which OpenID4VCI recommends to follow, does not.\n\n\
          Some servers let the old one live for seconds, for clients that lost the answer. With a token \
          that is bound to a key this only warns: the key protects it.",
    judge: Judge::Refusal(Refusal {
        tamper: "refresh-replaced",
        expects: &[INVALID_GRANT],
        control: Control::Needed,
        leniency: Some(is_bound),
    }),
};

fn is_bound(_: &Answered<'_>, scene: &Scene<'_>) -> Option<&'static str> {
    let mut responses = scene.granted(Station::Token).filter_map(|answered| answered.json);
    let is_bound = responses.any(|json| TokenResponse::new(json).is_dpop_bound());
    is_bound.then_some("the refresh token is bound to a DPoP key, which protects the old one too")
}

#[cfg(test)]
mod tests {
    use super::super::staged::{redeemed, response};

    fn why(kind: &str) -> Option<String> {
        let stage = redeemed(kind)
            .refreshed(200, response("a2", kind, Some("r2")))
            .refreshed_wrongly("refresh-replaced", 200, response("a3", kind, None));
        stage.verdicts(&super::CHECK)[0].because.clone()
    }

    #[test]
    fn a_key_protects_the_old_one() {
        assert!(why("DPoP").is_some_and(|why| why.contains("bound to a DPoP key")));
        assert_eq!(why("Bearer"), None);
    }
}

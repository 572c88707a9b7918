//! A stolen refresh token is worth nothing without the key.

use super::INVALID_GRANT;
use super::rotates_or_binds::of_public_clients;
use crate::checks::{Applies, Check, Control, Expectation, Judge, Level, Refusal, Scene};
use crate::protocol::TokenResponse;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "refresh/refuses-another-key",
    aliases: &[],
    since: "2026.3",
    title: "a refresh by another DPoP key is refused",
    level: Level::Must,
    raised_by: &[],
    applies: with_bound_tokens,
    spec: &["rfc9449#section-5"],
    obligation: "a refresh token that a public client got with a DPoP proof is refused with a valid proof by another key",
    doc: "The server binds the refresh token of a public client to the key of the DPoP proof, whether or not the \
          access token says so. One that verifies each proof by itself, and does not compare its thumbprint \
          with the one kept beside the refresh token, gives a thief fresh tokens bound to the thief's own \
          key. Refuse with `invalid_grant`, or with `invalid_dpop_proof`.",
    judge: Judge::Refusal(Refusal {
        tamper: "refresh-another-key",
        expects: &[Expectation {
            codes: &["invalid_grant", "invalid_dpop_proof"],
            fixed: false,
            ..INVALID_GRANT
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

/// Concerns public clients whose tokens are bound.
fn with_bound_tokens(scene: &Scene<'_>) -> Applies {
    let mut responses =
        scene.granted(Station::Token).filter_map(|answered| answered.json).peekable();
    let unknown = responses.peek().is_none();
    match of_public_clients(scene) {
        Applies::Yes => Applies::when(
            unknown || responses.any(|json| TokenResponse::new(json).is_dpop_bound()),
            "the tokens are bound to no DPoP key",
        ),
        no => no,
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{redeemed, response};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_outcome};

    fn granted(kind: &str) -> Stage {
        redeemed(kind).refreshed(200, response("a2", kind, None)).refreshed_wrongly(
            "refresh-another-key",
            200,
            response("a3", kind, None),
        )
    }

    #[test]
    fn an_unbound_token_has_no_key() {
        assert_outcome(&super::CHECK, &granted("DPoP"), Outcome::Fail);
        assert_outcome(&super::CHECK, &granted("Bearer"), Outcome::NotApplicable);
    }
}

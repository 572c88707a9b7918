//! A refresh token is made out to one client.

use super::{INVALID_GRANT, is_refresh, issues_refresh_tokens};
use crate::checks::{Applies, Check, Control, Expectation, Judge, Level, Refusal, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "refresh/refuses-another-client",
    aliases: &[],
    since: "2026.3",
    title: "another client cannot use the refresh token",
    level: Level::Must,
    raised_by: &[],
    applies: with_client_id,
    spec: &["rfc6749#section-6", "rfc6749#section-10.4"],
    obligation: "a refresh token that is sent under another client_id is refused",
    doc: "The server has to keep the client with each refresh token and compare. Where clients authenticate with \
          nothing, `client_id` is all there is, and a handler that loads the token by its value alone never \
          looks at it. Refuse with `invalid_grant`, or with `invalid_client` where the client is not known \
          at all.",
    judge: Judge::Refusal(Refusal {
        tamper: "refresh-another-client",
        expects: &[Expectation {
            status: &[400, 401],
            codes: &["invalid_grant", "invalid_client", "unauthorized_client"],
            fixed: false,
            ..INVALID_GRANT
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

/// Concerns wallets that name a client when they refresh.
fn with_client_id(scene: &Scene<'_>) -> Applies {
    let mut refreshes = scene
        .transcript
        .at(Station::Token)
        .filter(|exchange| exchange.tamper.is_none() && is_refresh(exchange))
        .peekable();
    let unknown = refreshes.peek().is_none();
    match issues_refresh_tokens(scene) {
        Applies::Yes => Applies::when(
            unknown || refreshes.any(|exchange| exchange.form_value("client_id").is_some()),
            "the wallet is anonymous",
        ),
        no => no,
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{redeemed, response};
    use crate::checks::Outcome;
    use crate::checks::staging::assert_outcome;

    #[test]
    fn an_anonymous_wallet_has_no_client_to_compare() {
        let stage = redeemed("Bearer").refreshed(200, response("a2", "Bearer", None)).sent(
            "POST",
            "https://issuer.example/token",
            &[],
            "refresh_token=r1",
        );
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

//! What must hold of refresh tokens, where there are any.

mod ends_the_line_at_reuse;
mod ends_with_eligibility;
mod ignores_a_tx_code;
mod is_announced;
mod issues_again;
mod issues_to_the_same_key;
mod keeps_bound_tokens;
mod keeps_credential_identifiers;
mod keeps_the_scope;
mod keeps_the_token_type;
mod refuses_a_replaced_token;
mod refuses_an_unknown_token;
mod refuses_another_client;
mod refuses_another_instance;
mod refuses_another_key;
mod rotates_or_binds;
mod shows_current_claims;
mod yields_a_token;

use super::{Answered, Applies, Check, CodeIn, Expectation, Scene};
use crate::protocol::TokenResponse;
use crate::transcript::{Exchange, Station};

/// The checks of refresh tokens.
pub const CHECKS: &[&Check] = &[
    &is_announced::CHECK,
    &yields_a_token::CHECK,
    &keeps_the_token_type::CHECK,
    &keeps_credential_identifiers::CHECK,
    &issues_again::CHECK,
    &issues_to_the_same_key::CHECK,
    &rotates_or_binds::CHECK,
    &keeps_bound_tokens::CHECK,
    &refuses_an_unknown_token::CHECK,
    &refuses_another_client::CHECK,
    &refuses_another_key::CHECK,
    &refuses_another_instance::CHECK,
    &refuses_a_replaced_token::CHECK,
    &ends_the_line_at_reuse::CHECK,
    &ends_with_eligibility::CHECK,
    &shows_current_claims::CHECK,
    &keeps_the_scope::CHECK,
    &ignores_a_tx_code::CHECK,
];

/// A refresh token that is not good (RFC 6749 5.2): `error` is REQUIRED and one of a list whose
/// entries say what they are for.
pub(super) const INVALID_GRANT: Expectation = Expectation {
    station: Station::Token,
    applies: issues_refresh_tokens,
    status: &[400],
    codes: &["invalid_grant"],
    tolerated: &[],
    code_in: CodeIn::Body,
    fixed: true,
};

/// Concerns authorization servers that issue refresh tokens: they need not (OpenID4VCI 6).
pub(super) fn issues_refresh_tokens(scene: &Scene<'_>) -> Applies {
    let mut responses =
        scene.granted(Station::Token).filter_map(|answered| answered.json).peekable();
    let unknown = responses.peek().is_none();
    Applies::when(
        unknown || responses.any(|json| TokenResponse::new(json).refresh_token().is_some()),
        "no token response carries a refresh_token",
    )
}

/// Whether a token request was made with a refresh token.
fn is_refresh(exchange: &Exchange) -> bool {
    exchange.form_value("refresh_token").is_some()
}

/// The responses to a wallet's earlier token requests that were as they should be, latest first.
fn before<'s>(
    answered: &Answered<'_>,
    scene: &'s Scene<'_>,
) -> impl Iterator<Item = TokenResponse<'s>> {
    let (wallet, offer) = (answered.exchange.wallet.clone(), answered.exchange.offer);
    let number = answered.exchange.number;
    let own = scene.granted(Station::Token).filter(move |earlier| {
        let exchange = earlier.exchange;
        exchange.number < number && exchange.wallet == wallet && exchange.offer == offer
    });
    let mut responses: Vec<TokenResponse<'s>> =
        own.filter_map(|earlier| earlier.json.map(TokenResponse::new)).collect();
    responses.reverse();
    responses.into_iter()
}

#[cfg(test)]
mod staged {
    //! Tokens, and what renews them.

    use serde_json::{Value, json};

    use crate::checks::staging::Stage;
    use crate::transcript::Station;

    /// A wallet that redeemed a code, and was given a refresh token.
    pub fn redeemed(token_type: &str) -> Stage {
        Stage::new().answer_json(Station::Token, 200, response("a1", token_type, Some("r1"))).sent(
            "POST",
            "https://issuer.example/token",
            &[],
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code&pre-authorized_code=c",
        )
    }

    /// A token response.
    pub fn response(access_token: &str, token_type: &str, refresh_token: Option<&str>) -> Value {
        let mut body = json!({ "access_token": access_token, "token_type": token_type });
        if let Some(refresh_token) = refresh_token {
            body["refresh_token"] = json!(refresh_token);
        }
        body
    }

    impl Stage {
        /// A refresh that got this answer.
        pub fn refreshed(self, status: u16, body: Value) -> Self {
            self.answer_json(Station::Token, status, body).of_a_refresh()
        }

        /// A refresh with this thing wrong, and its answer.
        pub fn refreshed_wrongly(self, tamper: &str, status: u16, body: Value) -> Self {
            self.tampered(tamper, Station::Token, status, body).of_a_refresh()
        }

        /// The last exchange was a refresh.
        fn of_a_refresh(self) -> Self {
            self.sent(
                "POST",
                "https://issuer.example/token",
                &[],
                "grant_type=refresh_token&refresh_token=r1&client_id=w",
            )
        }

        /// A plain refresh that was granted.
        pub fn renewed(self) -> Self {
            self.refreshed(200, response("a2", "Bearer", Some("r2")))
        }
    }

    /// A refresh with this thing wrong between two that are not.
    pub fn refused(tamper: &str, status: u16, code: &str) -> Stage {
        let body = json!({ "error": code });
        redeemed("Bearer").renewed().refreshed_wrongly(tamper, status, body)
    }

    /// A refresh with this thing wrong that was granted.
    pub fn granted(tamper: &str) -> Stage {
        let body = response("a3", "Bearer", None);
        redeemed("Bearer").renewed().refreshed_wrongly(tamper, 200, body)
    }
}

//! What must hold of DPoP, at the Token Endpoint and wherever the token is presented.

mod accepts_announced_algorithms;
mod binds_the_token;
mod challenges_for_a_nonce;
mod challenges_name_algorithms;
mod claims;
mod ignores_unknown_members;
mod compares_urls_in_normal_form;
mod looks_at_the_key_alone;
mod overlooks_a_query_in_htu;
mod overlooks_a_query_in_the_request;
mod refuses_alg_none;
mod refuses_another_key;
mod refuses_bad_signature;
mod refuses_bearer_downgrade;
mod refuses_made_up_nonce;
mod refuses_doubled_proofs;
mod refuses_missing_ath;
mod refuses_missing_jti;
mod refuses_missing_proof;
mod refuses_nonces_of_the_other_server;
mod refuses_private_key;
mod refuses_replayed_jti;
mod refuses_stale_iat;
mod refuses_unbound_tokens;
mod refuses_wrong_ath;
mod refuses_wrong_htm;
mod refuses_wrong_htu;
mod refuses_unlisted_algorithms;
mod refuses_malformed_proofs;
mod refuses_missing_key;
mod refuses_wrong_typ;
mod sends_one_nonce;
mod takes_nonces_of_the_nonce_endpoint;

use super::{Applies, Check, CodeIn, Expectation, Scene, applicability};
use crate::protocol::TokenResponse;
use crate::transcript::Station;

/// The checks of DPoP, which concern several stations.
pub const CHECKS: &[&Check] = &[
    &binds_the_token::CHECK,
    &refuses_wrong_typ::CHECK,
    &refuses_alg_none::CHECK,
    &refuses_private_key::CHECK,
    &refuses_bad_signature::CHECK,
    &refuses_missing_jti::CHECK,
    &refuses_wrong_htm::CHECK,
    &refuses_wrong_htu::CHECK,
    &refuses_stale_iat::CHECK,
    &refuses_replayed_jti::CHECK,
    &refuses_made_up_nonce::CHECK,
    &refuses_missing_proof::CHECK,
    &refuses_missing_ath::CHECK,
    &refuses_wrong_ath::CHECK,
    &refuses_another_key::CHECK,
    &refuses_bearer_downgrade::CHECK,
    &challenges_for_a_nonce::CHECK,
    &challenges_name_algorithms::CHECK,
    &sends_one_nonce::CHECK,
    &ignores_unknown_members::CHECK,
    &accepts_announced_algorithms::CHECK,
    &refuses_missing_key::CHECK,
    &refuses_malformed_proofs::CHECK,
    &refuses_unlisted_algorithms::CHECK,
    &refuses_doubled_proofs::CHECK,
    &compares_urls_in_normal_form::CHECK,
    &overlooks_a_query_in_htu::CHECK,
    &overlooks_a_query_in_the_request::CHECK,
    &looks_at_the_key_alone::CHECK,
    &refuses_nonces_of_the_other_server::CHECK,
    &refuses_unbound_tokens::CHECK,
    &takes_nonces_of_the_nonce_endpoint::CHECK,
];

/// An invalid proof, at every endpoint.
const AT_EACH_ENDPOINT: &[Expectation] = &[AT_TOKEN, AT_CREDENTIAL, AT_DEFERRED, AT_NOTIFICATION];
/// An invalid proof, wherever the token is presented.
const AT_RESOURCES: &[Expectation] = &[AT_CREDENTIAL, AT_DEFERRED, AT_NOTIFICATION];

/// An invalid proof at the authorization server (RFC 9449 5). That it is refused is a MUST; the
/// sentence about status and code carries no keyword, so another refusal warns.
pub(super) const AT_TOKEN: Expectation = Expectation {
    station: Station::Token,
    applies: applicability::always,
    status: &[400],
    codes: &["invalid_dpop_proof"],
    tolerated: &["use_dpop_nonce", "invalid_request"],
    code_in: CodeIn::Body,
    fixed: false,
};

/// An invalid proof at the resource (RFC 9449 7.1). Access MUST NOT be granted; the server *can*
/// answer with a challenge, which is a 401, and the challenge SHOULD name the error. So another
/// refusal warns.
const AT_CREDENTIAL: Expectation = Expectation {
    station: Station::Credential,
    applies: with_bound_token,
    status: &[401],
    codes: &["invalid_dpop_proof"],
    tolerated: &["invalid_token", "use_dpop_nonce", "invalid_request"],
    code_in: CodeIn::Challenge,
    fixed: false,
};

/// An invalid proof at the Deferred Credential Endpoint, which is such a resource, too.
const AT_DEFERRED: Expectation = Expectation { station: Station::Deferred, ..AT_CREDENTIAL };
/// An invalid proof at the Notification Endpoint, which is another.
const AT_NOTIFICATION: Expectation =
    Expectation { station: Station::Notification, ..AT_CREDENTIAL };

/// Concerns issuers whose tokens are bound: an authorization server may give unbound ones to a
/// wallet that offers DPoP (RFC 9449 5), and a resource then has no proof to look at.
fn with_bound_token(scene: &Scene<'_>) -> Applies {
    let mut tokens = scene
        .granted(Station::Token)
        .filter_map(|answered| Some(TokenResponse::new(answered.json?)))
        .filter(|response| response.access_token().is_some())
        .peekable();
    let unknown = tokens.peek().is_none();
    Applies::when(
        unknown || tokens.any(|response| response.is_dpop_bound()),
        "the access token is not bound to a DPoP key",
    )
}

/// The answers in which an authorization server hands out DPoP nonces.
const AUTHORIZATION_SERVER: &[Station] = &[Station::Token];
/// The answers in which a credential issuer does: its Nonce Endpoint may, too (OpenID4VCI 7.2).
const CREDENTIAL_ISSUER: &[Station] =
    &[Station::Nonce, Station::Credential, Station::Deferred, Station::Notification];

/// The values of `DPoP-Nonce` that a server handed out at these stations, field by field.
fn nonces<'s>(
    scene: &'s Scene<'_>,
    stations: &'static [Station],
) -> impl Iterator<Item = &'s str> + use<'s> {
    scene
        .answered()
        .filter(move |answered| stations.contains(&answered.exchange.station))
        .flat_map(|answered| answered.answer.headers.all("dpop-nonce"))
}

#[cfg(test)]
mod staged {
    //! Refusals of DPoP proofs, with their controls.

    use serde_json::json;

    use crate::checks::Check;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    /// What a control gets at a station.
    fn granted(stage: Stage, station: Station) -> Stage {
        let body = match station {
            Station::Token => json!({"access_token": "t", "token_type": "DPoP"}),
            _ => json!({"credentials": [{"credential": "c"}]}),
        };
        stage.answer_json(station, 200, body)
    }

    /// Untampered requests that were granted at both endpoints.
    pub fn controls() -> Stage {
        granted(granted(Stage::new(), Station::Token), Station::Credential)
    }

    /// What the named row tampers with makes no difference at either endpoint, and a refusal at one
    /// of them breaks.
    #[track_caller]
    pub fn assert_makes_no_difference(check: &'static Check, tamper: &str) {
        let accepted =
            controls().accepted(tamper, Station::Token).accepted(tamper, Station::Credential);
        assert_holds(check, &accepted);
        let at_token = controls().refused_at_token(tamper, 400, "invalid_dpop_proof");
        assert_breaks(check, &at_token, "invalid_dpop_proof");
        let at_resource = controls().refused_at_credential(tamper, 401, "invalid_dpop_proof");
        assert_breaks(check, &at_resource, "invalid_dpop_proof");
    }

    impl Stage {
        /// The authorization server refuses a tampered proof.
        pub fn refused_at_token(self, tamper: &str, status: u16, code: &str) -> Self {
            self.tampered(tamper, Station::Token, status, json!({ "error": code }))
        }

        /// The resource refuses a tampered proof with a challenge.
        pub fn refused_at_credential(self, tamper: &str, status: u16, code: &str) -> Self {
            let challenge = format!(r#"DPoP error="{code}", algs="ES256""#);
            let headers = [("WWW-Authenticate", challenge.as_str())];
            self.tampered_raw(tamper, Station::Credential, status, &headers, "")
        }

        /// A tampered proof makes no difference at a station.
        pub fn accepted(self, tamper: &str, station: Station) -> Self {
            let tamper = tamper.to_owned();
            granted(self, station).last(|exchange| {
                exchange.tamper = Some(crate::transcript::Tamper {
                    name: tamper,
                    says: "staged".into(),
                    places: Vec::new(),
                });
            })
        }
    }
}

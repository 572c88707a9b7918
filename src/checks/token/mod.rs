//! What must hold of the Token Endpoint.

mod refuses_get;
mod refuses_json;
mod refuses_contradictory_claims;
mod refuses_details_of_unknown_type;
mod refuses_details_of_unknown_configurations;
mod refuses_details_without_configuration;
mod ignores_unknown_detail_members;
mod returns_authorization_details;
mod keeps_to_the_selection;
mod grants_a_selection;
mod access_tokens_are_unguessable;
mod answers_as_json;
mod challenge_spares_the_code;
mod errors_are_json;
mod errors_are_printable;
mod ignores_unknown_parameters;
mod is_uncacheable;
mod keeps_bearer_tokens_short_lived;
mod names_credential_identifiers;
mod omits_nonces;
mod redeems_a_code_once;
mod redemption;
mod refuses_an_expired_code;
mod refuses_anonymous_client;
mod refuses_another_issuers_code;
mod refuses_missing_code;
mod refuses_missing_grant_type;
mod refuses_missing_tx_code;
mod refuses_repeated_parameters;
mod refuses_unexpected_tx_code;
mod refuses_unknown_code;
mod refuses_unsupported_grant;
mod refuses_wrong_tx_code;
mod states_its_lifetime;
mod survives_wrong_tx_code;

use serde_json::Value;

use super::{Answered, Applies, Check, CodeIn, Expectation, Scene, applicability};
use crate::protocol::{CredentialOffer, TokenResponse};
use crate::transcript::Station;

/// The checks of this station.
pub const CHECKS: &[&Check] = &[
    &answers_as_json::CHECK,
    &is_uncacheable::CHECK,
    &states_its_lifetime::CHECK,
    &keeps_bearer_tokens_short_lived::CHECK,
    &names_credential_identifiers::CHECK,
    &omits_nonces::CHECK,
    &access_tokens_are_unguessable::CHECK,
    &errors_are_json::CHECK,
    &errors_are_printable::CHECK,
    &refuses_missing_tx_code::CHECK,
    &refuses_wrong_tx_code::CHECK,
    &refuses_unexpected_tx_code::CHECK,
    &survives_wrong_tx_code::CHECK,
    &redeems_a_code_once::CHECK,
    &refuses_anonymous_client::CHECK,
    &refuses_unknown_code::CHECK,
    &refuses_an_expired_code::CHECK,
    &refuses_another_issuers_code::CHECK,
    &refuses_missing_code::CHECK,
    &refuses_missing_grant_type::CHECK,
    &refuses_unsupported_grant::CHECK,
    &refuses_repeated_parameters::CHECK,
    &ignores_unknown_parameters::CHECK,
    &challenge_spares_the_code::CHECK,
    &refuses_get::CHECK,
    &refuses_json::CHECK,
    &refuses_details_of_unknown_type::CHECK,
    &refuses_details_of_unknown_configurations::CHECK,
    &refuses_details_without_configuration::CHECK,
    &refuses_contradictory_claims::CHECK,
    &ignores_unknown_detail_members::CHECK,
    &returns_authorization_details::CHECK,
    &keeps_to_the_selection::CHECK,
    &grants_a_selection::CHECK,
];

/// A malformed request. `error` is REQUIRED and one of a list whose entries say what they are
/// for (RFC 6749 5.2, OpenID4VCI 6.3): another code is as wrong as another status.
const INVALID_REQUEST: Expectation = Expectation {
    station: Station::Token,
    applies: applicability::always,
    status: &[400],
    codes: &["invalid_request"],
    tolerated: &[],
    code_in: CodeIn::Body,
    fixed: true,
};

/// A code or Transaction Code that is not good.
const INVALID_GRANT: Expectation = Expectation { codes: &["invalid_grant"], ..INVALID_REQUEST };

/// Concerns issuers whose offers ask for a Transaction Code.
fn with_tx_code(scene: &Scene<'_>) -> Applies {
    some_offer(scene, true, "no offer asks for a Transaction Code")
}

/// Concerns issuers whose offers do without a Transaction Code.
fn without_tx_code(scene: &Scene<'_>) -> Applies {
    some_offer(scene, false, "every offer asks for a Transaction Code")
}

fn some_offer(scene: &Scene<'_>, with_tx_code: bool, otherwise: &str) -> Applies {
    let mut offers = scene
        .transcript
        .offers
        .iter()
        .filter_map(|offer| Some(CredentialOffer::new(offer.object.as_ref()?)))
        .peekable();
    let unknown = offers.peek().is_none();
    let found = offers.any(|offer| offer.tx_code().is_some() == with_tx_code);
    Applies::when(unknown || found, otherwise)
}

/// Authorization details that say nothing the server knows (RFC 9396 5).
const INVALID_DETAILS: &[Expectation] = &[Expectation {
    station: Station::Token,
    applies: applicability::always,
    status: &[400],
    codes: &["invalid_authorization_details"],
    tolerated: &["invalid_request", "invalid_grant", "invalid_scope"],
    code_in: CodeIn::Body,
    fixed: false,
}];

/// The configurations that a token request asks for by authorization details.
fn asked_for(answered: &Answered<'_>) -> Option<Vec<String>> {
    let details = answered.exchange.form_value("authorization_details")?;
    let details: Value = serde_json::from_str(&details).ok()?;
    let id = |detail: &Value| Some(detail.get("credential_configuration_id")?.as_str()?.to_owned());
    Some(details.as_array()?.iter().filter_map(id).collect())
}

/// Whether a request was refused for the configurations that it chose.
fn refuses_the_choice(answered: &Answered<'_>) -> bool {
    let codes = ["invalid_authorization_details", "invalid_request", "invalid_scope"];
    answered.error_code().is_some_and(|code| codes.contains(&code.as_str()))
}

/// A server that announces authorization details may read them at its authorization endpoint only
/// (OpenID4VCI 6.1.1), and shows it by returning none.
fn reads_no_details_here(_: &Answered<'_>, scene: &Scene<'_>) -> Option<&'static str> {
    let mut tokens = scene.granted(Station::Token).filter_map(|answered| answered.json);
    let returns =
        tokens.any(|json| TokenResponse::new(json).authorization_details().next().is_some());
    (!returns).then_some("it may read them at its authorization endpoint only")
}

/// What HTTP itself says no with, before the protocol has a word: to too much, to another media
/// type, too often.
const NOT_OF_THE_PROTOCOL: &[u16] = &[413, 415, 429];

/// Every answer that refuses a token to a POST, tampered and repeated ones too: another method is
/// no token request. Server errors and refusals of HTTP itself are no answers of the protocol and
/// are left out.
fn refusals<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = Answered<'s>> + use<'s> {
    scene.answered().filter(|answered| {
        let status = answered.answer.status;
        let refuses = (400..500).contains(&status) && !NOT_OF_THE_PROTOCOL.contains(&status);
        let disguised = status < 400 && answered.member("error").is_some();
        answered.exchange.station == Station::Token
            && answered.exchange.request.method == "POST"
            && (refuses || disguised)
            && answered.member("access_token").is_none()
    })
}

#[cfg(test)]
mod staged {
    //! Token requests as a wallet sends them.

    use serde_json::{Value, json};

    use crate::checks::staging::Stage;
    use crate::protocol::PRE_AUTHORIZED_CODE;
    use crate::transcript::Station;

    /// The form of a token request for a code.
    pub fn form(code: &str) -> String {
        url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", PRE_AUTHORIZED_CODE)
            .append_pair("pre-authorized_code", code)
            .finish()
    }

    /// A token response as an honest server gives it.
    pub fn token(access_token: &str) -> Value {
        json!({ "access_token": access_token, "token_type": "DPoP", "expires_in": 300 })
    }

    /// A request tampered with by the named row was refused in that way, a plain one granted.
    pub fn refused(tamper: &str, status: u16, code: &str) -> Stage {
        refused_alone(tamper, status, code).redeems("code", 200, token("t"))
    }

    /// A request tampered with by the named row was refused in that way, and that is all.
    pub fn refused_alone(tamper: &str, status: u16, code: &str) -> Stage {
        Stage::new().tampered(tamper, Station::Token, status, json!({ "error": code }))
    }

    /// A token request that asks for `pid` by authorization details was answered so.
    pub fn asked_by_details(status: u16, body: Value) -> Stage {
        let details = r#"[{"type":"openid_credential","credential_configuration_id":"pid"}]"#;
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("authorization_details", details)
            .finish();
        Stage::new().answer_json(Station::Token, status, body).sent("POST", "https://h", &[], &form)
    }

    /// A token response with authorization details for this configuration.
    pub fn detailed(id: &str) -> Value {
        json!({"access_token": "t", "authorization_details": [{
            "type": "openid_credential",
            "credential_configuration_id": id,
            "credential_identifiers": ["one"]
        }]})
    }

    impl Stage {
        /// A token request for a code, and its answer.
        pub fn redeems(self, code: &str, status: u16, body: Value) -> Self {
            self.answer_json(Station::Token, status, body).last(|exchange| {
                exchange.request.body = form(code).into();
            })
        }

        /// The last request was tampered with by the named row.
        pub fn tampered_by(self, name: &str) -> Self {
            self.last(|exchange| {
                exchange.tamper = Some(crate::transcript::Tamper {
                    name: name.into(),
                    says: "staged".into(),
                    places: Vec::new(),
                });
            })
        }
    }
}

//! The Token Response (OpenID4VCI 6.2, RFC 6749 5.1).

use serde_json::Value;

/// The grant type of a refresh token (RFC 6749 6).
pub const REFRESH_TOKEN: &str = "refresh_token";

/// A lens over a token response.
#[derive(Clone, Copy, Debug)]
pub struct TokenResponse<'a>(&'a Value);

impl<'a> TokenResponse<'a> {
    /// Looks at a JSON document.
    pub fn new(json: &'a Value) -> Self {
        Self(json)
    }

    /// `access_token`.
    pub fn access_token(&self) -> Option<&'a str> {
        self.0.get("access_token")?.as_str()
    }

    /// `refresh_token`.
    pub fn refresh_token(&self) -> Option<&'a str> {
        self.0.get("refresh_token")?.as_str()
    }

    /// `token_type`.
    pub fn token_type(&self) -> Option<&'a str> {
        self.0.get("token_type")?.as_str()
    }

    /// Whether the token is bound to a DPoP key, by its `token_type`.
    pub fn is_dpop_bound(&self) -> bool {
        self.token_type().is_some_and(|token_type| token_type.eq_ignore_ascii_case("dpop"))
    }

    /// The `openid_credential` objects of `authorization_details`.
    pub fn authorization_details(&self) -> impl Iterator<Item = &'a Value> {
        self.0
            .get("authorization_details")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter(|detail| detail.get("type").is_some_and(|kind| kind == "openid_credential"))
    }

    /// The `credential_identifiers` named for a configuration, empty when none are.
    pub fn credential_identifiers(&self, credential_configuration_id: &str) -> Vec<&'a str> {
        self.authorization_details()
            .filter(|detail| {
                detail
                    .get("credential_configuration_id")
                    .is_none_or(|id| id == credential_configuration_id)
            })
            .filter_map(|detail| detail.get("credential_identifiers")?.as_array())
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }
}

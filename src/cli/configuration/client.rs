//! `[client]`: how the wallet is known to the Authorization Server.

use schemars::JsonSchema;
use serde::Deserialize;

/// A registered client.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// `id`: the `client_id`.
    pub id: String,
    /// `authentication`: how the client proves that it is the one. Default `none`.
    #[serde(default)]
    pub authentication: Authentication,
    /// `dpop_bound_access_tokens`: registered so (RFC 9449 5.2); the Authorization Server must
    /// then give it no token without DPoP. Default `false`.
    #[serde(default)]
    pub dpop_bound_access_tokens: bool,
}

/// How a client authenticates at the token endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Authentication {
    /// Not at all: a public client that sends its `client_id`.
    #[default]
    None,
}

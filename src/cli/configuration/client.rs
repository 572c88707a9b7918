//! `[client]`: how the wallet is known to the Authorization Server.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::cli::document::Document;

/// A registered client.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// `id`: the `client_id`.
    pub id: String,
    /// `authentication`: how the client proves that it is the one. Absent: as the Authorization
    /// Server asks for, by `token_endpoint_auth_methods_supported`.
    #[serde(default)]
    pub authentication: Option<Authentication>,
    /// `key`: a file with the private JWK (P-256, P-384 or Ed25519) that the client is registered
    /// with, or with several in a JWK Set, for `private_key_jwt`.
    #[serde(default)]
    pub key: Option<PathBuf>,
    /// `dpop_bound_access_tokens`: registered so (RFC 9449 5.2); the Authorization Server must
    /// then give it no token without DPoP. Default `false`.
    #[serde(default)]
    pub dpop_bound_access_tokens: bool,
}

impl Client {
    pub(super) fn settle(&mut self, document: &Document) {
        if let Some(path) = &mut self.key {
            *path = document.path(path);
        }
    }
}

/// How a client authenticates at the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Authentication {
    /// Not at all: a public client that sends its `client_id`.
    None,
    /// By a JWT that it signs with its registered key (RFC 7523).
    PrivateKeyJwt,
    /// By an attestation of its wallet provider, with a proof of possession.
    Attestation,
}

/// `[wallet_provider]`: who vouches for the wallet and its keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Provider {
    /// `key`: the file of the provider, made where it is not there. Absent: one for this user.
    pub key: Option<PathBuf>,
}

impl Provider {
    pub(super) fn settle(&mut self, document: &Document) {
        if let Some(path) = &mut self.key {
            *path = document.path(path);
        }
    }
}

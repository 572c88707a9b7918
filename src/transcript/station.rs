//! The stations of an issuance: the places where a wallet asks something.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where an exchange took place. The same names recur in every room of the house.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Station {
    /// The offer API, by which the operator's backend orders offers.
    OfferApi,
    /// The Credential Offer, by value or fetched from its `credential_offer_uri`.
    Offer,
    /// The Credential Issuer Metadata at its well-known location.
    IssuerMetadata,
    /// The Credential Issuer Metadata once more, asked for signed or in a language.
    NegotiatedMetadata,
    /// The Authorization Server Metadata (RFC 8414) at its well-known location.
    AsMetadata,
    /// The Token Endpoint.
    Token,
    /// The Nonce Endpoint.
    Nonce,
    /// The Credential Endpoint.
    Credential,
    /// The Deferred Credential Endpoint.
    Deferred,
    /// The Notification Endpoint.
    Notification,
    /// The Revocation Endpoint of the authorization server (RFC 7009).
    Revocation,
    /// The Challenge Endpoint of the authorization server (attestation-based client
    /// authentication).
    Challenge,
    /// The JWT VC Issuer Metadata, fetched to verify a credential.
    JwtVcIssuer,
    /// A key set that some metadata refers to by URL.
    KeySet,
    /// The Type Metadata behind a `vct` URL.
    TypeMetadata,
    /// A DID document, fetched to verify a credential.
    DidDocument,
    /// A Status List Token, fetched by the `status` of a credential.
    StatusList,
    /// The OpenID configuration of an `iss`, fetched to verify a credential.
    OpenidConfiguration,
    /// The schema that a credential names in `credentialSchema`.
    CredentialSchema,
    /// What a credential names in `credentialStatus`.
    CredentialStatus,
}

impl Station {
    /// Whether it is fetched after a scenario, from what a credential names.
    pub fn is_gathered(self) -> bool {
        matches!(
            self,
            Self::JwtVcIssuer
                | Self::KeySet
                | Self::TypeMetadata
                | Self::DidDocument
                | Self::StatusList
                | Self::OpenidConfiguration
                | Self::CredentialSchema
                | Self::CredentialStatus
        )
    }

    /// Whether it is a document that anybody may read, as often as they like.
    pub fn is_public_document(self) -> bool {
        matches!(self, Self::IssuerMetadata | Self::NegotiatedMetadata | Self::AsMetadata)
            || self.is_gathered()
    }

    /// The name as written in files, verdict keys and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::OfferApi => "offer_api",
            Self::Offer => "offer",
            Self::IssuerMetadata => "issuer_metadata",
            Self::NegotiatedMetadata => "negotiated_metadata",
            Self::AsMetadata => "as_metadata",
            Self::Token => "token",
            Self::Nonce => "nonce",
            Self::Credential => "credential",
            Self::Deferred => "deferred",
            Self::Notification => "notification",
            Self::Revocation => "revocation",
            Self::Challenge => "challenge",
            Self::JwtVcIssuer => "jwt_vc_issuer",
            Self::KeySet => "key_set",
            Self::TypeMetadata => "type_metadata",
            Self::DidDocument => "did_document",
            Self::StatusList => "status_list",
            Self::OpenidConfiguration => "openid_configuration",
            Self::CredentialSchema => "credential_schema",
            Self::CredentialStatus => "credential_status",
        }
    }
}

impl std::fmt::Display for Station {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name())
    }
}

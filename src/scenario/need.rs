//! What a scenario needs, and what it does to the issuer that it is run against.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that must be had or advertised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// A fresh offer of the Pre-Authorized Code Flow; any will do.
    Offer,
    /// A fresh offer that asks for a Transaction Code.
    TxCode,
    /// A fresh offer that asks for none.
    NoTxCode,
    /// A fresh offer by reference.
    ByReference,
    /// A fresh offer of two configurations.
    TwoConfigurations,
    /// An offer that cannot be renewed: what may follow on one code and one token.
    SingleOffer,
    /// A fresh offer of a source that says whose credentials it gives, and that they are the
    /// subject's which is wanted.
    DeclaredSubject,
    /// DPoP announced by the authorization server.
    Dpop,
    /// The profile `haip-1.0`.
    Haip,
    /// DPoP demanded by the profile or by the client's registration.
    DpopDemanded,
    /// Refresh tokens, as far as the authorization server's metadata tells.
    RefreshTokens,
    /// A Revocation Endpoint.
    RevocationEndpoint,
    /// A Nonce Endpoint.
    NonceEndpoint,
    /// A Deferred Credential Endpoint.
    DeferredEndpoint,
    /// A Notification Endpoint.
    NotificationEndpoint,
    /// Encryption of responses announced.
    ResponseEncryption,
    /// Encryption of requests announced.
    RequestEncryption,
    /// Compression of encrypted responses announced.
    ResponseCompression,
    /// Encrypted responses required.
    EncryptedResponses,
    /// Encrypted requests required.
    EncryptedRequests,
    /// Authorization details of type `openid_credential` announced.
    AuthorizationDetails,
    /// Several authorization servers.
    SeveralServers,
    /// Batch issuance announced.
    Batch,
    /// A `client_id` in the configuration.
    ClientId,
    /// A configuration that requires key attestations in proofs of the `jwt` type.
    KeyAttestations,
    /// A configuration that lists the `attestation` proof type.
    AttestationProofs,
    /// A wallet that authenticates by an attestation of its provider.
    ClientAttestation,
    /// A wallet that authenticates by `private_key_jwt`.
    ClientAssertion,
    /// Anonymous access announced by the authorization server.
    AnonymousAccess,
    /// Anonymous access not announced by the authorization server.
    NoAnonymousAccess,
    /// A hook by which the issuer's operator revokes: `[revoke]` in the configuration.
    Revocation,
    /// One that suspends, too.
    Suspension,
    /// A hook by which the issuer's operator ends eligibility: `[end_eligibility]` in the
    /// configuration.
    EndOfEligibility,
    /// A hook by which the issuer's operator changes the holder's data: `[change_claims]` in the
    /// configuration.
    ChangeOfClaims,
    /// A receiver of the callbacks that tell of each offer: `[callback]` in the configuration.
    Callbacks,
    /// An offer API of the connector's guide: an offer source that orders by
    /// `credential_configuration_id`.
    OfferApi,
}

impl Need {
    /// Whether only an offer source can meet it.
    pub fn asks_for_an_offer(self) -> bool {
        matches!(
            self,
            Self::Offer
                | Self::TxCode
                | Self::NoTxCode
                | Self::ByReference
                | Self::TwoConfigurations
                | Self::SingleOffer
                | Self::DeclaredSubject
        )
    }
}

/// What a scenario does to the issuer under test; the last two only with `--allow`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Impact {
    /// Nothing that outlives it.
    None,
    /// It uses up offers.
    #[default]
    BurnsOffers,
    /// It may lock an offer, a client or an account.
    Locks,
    /// It sends many requests.
    Load,
}

impl Impact {
    /// The name as written in scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::BurnsOffers => "burns-offers",
            Self::Locks => "locks",
            Self::Load => "load",
        }
    }
}

//! What an issuer may announce or leave out. One rule for each, and one sentence for its absence:
//! the scenario that needs it is not run, and the check that is about it does not apply, for the
//! same reason in the same words.

use super::{AsMetadata, Configuration, IssuerMetadata};
use crate::jose::jwe::DEFLATE;

/// Something that the metadata of an issuer, or of its authorization server, announce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// DPoP, by an algorithm that wallets here sign with.
    Dpop,
    /// Refresh tokens, as far as metadata tell.
    RefreshTokens,
    /// A Revocation Endpoint.
    RevocationEndpoint,
    /// A challenge endpoint.
    ChallengeEndpoint,
    /// Authorization details of type `openid_credential`.
    AuthorizationDetails,
    /// Access for anonymous wallets.
    AnonymousAccess,
    /// No access for anonymous wallets.
    NoAnonymousAccess,
    /// Several authorization servers.
    SeveralServers,
    /// A Nonce Endpoint.
    NonceEndpoint,
    /// A Deferred Credential Endpoint.
    DeferredEndpoint,
    /// A Notification Endpoint.
    NotificationEndpoint,
    /// Encryption of responses.
    ResponseEncryption,
    /// Encryption of requests.
    RequestEncryption,
    /// Compression of encrypted responses.
    ResponseCompression,
    /// Compression of encrypted requests.
    RequestCompression,
    /// Encrypted responses only.
    EncryptedResponses,
    /// Encrypted requests only.
    EncryptedRequests,
    /// Batch issuance.
    Batch,
    /// Key attestations in proofs of the `jwt` type.
    KeyAttestations,
    /// The `attestation` proof type.
    AttestationProofs,
}

impl Feature {
    /// Why it is not to be had; none where it is announced, or nothing is known of the metadata
    /// that would say so.
    pub fn lack(
        self,
        issuer: Option<IssuerMetadata<'_>>,
        server: Option<AsMetadata<'_>>,
    ) -> Option<&'static str> {
        let of_some = |is_there: fn(&Configuration<'_>) -> bool| {
            issuer.map(|it| it.configurations().any(|(_, one)| is_there(&one)))
        };
        let response = issuer.map(|it| it.response_encryption());
        let request = issuer.map(|it| it.request_encryption());
        let is_there = match self {
            Self::Dpop => server.map(|it| it.announces_dpop()),
            Self::RefreshTokens => server.map(|it| it.may_refresh()),
            Self::RevocationEndpoint => server.map(|it| it.revocation_endpoint().is_some()),
            Self::ChallengeEndpoint => server.map(|it| it.challenge_endpoint().is_some()),
            Self::AuthorizationDetails => server.map(|it| it.takes_authorization_details()),
            Self::AnonymousAccess => server.map(|it| it.allows_anonymous_access()),
            Self::NoAnonymousAccess => server.map(|it| !it.allows_anonymous_access()),
            Self::SeveralServers => issuer.map(|it| it.authorization_servers().len() > 1),
            Self::NonceEndpoint => issuer.map(|it| it.nonce_endpoint().is_some()),
            Self::DeferredEndpoint => issuer.map(|it| it.deferred_credential_endpoint().is_some()),
            Self::NotificationEndpoint => issuer.map(|it| it.notification_endpoint().is_some()),
            Self::Batch => issuer.map(|it| it.has_batch_credential_issuance()),
            Self::ResponseEncryption => response.map(|it| it.is_some()),
            Self::RequestEncryption => request.map(|it| it.is_some()),
            Self::ResponseCompression => {
                response.map(|it| it.is_some_and(|it| it.compressions().contains(&DEFLATE)))
            }
            Self::RequestCompression => {
                request.map(|it| it.is_some_and(|it| it.compressions().contains(&DEFLATE)))
            }
            Self::EncryptedResponses => response.map(|it| it.is_some_and(|it| it.is_required())),
            Self::EncryptedRequests => request.map(|it| it.is_some_and(|it| it.is_required())),
            Self::KeyAttestations => of_some(|one| one.requires_key_attestations()),
            Self::AttestationProofs => of_some(|one| one.supports_attestation_proofs()),
        };
        (is_there == Some(false)).then(|| self.absence())
    }

    /// What there is to say where it is not to be had.
    pub fn absence(self) -> &'static str {
        match self {
            Self::Dpop => {
                "dpop_signing_alg_values_supported lists no algorithm that this wallet signs with"
            }
            Self::RefreshTokens => "grant_types_supported does not list refresh_token",
            Self::RevocationEndpoint => "revocation_endpoint is not advertised",
            Self::ChallengeEndpoint => "challenge_endpoint is not advertised",
            Self::AuthorizationDetails => {
                "authorization_details_types_supported does not list openid_credential"
            }
            Self::AnonymousAccess => "pre-authorized_grant_anonymous_access_supported is not true",
            Self::NoAnonymousAccess => "pre-authorized_grant_anonymous_access_supported is true",
            Self::SeveralServers => "authorization_servers does not list several",
            Self::NonceEndpoint => "nonce_endpoint is not advertised",
            Self::DeferredEndpoint => "deferred_credential_endpoint is not advertised",
            Self::NotificationEndpoint => "notification_endpoint is not advertised",
            Self::ResponseEncryption => "credential_response_encryption is not advertised",
            Self::RequestEncryption => "credential_request_encryption is not advertised",
            Self::ResponseCompression => {
                "zip_values_supported of credential_response_encryption does not list DEF"
            }
            Self::RequestCompression => {
                "zip_values_supported of credential_request_encryption does not list DEF"
            }
            Self::EncryptedResponses => "encrypted responses are not required",
            Self::EncryptedRequests => "encrypted requests are not required",
            Self::Batch => "batch_credential_issuance is not advertised",
            Self::KeyAttestations => {
                "no configuration requires key attestations in proofs of the jwt type"
            }
            Self::AttestationProofs => "no configuration lists the attestation proof type",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_known_lacks_nothing_and_what_is_known_may() {
        let (issuer, server) = (json!({ "nonce_endpoint": "https://h/n" }), json!({}));
        let issuer = Some(IssuerMetadata::new(&issuer));
        let server = Some(AsMetadata::new(&server));
        assert_eq!(Feature::NonceEndpoint.lack(issuer, None), None);
        assert_eq!(Feature::NonceEndpoint.lack(None, server), None);
        let batch = Feature::Batch.lack(issuer, server);
        assert_eq!(batch, Some("batch_credential_issuance is not advertised"));
        assert_eq!(Feature::NoAnonymousAccess.lack(issuer, server), None);
        assert!(Feature::AnonymousAccess.lack(issuer, server).is_some());
        assert_eq!(Feature::AnonymousAccess.lack(issuer, None), None);
    }
}

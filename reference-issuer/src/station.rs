//! The stations of the protocol, as this issuer answers them.

/// Something a wallet asks an issuer for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Station {
    /// The offer API, on whichever side it is.
    OfferApi,
    /// An offer by reference.
    Offer,
    /// Credential Issuer Metadata.
    IssuerMetadata,
    /// Authorization server metadata.
    AsMetadata,
    /// The token endpoint.
    Token,
    /// The nonce endpoint.
    Nonce,
    /// The challenge endpoint of the authorization server.
    Challenge,
    /// The credential endpoint.
    Credential,
    /// The endpoint for several credentials at once.
    BatchCredential,
    /// The deferred credential endpoint.
    Deferred,
    /// The notification endpoint.
    Notification,
    /// The revocation endpoint.
    Revocation,
    /// SD-JWT VC type metadata.
    TypeMetadata,
    /// JWT VC Issuer Metadata.
    JwtVcIssuer,
    /// The DID document of the issuer's did:web.
    DidDocument,
    /// The OpenID configuration of an `iss` that is a URL.
    OpenidConfiguration,
    /// The key set that it leads to.
    KeySet,
    /// The schema of a W3C credential.
    CredentialSchema,
    /// The Status List Token.
    StatusList,
}

impl Station {
    /// Every station.
    pub const ALL: &'static [Self] = &[
        Self::OfferApi,
        Self::Offer,
        Self::IssuerMetadata,
        Self::AsMetadata,
        Self::Token,
        Self::Nonce,
        Self::Challenge,
        Self::Credential,
        Self::BatchCredential,
        Self::Deferred,
        Self::Notification,
        Self::Revocation,
        Self::TypeMetadata,
        Self::JwtVcIssuer,
        Self::DidDocument,
        Self::OpenidConfiguration,
        Self::KeySet,
        Self::CredentialSchema,
        Self::StatusList,
    ];
}

//! The rules whose breach a wallet can provoke, and how a fault may deal with a breach.

use crate::station::Station;

/// One validation rule, named after what must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// No form parameter comes twice.
    ParametersUnrepeated,
    /// `grant_type` is there.
    GrantTypePresent,
    /// `grant_type` is the pre-authorized one.
    GrantTypeSupported,
    /// `client_id` is there, or anonymous access is announced.
    ClientNamed,
    /// `pre-authorized_code` is there.
    CodePresent,
    /// The code was handed out and has not expired.
    CodeKnown,
    /// The code has not expired.
    CodeUnexpired,
    /// The code was handed out by this tenant.
    CodeOwn,
    /// The code has not been redeemed.
    CodeUnredeemed,
    /// `tx_code` is there if the offer asked for it.
    TxCodePresent,
    /// `tx_code` is absent if the offer did not ask for it.
    TxCodeExpected,
    /// `tx_code` is the right one.
    TxCodeRight,

    /// The refresh token was handed out and has not expired.
    RefreshTokenKnown,
    /// The refresh token has not been replaced by a later one.
    RefreshTokenLatest,
    /// No replaced token of the line was shown again.
    RefreshLineWhole,
    /// The line was not revoked.
    RefreshLineUnrevoked,
    /// The refresh token was handed out to the client that shows it.
    RefreshClientSame,
    /// The holder is still eligible.
    RefreshEligible,
    /// The DPoP key is the one that the refresh token is bound to.
    RefreshKeySame,
    /// `scope` is no more than was granted.
    RefreshScopeWithin,

    /// There is a DPoP proof where one is needed.
    DpopPresent,
    /// `typ` is `dpop+jwt`.
    DpopTyp,
    /// `alg` is not `none`.
    DpopAlgNotNone,
    /// The `jwk` header holds no private member.
    DpopKeyPublic,
    /// The signature is by the key in the header.
    DpopSignature,
    /// `jti` is there.
    DpopJti,
    /// `htm` is the method.
    DpopHtm,
    /// `htu` is the endpoint.
    DpopHtu,
    /// `iat` is recent.
    DpopIat,
    /// `nonce` was handed out here.
    DpopNonceKnown,
    /// The proof has not been seen before.
    DpopUnreplayed,
    /// `ath` is there.
    DpopAthPresent,
    /// `ath` is the digest of the access token.
    DpopAthRight,
    /// The key is the one that the token is bound to.
    DpopKeyBound,
    /// A bound token comes under the scheme `DPoP`.
    DpopScheme,

    /// An access token is there.
    TokenPresent,
    /// The access token is not in the query.
    TokenInHeader,
    /// The access token was handed out and has not expired.
    TokenKnown,
    /// The access token has not expired.
    TokenUnexpired,
    /// The access token was handed out by this tenant.
    TokenOwn,
    /// The credential identifier was handed out with this access token.
    IdentifierOwn,
    /// The request body is JSON of the right shape.
    BodyReadable,
    /// The configuration is in the metadata.
    ConfigurationKnown,
    /// The configuration is in the offer.
    ConfigurationOffered,

    /// There are key proofs.
    ProofPresent,
    /// `typ` is `openid4vci-proof+jwt`.
    ProofTyp,
    /// `alg` is not `none`.
    ProofAlgNotNone,
    /// `alg` is asymmetric.
    ProofAlgAsymmetric,
    /// The header names its key in one way.
    ProofOneKey,
    /// The header holds no private key.
    ProofKeyPublic,
    /// The signature is by the key that the header names.
    ProofSignature,
    /// `aud` is the Credential Issuer Identifier.
    ProofAud,
    /// `iat` is recent.
    ProofIat,
    /// `nonce` is there.
    ProofNoncePresent,
    /// `nonce` was handed out here.
    ProofNonceKnown,
    /// `nonce` has not been used.
    ProofNonceUnused,
    /// `nonce` has not expired.
    ProofNonceUnexpired,
    /// `nonce` was handed out by this tenant.
    ProofNonceOwn,
    /// `nonce` is no DPoP nonce.
    ProofNonceNotDpop,

    /// A nonce is asked for by POST.
    NonceByPost,

    /// There are no more proofs than the batch size.
    BatchSize,
    /// No two proofs are by one key.
    BatchKeysDistinct,
    /// One bad proof among good ones spoils the request.
    BatchAllGood,
}

impl Rule {
    /// The stations that apply this rule.
    pub fn stations(self) -> &'static [Station] {
        match self {
            Self::ParametersUnrepeated
            | Self::GrantTypePresent
            | Self::GrantTypeSupported
            | Self::ClientNamed
            | Self::CodePresent
            | Self::CodeKnown
            | Self::CodeUnredeemed
            | Self::CodeUnexpired
            | Self::CodeOwn
            | Self::TxCodePresent
            | Self::TxCodeExpected
            | Self::TxCodeRight
            | Self::RefreshTokenKnown
            | Self::RefreshTokenLatest
            | Self::RefreshLineWhole
            | Self::RefreshLineUnrevoked
            | Self::RefreshClientSame
            | Self::RefreshEligible
            | Self::RefreshKeySame
            | Self::RefreshScopeWithin => &[Station::Token],
            Self::DpopPresent
            | Self::DpopTyp
            | Self::DpopAlgNotNone
            | Self::DpopKeyPublic
            | Self::DpopSignature
            | Self::DpopJti
            | Self::DpopHtm
            | Self::DpopHtu
            | Self::DpopIat
            | Self::DpopNonceKnown
            | Self::DpopUnreplayed => &[Station::Token, Station::Credential],
            Self::NonceByPost => &[Station::Nonce],
            _ => &[Station::Credential],
        }
    }
}

/// What becomes of a refusal under a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lapse {
    /// The breach goes unnoticed.
    Accepts,
    /// The issuer answers 500.
    Crashes,
    /// The issuer refuses with this status and code.
    Answers {
        /// HTTP status.
        status: u16,
        /// Error code.
        code: &'static str,
    },
}

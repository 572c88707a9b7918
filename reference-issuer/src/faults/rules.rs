//! The rules whose breach a wallet can provoke, and how a fault may deal with a breach.

use crate::station::Station;

/// One validation rule, named after what must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// An order says what is to be offered, and to whom.
    OrderReadable,
    /// An order names a configuration of the metadata.
    OrderConfigurationKnown,

    /// Signed metadata are sent to those who ask for them only.
    SignedFormAsked,

    /// A token is asked for by POST.
    TokenByPost,
    /// A token request is a form.
    FormTyped,
    /// An authorization detail is of type `openid_credential`.
    DetailTyped,
    /// An authorization detail names this issuer where there are several servers.
    DetailLocated,
    /// An authorization detail names a configuration.
    DetailNamesConfiguration,
    /// No two descriptions in an authorization detail are of the same claim.
    DetailClaimsAgree,
    /// An authorization detail names a configuration of the offer.
    DetailOffered,
    /// A credential is asked for by POST.
    CredentialByPost,
    /// A credential request has a body.
    BodyPresent,
    /// The body of a credential request is labelled as JSON.
    BodyTyped,
    /// No member of the body comes twice.
    BodyUnrepeated,
    /// The credential identifier was handed out at all.
    IdentifierKnown,
    /// Credential identifiers are used where they were handed out.
    IdentifiersUsed,
    /// A credential is asked for in one of two ways.
    RequestNamesOne,

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
    /// The installation of the client is the one that the refresh token was handed out to.
    RefreshInstanceSame,
    /// The holder is still eligible.
    RefreshEligible,
    /// The DPoP key is the one that the refresh token is bound to.
    RefreshKeySame,
    /// `scope` is no more than was granted.
    RefreshScopeWithin,

    /// There is a DPoP proof where one is needed.
    DpopPresent,
    /// There is no more than one proof.
    DpopSingle,
    /// `typ` is `dpop+jwt`.
    DpopTyp,
    /// `alg` is not `none`.
    DpopAlgNotNone,
    /// `alg` is one that the metadata list.
    DpopAlgListed,
    /// The proof is a JWT.
    DpopReadable,
    /// The header has a `jwk`.
    DpopKeyNamed,
    /// The `jwk` header holds no private member.
    DpopKeyPublic,
    /// The signature is by the key in the header.
    DpopSignature,
    /// The same, where `alg` is another than `ES256`.
    DpopSignatureFurther,
    /// `jti` is there.
    DpopJti,
    /// `htm` is the method.
    DpopHtm,
    /// `htu` is the endpoint.
    DpopHtu,
    /// `iat` is recent.
    DpopIat,
    /// `iat` is not ahead of the clock.
    DpopIatNotAhead,
    /// `nonce` was handed out here.
    DpopNonceKnown,
    /// `nonce` was not handed out by the other server.
    DpopNonceOwn,
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
    /// A token that comes under the scheme `DPoP` is bound.
    DpopTokenBound,

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

    /// A request is encrypted where that is required.
    RequestEncrypted,
    /// A request labelled as a JWT is a compact JWE.
    RequestIsJwe,
    /// `kid` of an encrypted request names a published key.
    RequestKeyKnown,
    /// An encrypted request opens.
    RequestAuthentic,
    /// A compressed request is of reasonable size.
    RequestBounded,
    /// An encrypted answer is asked for where that is required.
    EncryptionAsked,
    /// The key for the answer did not come in clear.
    EncryptionKeyHidden,
    /// There is a key for the answer.
    EncryptionKeyPresent,
    /// There is a content encryption for the answer.
    EncryptionEncPresent,
    /// The content encryption is announced.
    EncryptionEncKnown,
    /// The compression is announced.
    EncryptionZipKnown,
    /// The key for the answer states an algorithm.
    EncryptionAlgPresent,
    /// The algorithm of that key is announced.
    EncryptionAlgKnown,
    /// That key has no private part.
    EncryptionKeyPublic,
    /// That key is not for signatures.
    EncryptionKeyUse,

    /// There are key proofs.
    ProofPresent,
    /// `typ` is `openid4vci-proof+jwt`.
    ProofTyp,
    /// `alg` is not `none`.
    ProofAlgNotNone,
    /// `alg` is asymmetric.
    ProofAlgAsymmetric,
    /// `alg` is one that the metadata list.
    ProofAlgListed,
    /// `proofs` have a type that the metadata list.
    ProofTypeListed,
    /// `proofs` hold a proof.
    ProofsNotEmpty,
    /// `aud` is a string.
    ProofAudText,
    /// `nonce` is a string.
    ProofNonceText,
    /// No header is marked as critical.
    ProofNotCritical,
    /// `exp` is not over, and `nbf` has come.
    ProofUnexpired,
    /// The header names its key in one way.
    ProofOneKey,
    /// Of a chain in the header, the first certificate has the key.
    ProofLeafFirst,
    /// `iss` is the client that got the access token.
    ProofIss,
    /// The key is named in a form that is listed.
    ProofKeyForm,
    /// The DID method of the key is listed.
    ProofDidMethod,
    /// The header holds no private key.
    ProofKeyPublic,
    /// The signature is by the key that the header names.
    ProofSignature,
    /// The same, where `alg` is another than `ES256`.
    ProofSignatureFurther,
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

    /// `transaction_id` is there, and is text.
    TransactionPresent,
    /// The transaction was begun here.
    TransactionKnown,
    /// The transaction is not over.
    TransactionUnredeemed,
    /// The transaction was begun with a token of the same offer.
    TransactionOwn,
    /// The credential can still be issued.
    TransactionIssuable,

    /// `notification_id` is there, and is text.
    NotificationIdPresent,
    /// The notification id was handed out.
    NotificationIdKnown,
    /// The notification id was handed out under a token of the same offer.
    NotificationIdOwn,
    /// `event` is there, and is text.
    EventPresent,
    /// `event` is one of three, to the letter.
    EventKnown,
    /// `event_description` is text of the characters that are allowed.
    DescriptionPrintable,

    /// There are no more proofs than the batch size.
    BatchSize,
    /// No two proofs are by one key.
    BatchKeysDistinct,
    /// One bad proof among good ones spoils the request.
    BatchAllGood,

    /// A key proof comes with its attestation where one is demanded.
    AttestationPresent,
    /// `typ` is `key-attestation+jwt`.
    AttestationTyp,
    /// `alg` is not `none`.
    AttestationAlgNotNone,
    /// `alg` is asymmetric.
    AttestationAlgAsymmetric,
    /// The algorithm of the key attestation is listed.
    AttestationAlgListed,
    /// The signature is by the key in `x5c`.
    AttestationSignature,
    /// `iat` is there.
    AttestationIat,
    /// `attested_keys` has a key.
    AttestationKeys,
    /// `exp` is there in the header of a proof.
    AttestationExpPresent,
    /// `exp` is still to come.
    AttestationUnexpired,
    /// The key of the proof is among the attested ones.
    AttestationCoversProof,
    /// There is one attestation in place of key proofs.
    AttestationSingle,
    /// `nonce` is there.
    AttestationNoncePresent,
    /// `nonce` was handed out here.
    AttestationNonceKnown,
    /// `key_storage` is accepted.
    AttestationKeyStorage,
    /// `user_authentication` is accepted.
    AttestationUserAuthentication,
    /// The signer is a trusted wallet provider.
    AttestationTrusted,
    /// The trust anchor is not in `x5c`.
    AttestationAnchorLeftOut,
    /// The certificate of the signer is not its own.
    AttestationSignerCertified,

    /// The client is attested.
    ClientAttestationPresent,
    /// There is one attestation and one proof.
    ClientAttestationSingle,
    /// `typ` of the attestation is `oauth-client-attestation+jwt`.
    ClientAttestationTyp,
    /// `alg` of the attestation is not `none`.
    ClientAttestationAlg,
    /// The algorithm of the attestation is listed.
    ClientAttestationAlgListed,
    /// The attestation is signed by the key in `x5c`.
    ClientAttestationSignature,
    /// The attestation is by a trusted wallet provider.
    ClientAttestationTrusted,
    /// `sub` of the attestation is there.
    ClientAttestationSub,
    /// `exp` of the attestation is there.
    ClientAttestationExpPresent,
    /// `cnf` of the attestation names a key.
    ClientAttestationCnf,
    /// `exp` of the attestation is still to come.
    ClientAttestationUnexpired,
    /// The attestation is fresh enough.
    ClientAttestationFresh,
    /// `cnf` of the attestation shows no private key.
    ClientAttestationKeyPublic,
    /// `client_id` is the client that is attested.
    ClientIdAttested,
    /// The attestation comes with its proof.
    ClientProofPresent,
    /// `typ` of the proof is `oauth-client-attestation-pop+jwt`.
    ClientProofTyp,
    /// `alg` of the proof is not `none`.
    ClientProofAlg,
    /// The algorithm of the client's proof is listed.
    ClientProofAlgListed,
    /// The proof is signed by the key in `cnf`.
    ClientProofSignature,
    /// `aud` of the proof is this authorization server.
    ClientProofAud,
    /// `jti` of the proof is there.
    ClientProofJti,
    /// `iat` of the proof is there.
    ClientProofIatPresent,
    /// `iat` of the proof is recent.
    ClientProofFresh,
    /// `iat` of the proof is not ahead of the clock.
    ClientProofNotAhead,
    /// `iss` of the proof is the attested client.
    ClientProofIss,
    /// The proof has a challenge.
    ClientChallengePresent,
    /// The challenge was handed out here.
    ClientChallengeKnown,
    /// The proof was not seen before.
    ClientProofUnreplayed,

    /// The client authenticates by an assertion.
    AssertionPresent,
    /// `client_assertion_type` is that of a JWT.
    AssertionType,
    /// `alg` of the assertion is not `none`.
    AssertionAlg,
    /// The algorithm of the assertion is listed.
    AssertionAlgListed,
    /// The assertion is signed with the registered key.
    AssertionSignature,
    /// `aud` of the assertion is this authorization server.
    AssertionAud,
    /// `exp` of the assertion is there.
    AssertionExpPresent,
    /// `exp` of the assertion is still to come.
    AssertionUnexpired,
    /// The assertion speaks for its own client.
    AssertionSubject,
    /// The assertion was not seen before.
    AssertionUnreplayed,
}

impl Rule {
    /// The stations that apply this rule.
    pub fn stations(self) -> &'static [Station] {
        match self {
            Self::OrderReadable | Self::OrderConfigurationKnown => &[Station::OfferApi],
            Self::SignedFormAsked => &[Station::IssuerMetadata],
            Self::CredentialByPost
            | Self::BodyPresent
            | Self::BodyTyped
            | Self::BodyUnrepeated
            | Self::IdentifierKnown
            | Self::IdentifiersUsed
            | Self::RequestNamesOne => &[Station::Credential],
            Self::TokenByPost
            | Self::FormTyped
            | Self::DetailTyped
            | Self::DetailLocated
            | Self::DetailNamesConfiguration
            | Self::DetailOffered
            | Self::DetailClaimsAgree
            | Self::ParametersUnrepeated
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
            | Self::RefreshScopeWithin
            | Self::ClientAttestationPresent
            | Self::ClientAttestationSingle
            | Self::ClientAttestationTyp
            | Self::ClientAttestationAlg
            | Self::ClientAttestationAlgListed
            | Self::ClientAttestationSignature
            | Self::ClientAttestationTrusted
            | Self::ClientAttestationSub
            | Self::ClientAttestationExpPresent
            | Self::ClientAttestationCnf
            | Self::ClientAttestationUnexpired
            | Self::ClientAttestationFresh
            | Self::ClientAttestationKeyPublic
            | Self::ClientIdAttested
            | Self::ClientProofPresent
            | Self::ClientProofTyp
            | Self::ClientProofAlg
            | Self::ClientProofAlgListed
            | Self::ClientProofSignature
            | Self::ClientProofAud
            | Self::ClientProofJti
            | Self::ClientProofIatPresent
            | Self::ClientProofFresh
            | Self::ClientProofIss
            | Self::ClientProofNotAhead
            | Self::RefreshInstanceSame
            | Self::ClientChallengePresent
            | Self::ClientChallengeKnown
            | Self::ClientProofUnreplayed
            | Self::AssertionPresent
            | Self::AssertionType
            | Self::AssertionAlg
            | Self::AssertionAlgListed
            | Self::AssertionSignature
            | Self::AssertionAud
            | Self::AssertionExpPresent
            | Self::AssertionUnexpired
            | Self::AssertionSubject
            | Self::AssertionUnreplayed => &[Station::Token],
            Self::DpopPresent
            | Self::DpopTyp
            | Self::DpopAlgNotNone
            | Self::DpopAlgListed
            | Self::DpopReadable
            | Self::DpopKeyNamed
            | Self::DpopKeyPublic
            | Self::DpopSignature
            | Self::DpopSignatureFurther
            | Self::DpopJti
            | Self::DpopHtm
            | Self::DpopHtu
            | Self::DpopIat
            | Self::DpopSingle
            | Self::DpopIatNotAhead
            | Self::DpopNonceKnown
            | Self::DpopNonceOwn
            | Self::DpopUnreplayed => {
                &[Station::Token, Station::Credential, Station::Deferred, Station::Notification]
            }
            Self::DpopAthPresent
            | Self::DpopAthRight
            | Self::DpopKeyBound
            | Self::DpopScheme
            | Self::TokenPresent
            | Self::TokenInHeader
            | Self::TokenKnown
            | Self::TokenUnexpired
            | Self::TokenOwn
            | Self::BodyReadable => {
                &[Station::Credential, Station::Deferred, Station::Notification]
            }
            Self::TransactionPresent
            | Self::TransactionKnown
            | Self::TransactionUnredeemed
            | Self::TransactionOwn
            | Self::TransactionIssuable => &[Station::Deferred],
            Self::NotificationIdPresent
            | Self::NotificationIdKnown
            | Self::NotificationIdOwn
            | Self::EventPresent
            | Self::EventKnown
            | Self::DescriptionPrintable => &[Station::Notification],
            Self::EncryptionKeyHidden => &[Station::Credential, Station::Deferred],
            Self::NonceByPost => &[Station::Nonce],
            Self::IdentifierOwn
            | Self::ConfigurationKnown
            | Self::ConfigurationOffered
            | Self::RequestEncrypted
            | Self::RequestIsJwe
            | Self::RequestKeyKnown
            | Self::RequestAuthentic
            | Self::RequestBounded
            | Self::EncryptionAsked
            | Self::EncryptionKeyPresent
            | Self::EncryptionEncPresent
            | Self::EncryptionEncKnown
            | Self::EncryptionZipKnown
            | Self::EncryptionAlgPresent
            | Self::EncryptionAlgKnown
            | Self::EncryptionKeyPublic
            | Self::EncryptionKeyUse
            | Self::ProofPresent
            | Self::ProofTyp
            | Self::ProofAlgNotNone
            | Self::ProofAlgAsymmetric
            | Self::ProofAlgListed
            | Self::ProofTypeListed
            | Self::ProofsNotEmpty
            | Self::ProofAudText
            | Self::ProofNonceText
            | Self::ProofNotCritical
            | Self::ProofUnexpired
            | Self::ProofOneKey
            | Self::ProofKeyPublic
            | Self::ProofSignature
            | Self::ProofSignatureFurther
            | Self::ProofAud
            | Self::ProofIat
            | Self::ProofNoncePresent
            | Self::ProofNonceKnown
            | Self::ProofNonceUnused
            | Self::ProofNonceUnexpired
            | Self::ProofNonceOwn
            | Self::ProofNonceNotDpop
            | Self::BatchSize
            | Self::BatchKeysDistinct
            | Self::BatchAllGood
            | Self::AttestationPresent
            | Self::AttestationTyp
            | Self::AttestationAlgNotNone
            | Self::AttestationAlgAsymmetric
            | Self::AttestationAlgListed
            | Self::AttestationSignature
            | Self::AttestationIat
            | Self::AttestationKeys
            | Self::AttestationExpPresent
            | Self::AttestationUnexpired
            | Self::AttestationCoversProof
            | Self::AttestationSingle
            | Self::AttestationNoncePresent
            | Self::AttestationNonceKnown
            | Self::AttestationKeyStorage
            | Self::AttestationUserAuthentication
            | Self::AttestationTrusted
            | Self::AttestationAnchorLeftOut
            | Self::AttestationSignerCertified
            | Self::ProofLeafFirst
            | Self::ProofIss
            | Self::ProofKeyForm
            | Self::ProofDidMethod
            | Self::DpopTokenBound => &[Station::Credential],
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

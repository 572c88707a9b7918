//! In what an issuer's messages differ from those of 1.0 Final: each trait for itself, because deployed issuers fit no
//! draft. The pipeline speaks 1.0 inside; requests are read into it, and answers are said out of it, here.

mod described;
mod hears;
mod says;

pub use described::describe;
pub(crate) use hears::Named;
pub use says::{fresh_nonce, reword};

/// The ways in which an issuer talks. Each can be chosen alone; the drafts are presets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Where the issuer metadata is, for an identifier with a path.
    pub well_known: WellKnown,
    /// Where the authorization server's metadata is.
    pub authorization_server: AuthorizationServer,
    /// What offers and issuer metadata list credentials by.
    pub listed_by: ListedBy,
    /// What carries the transaction code, in offer and token request.
    pub user_code: UserCode,
    /// Where a `c_nonce` comes from.
    pub nonces: Nonces,
    /// What a credential request names the credential by.
    pub asked_by: AskedBy,
    /// What carries the key proofs.
    pub proof_member: ProofMember,
    /// What carries the credentials.
    pub credential_member: CredentialMember,
    /// Whether the answer repeats the format of the credential.
    pub tells_format: bool,
    /// What several credentials are asked for with, where there are batches.
    pub batch: Batch,
    /// What SD-JWT VCs are called, as a format and in `typ`.
    pub sd_jwt: &'static str,
    /// What W3C credentials in JWTs are called, as a format.
    pub jwt_vc: &'static str,
    /// Where a configuration is described for people.
    pub descriptions: Descriptions,
    /// Whether the algorithms of mdocs are COSE integers; names otherwise.
    pub cose_algorithms: bool,
    /// What a wallet hears that has to wait for its credential.
    pub waiting: Waiting,
    /// The error codes of the credential endpoint.
    pub errors: Errors,
    /// How an encrypted answer is asked for.
    pub encryption: EncryptionAsked,
    /// The `typ` of key attestations.
    pub key_attestation_typ: &'static str,
}

/// Where the issuer metadata is, for an identifier with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WellKnown {
    /// The well-known name stands between host and path (draft 16 on).
    Inserted,
    /// It follows the path.
    Appended,
}

/// Where the authorization server's metadata is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthorizationServer {
    /// At `oauth-authorization-server`, for an identifier that the issuer metadata may leave out.
    Own,
    /// The same, for one that `authorization_servers` always names.
    Named,
    /// In an OpenID configuration without an `issuer`; the issuer metadata has the token endpoint too.
    OpenidConfiguration,
    /// Nowhere: the issuer metadata has the token endpoint, and `authorization_server`, one text.
    IssuerMetadata,
}

/// What offers and issuer metadata list credentials by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListedBy {
    /// `credential_configuration_ids`, the names in `credential_configurations_supported` (draft 13 on).
    ConfigurationIds,
    /// `credentials`, the `id` of each in the array `credentials_supported` (draft 11).
    Credentials,
}

/// What carries the transaction code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserCode {
    /// `tx_code` in both (draft 13 on).
    TxCode,
    /// `tx_code` in both, with `user_pin_required` beside it in the offer for older wallets.
    Both,
    /// `user_pin_required` in the offer, `user_pin` in the token request.
    UserPin,
}

/// Where a `c_nonce` comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nonces {
    /// The nonce endpoint (draft 15 on).
    Endpoint,
    /// Token answers, credential answers, and refusals of a proof.
    Answers,
    /// The same, and a proof without one is taken.
    AnswersUnasked,
}

/// What a credential request names the credential by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedBy {
    /// `credential_configuration_id` or `credential_identifier` (draft 15 on).
    Id,
    /// `format` and the type, or `credential_identifier`.
    Format,
    /// Any of them; a request that names nothing means what was offered.
    Any,
}

/// What carries the key proofs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofMember {
    /// `proofs` (draft 16 on).
    Proofs,
    /// `proof` (up to draft 13).
    Proof,
    /// Either, and never both (drafts 14 and 15).
    Either,
}

/// What carries the credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialMember {
    /// `credentials`, an array of objects (draft 15 on).
    Credentials,
    /// `credential`, the one (up to draft 13).
    Credential,
}

/// What several credentials are asked for with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Batch {
    /// Several proofs in one request (draft 14 on).
    Proofs,
    /// Several requests at an endpoint of their own (up to draft 13).
    Endpoint,
}

/// Where a configuration is described for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Descriptions {
    /// In `credential_metadata` (draft 16 on).
    CredentialMetadata,
    /// Beside the format; claims as an array of paths (draft 15).
    Paths,
    /// Beside the format; claims as nested objects (up to draft 14).
    Nested,
    /// Nowhere.
    Nowhere,
}

/// What a wallet hears that has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// 202 with `transaction_id` and `interval`, however often it asks (draft 16 on).
    Accepted,
    /// 202 with `transaction_id` at first, then the error `issuance_pending`.
    IssuancePending,
    /// 200 with `acceptance_token`, the access token to ask again with (draft 11).
    AcceptanceToken,
}

/// The error codes of the credential endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errors {
    /// `unknown_credential_configuration`, `invalid_nonce` (draft 16 on).
    Final,
    /// `unsupported_credential_type`, `invalid_nonce` (draft 15).
    WithNonce,
    /// `unsupported_credential_type`; a bad nonce makes an `invalid_proof` (up to draft 14).
    WithoutNonce,
}

/// How an encrypted answer is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncryptionAsked {
    /// In an encrypted request, by a `jwk` that has its `alg` (draft 16 on).
    AlgInKey,
    /// In a clear request, with `alg` beside the `jwk`.
    AlgBeside,
}

impl Dialect {
    /// OpenID4VCI 1.0.
    pub const FINAL: Self = Self {
        well_known: WellKnown::Inserted,
        authorization_server: AuthorizationServer::Own,
        listed_by: ListedBy::ConfigurationIds,
        user_code: UserCode::TxCode,
        nonces: Nonces::Endpoint,
        asked_by: AskedBy::Id,
        proof_member: ProofMember::Proofs,
        credential_member: CredentialMember::Credentials,
        tells_format: false,
        batch: Batch::Proofs,
        sd_jwt: "dc+sd-jwt",
        jwt_vc: "jwt_vc_json",
        descriptions: Descriptions::CredentialMetadata,
        cose_algorithms: true,
        waiting: Waiting::Accepted,
        errors: Errors::Final,
        encryption: EncryptionAsked::AlgInKey,
        key_attestation_typ: "key-attestation+jwt",
    };

    /// Draft 15.
    pub const DRAFT_15: Self = Self {
        well_known: WellKnown::Appended,
        proof_member: ProofMember::Either,
        descriptions: Descriptions::Paths,
        cose_algorithms: false,
        waiting: Waiting::IssuancePending,
        errors: Errors::WithNonce,
        encryption: EncryptionAsked::AlgBeside,
        key_attestation_typ: "keyattestation+jwt",
        ..Self::FINAL
    };

    /// Draft 13.
    pub const DRAFT_13: Self = Self {
        nonces: Nonces::Answers,
        asked_by: AskedBy::Format,
        proof_member: ProofMember::Proof,
        credential_member: CredentialMember::Credential,
        batch: Batch::Endpoint,
        sd_jwt: "vc+sd-jwt",
        descriptions: Descriptions::Nested,
        errors: Errors::WithoutNonce,
        ..Self::DRAFT_15
    };

    /// Draft 11, as far as issuers between the drafts still have it.
    pub const DRAFT_11: Self = Self {
        listed_by: ListedBy::Credentials,
        user_code: UserCode::UserPin,
        tells_format: true,
        waiting: Waiting::AcceptanceToken,
        ..Self::DRAFT_13
    };

    /// The names that [`Self::named`] knows.
    pub const NAMES: [&'static str; 4] = ["1.0", "15", "13", "11"];

    /// The preset of that name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "1.0" => Some(Self::FINAL),
            "15" => Some(Self::DRAFT_15),
            "13" => Some(Self::DRAFT_13),
            "11" => Some(Self::DRAFT_11),
            _ => None,
        }
    }
}

impl Default for Dialect {
    fn default() -> Self {
        Self::FINAL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_dialect_of_its_own() {
        for name in Dialect::NAMES {
            let same =
                Dialect::NAMES.iter().filter(|one| Dialect::named(one) == Dialect::named(name));
            assert_eq!(same.count(), 1, "{name}");
        }
        assert_eq!(Dialect::named("12"), None);
    }
}

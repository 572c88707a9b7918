//! How the wallets of a scenario differ from a plain one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::jose::SignatureAlgorithm;

/// How the wallets of a scenario differ from a plain one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct WalletSettings {
    /// Whether it uses DPoP.
    pub dpop: DpopUse,
    /// How many key proofs a credential request carries.
    pub proofs: ProofCount,
    /// How a key proof names its key.
    pub binding: BindingMethod,
    /// The algorithm of its key proofs; the first of its own that is listed without it.
    pub proof_alg: Option<SignatureAlgorithm>,
    /// The algorithm of its DPoP proofs; the first of its own that is listed without it.
    pub dpop_alg: Option<SignatureAlgorithm>,
    /// Which of the offered configurations it requests.
    pub configurations: Configurations,
    /// Requests only configurations of this `format`, such as `mso_mdoc`.
    pub format: Option<String>,
    /// Which type of key proof it sends.
    pub proof_type: ProofType,
    /// Whether its key proofs carry key attestations.
    pub key_attestation: KeyAttestationUse,
    /// How many further keys an attestation attests, for which nothing else is proved.
    pub further_attested_keys: u8,
    /// What its attestations say of how keys are stored. Empty: what the issuer demands.
    pub key_storage: Vec<String>,
    /// What its attestations say of how users are authenticated. Empty: what the issuer demands.
    pub user_authentication: Vec<String>,
    /// Whether it encrypts requests and asks for encrypted answers.
    pub encryption: EncryptionUse,
    /// Compresses what it encrypts, and asks for compressed answers, where that is announced.
    pub compression: bool,
    /// Makes a credential request for each published key with each announced content encryption.
    pub every_encryption: bool,
    /// Says by `authorization_details` in the token request which configurations it wants.
    pub authorization_details: bool,
    /// Calls one claim mandatory in them: the first described one that the issuer does not.
    pub mandatory_claim: bool,
    /// Requests the credential of each identifier that the token response names.
    pub every_identifier: bool,
    /// Leaves out the configured `client_id`, and every authentication of the client.
    pub anonymous: bool,
    /// Whose credentials it wants: a name that `gives` of the offer sources gives a meaning.
    pub subject: Option<String>,
}

/// Whose a further wallet is: offers for it come from a source that says so under `gives`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Another {
    /// Another user: the name in `gives.subject`.
    pub subject: Option<String>,
    /// Another issuer: the name in `gives.tenant`. Nobody is judged on what it answers.
    pub tenant: Option<String>,
}

/// Whether a wallet uses DPoP (RFC 9449).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DpopUse {
    /// Where the authorization server announces it.
    #[default]
    WhereAnnounced,
    /// Never.
    Never,
}

/// Which type of key proof a wallet sends (OpenID4VCI F).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProofType {
    /// `jwt` where it is listed, else `attestation`.
    #[default]
    Announced,
    /// `jwt`.
    Jwt,
    /// `attestation`.
    Attestation,
}

/// Whether key proofs carry key attestations (OpenID4VCI D).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyAttestationUse {
    /// Where the configuration requires them.
    #[default]
    WhereRequired,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Whether a wallet encrypts its requests and asks for encrypted answers (OpenID4VCI 8.2, 10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EncryptionUse {
    /// Each where the issuer requires it.
    #[default]
    WhereRequired,
    /// It asks for encrypted answers, and so encrypts its requests where the issuer can read that.
    #[serde(alias = "both")]
    Response,
    /// It encrypts its requests.
    Request,
    /// Neither, even where the issuer requires it.
    Never,
}

/// How many key proofs a credential request carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProofCount {
    /// One.
    #[default]
    One,
    /// Three, or the announced `batch_size` where that is less.
    Some,
    /// Ten, where more than ten are announced.
    Ten,
    /// Exactly the announced `batch_size`, up to a bound of 100.
    BatchSize,
    /// That many, whatever is announced: not for scripts.
    #[serde(skip)]
    Exactly(u64),
}

/// How a key proof names its key (OpenID4VCI F.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum BindingMethod {
    /// The first of the announced methods that the wallet knows.
    #[default]
    #[serde(rename = "announced")]
    Announced,
    /// The `jwk` header.
    #[serde(rename = "jwk")]
    Jwk,
    /// A `kid` that is a did:jwk URL.
    #[serde(rename = "did:jwk")]
    DidJwk,
    /// A `kid` that is a did:key URL.
    #[serde(rename = "did:key")]
    DidKey,
    /// An `x5c` header with a certificate that the key signed itself.
    #[serde(rename = "x5c")]
    X5c,
}

impl BindingMethod {
    /// Its name in `cryptographic_binding_methods_supported`; none where the specification gives
    /// it none.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Announced | Self::X5c => None,
            Self::Jwk => Some("jwk"),
            Self::DidJwk => Some("did:jwk"),
            Self::DidKey => Some("did:key"),
        }
    }
}

/// Which of the offered configurations are requested.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Configurations {
    /// The first one that the wallet can prove a key for.
    #[default]
    First,
    /// Each, one request after the other.
    Every,
    /// This one, with an offer that names it: `{ named = "pid" }`.
    Named(String),
}

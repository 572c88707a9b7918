//! `vcispec accept`: what can be said of one wallet and one offer.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::HttpArguments;
use crate::protocol::dialect::Speech;

/// `vcispec accept`
#[derive(Debug, Args)]
pub struct AcceptArguments {
    /// The offer: a link of any scheme, an https link, JSON, a file, or - for standard input.
    #[arg(value_name = "OFFER", required_unless_present_any = ["code", "resume"], conflicts_with = "code")]
    pub offer: Option<String>,
    /// Go on asking for a credential that the issuer put off, with the file that was written when
    /// this wallet stopped waiting. It is removed once the credential is there.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["offer", "code", "tx_code", "batch", "config_id", "binding", "alg", "client_id"])]
    pub resume: Option<PathBuf>,
    /// The transaction code that came with the offer; asked for on a terminal when needed.
    #[arg(long, value_name = "CODE")]
    pub tx_code: Option<String>,
    /// Ask for this many credentials at once.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=100))]
    pub batch: u64,
    /// Which of the offered configurations to ask for; the first without it.
    #[arg(long, value_name = "ID")]
    pub config_id: Option<String>,
    /// What the wallet speaks: auto, 1.0, a draft (15, 14, 13, 11) or a guide's preset.
    #[arg(long, value_name = "DIALECT", default_value = "auto", value_parser = super::speech())]
    pub dialect: Speech,
    /// How the proof names its key; what the issuer announces without it.
    #[arg(long, value_enum, value_name = "METHOD")]
    pub binding: Option<BindingName>,
    /// The algorithm of the proof; the first that the issuer lists and this wallet knows without it.
    #[arg(long, value_enum, value_name = "ALG")]
    pub alg: Option<AlgorithmName>,
    /// The Credential Issuer Identifier, with --code instead of an offer.
    #[arg(long, value_name = "URL", requires = "code")]
    pub issuer: Option<String>,
    /// A bare pre-authorized code, with --issuer.
    #[arg(long, value_name = "CODE", requires = "issuer")]
    pub code: Option<String>,
    /// The client_id of the wallet; anonymous without one.
    #[arg(long, value_name = "ID")]
    pub client_id: Option<String>,
    /// How the client authenticates at the token endpoint; as the authorization server announces
    /// without it.
    #[arg(long, value_enum, value_name = "METHOD", requires = "client_id")]
    pub client_authentication: Option<ClientAuthenticationName>,
    /// The private JWK that the client is registered with, or a JWK Set, for private_key_jwt.
    #[arg(long, value_name = "FILE", requires = "client_id")]
    pub client_key: Option<PathBuf>,
    /// Who vouches for the wallet where the issuer asks for attestations; this user's own provider
    /// without it, see `vcispec wallet-provider`.
    #[arg(long, value_name = "FILE")]
    pub wallet_provider: Option<PathBuf>,
    /// What vouches for credential signers: certificates of authorities (PEM or DER, IACA too), or
    /// keys of an issuer that publishes none (JSON with issuer and jwks). A folder gives all that
    /// are in it. Repeatable.
    #[arg(long, value_name = "FILE|DIR")]
    pub trust: Vec<PathBuf>,
    /// Print one JSON document on standard output and nothing else.
    #[arg(long)]
    pub json: bool,
    /// How connections are made.
    #[command(flatten)]
    pub http: HttpArguments,
}

/// How a client authenticates, as typed and as `[client]` of `vcispec.toml` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ClientAuthenticationName {
    /// Not at all: a public client that sends its client_id.
    #[value(name = "none")]
    None,
    /// By a JWT that it signs with its registered key.
    #[value(name = "private_key_jwt")]
    PrivateKeyJwt,
    /// By an attestation of its wallet provider.
    #[value(name = "attestation")]
    Attestation,
}

/// How a key proof names its key, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BindingName {
    /// The jwk header.
    Jwk,
    /// A kid that is a did:jwk URL.
    #[value(name = "did:jwk")]
    DidJwk,
    /// A kid that is a did:key URL.
    #[value(name = "did:key")]
    DidKey,
    /// An x5c header with a self-signed certificate.
    X5c,
}

/// The algorithm of a key proof, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AlgorithmName {
    /// ECDSA on P-256.
    #[value(name = "ES256")]
    Es256,
    /// ECDSA on P-384.
    #[value(name = "ES384")]
    Es384,
    /// Ed25519, under the name that leaves the curve open.
    #[value(name = "EdDSA")]
    EdDsa,
    /// Ed25519, under its own name.
    #[value(name = "Ed25519")]
    Ed25519,
}

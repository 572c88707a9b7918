//! Whom a command speaks to, with which offers and by which rules: the same for every command
//! that drives scenarios.

use std::path::PathBuf;

use clap::Args;

use crate::checks::{Edition, Profile};
use crate::protocol::dialect::Speech;

/// The issuer under test.
#[derive(Clone, Debug, Default, Args)]
pub struct IssuerArguments {
    /// The Credential Issuer Identifier. Without an offer, everything that needs none is run.
    #[arg(long, value_name = "URL")]
    pub issuer: Option<String>,
    /// One offer: a link of any scheme, an https link, JSON, a file, or - for standard input.
    #[arg(long, value_name = "OFFER")]
    pub offer: Option<String>,
    /// The transaction code that came with the offer.
    #[arg(long, value_name = "CODE", requires = "offer")]
    pub tx_code: Option<String>,
    /// Configuration file; `vcispec.toml` in this directory is read without being named.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The client_id of the wallet; anonymous without one.
    #[arg(long, value_name = "ID")]
    pub client_id: Option<String>,
    /// Who vouches for the wallet where the issuer asks for attestations; this user's own provider
    /// without it, see `vcispec wallet-provider`.
    #[arg(long, value_name = "FILE")]
    pub wallet_provider: Option<PathBuf>,
    /// A profile that the issuer claims to follow beyond vci-1.0. Repeatable.
    #[arg(long, value_name = "PROFILE", value_delimiter = ',', value_parser = super::profile())]
    pub profile: Vec<Profile>,
    /// What the wallet speaks: auto, 1.0, a draft (15, 14, 13, 11) or a guide's preset. A dialect that is
    /// named excuses what it has otherwise than 1.0 [default: auto].
    #[arg(long, value_name = "DIALECT", value_parser = super::speech())]
    pub dialect: Option<Speech>,
    /// The edition of the checks in force; newer ones only warn. The newest without it.
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<Edition>,
    /// Run this scenario of one's own too, or every one in this folder. Repeatable.
    #[arg(long, value_name = "FILE|DIR")]
    pub scenario: Vec<PathBuf>,
    /// What vouches for credential signers: certificates of authorities (PEM or DER, IACA too), or
    /// keys of an issuer that publishes none (JSON with issuer and jwks). A folder gives all that
    /// are in it. Repeatable.
    #[arg(long, value_name = "FILE|DIR")]
    pub trust: Vec<PathBuf>,
    /// The most offers to use.
    #[arg(long, value_name = "N")]
    pub max_offers: Option<usize>,
}

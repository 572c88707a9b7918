//! `vcispec wallet-provider`: what issuers have to trust.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `vcispec wallet-provider`
#[derive(Debug, Args)]
pub struct WalletProviderArguments {
    /// In which form.
    #[arg(value_enum, value_name = "FORM")]
    pub document: WalletProviderDocument,
    /// The file of the provider; this user's own without it.
    #[arg(long, value_name = "FILE")]
    pub wallet_provider: Option<PathBuf>,
    /// Configuration file; `vcispec.toml` in this directory is read without being named.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// A form of the trust anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WalletProviderDocument {
    /// The signing key as a JWK Set.
    Jwks,
    /// The root certificate as PEM.
    Ca,
}

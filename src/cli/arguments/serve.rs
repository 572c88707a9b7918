//! `vcispec serve`: the reference issuer alone, and load on any issuer.

use clap::Args;

/// `vcispec serve`
#[derive(Clone, Debug, Args)]
pub struct ServeArguments {
    /// A named configuration of the reference issuer.
    #[arg(long, value_name = "NAME", default_value = "default")]
    pub configuration: String,
    /// Where the protocol is served.
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<std::net::SocketAddr>,
    /// Where POST /offers is served.
    #[arg(long, value_name = "ADDRESS")]
    pub management: Option<std::net::SocketAddr>,
    /// Show this fault. Repeatable; see `vcispec list faults`.
    #[arg(long, value_name = "NAME")]
    pub fault: Vec<String>,
    /// Show some fault in this share of the requests, 0 to 1 or N%.
    #[arg(long, value_name = "SHARE")]
    pub misbehave: Option<String>,
    /// The seed of --misbehave.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Seconds that codes, tokens and nonces live.
    #[arg(long, value_name = "SECONDS")]
    pub lifetimes: Option<u64>,
    /// Print one JSON line when ready instead of a text.
    #[arg(long)]
    pub json: bool,
}

/// `vcispec bench-load`
#[derive(Clone, Debug, Args)]
pub struct LoadArguments {
    /// The Credential Issuer Identifier.
    #[arg(long)]
    pub issuer: String,
    /// The management URL of the reference issuer.
    #[arg(long)]
    pub management: String,
    /// Wallets at the same time.
    #[arg(long, default_value_t = 1)]
    pub concurrency: usize,
    /// Proofs in one request.
    #[arg(long, default_value_t = 1)]
    pub batch: u64,
    /// How long.
    #[arg(long, default_value_t = 5.0)]
    pub seconds: f64,
    /// Mint offers as they are used, instead of beforehand.
    #[arg(long)]
    pub mint_as_used: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

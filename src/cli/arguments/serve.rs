//! `vcispec serve`: the reference issuer alone.

use clap::Args;

/// `vcispec serve`
#[derive(Clone, Debug, Args)]
pub struct ServeArguments {
    /// A named configuration of the reference issuer; see `vcispec list configurations`.
    #[arg(long, value_name = "NAME", default_value = "default")]
    pub configuration: String,
    /// Be the issuer of a public guide instead: corbado, gramota, eudiw-connector, eaa-de-template.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["configuration", "dialect"])]
    pub like: Option<String>,
    /// Speak an older draft: 11, 13 or 15.
    #[arg(long, value_name = "DRAFT")]
    pub dialect: Option<String>,
    /// Where the protocol is served.
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<std::net::SocketAddr>,
    /// The host in every published URL, and a name in every certificate [default: 127.0.0.1].
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// Where POST /offers is served.
    #[arg(long, value_name = "ADDRESS")]
    pub management: Option<std::net::SocketAddr>,
    /// Tell this backend of each offer: the http URL that [callback] of vcispec.toml listens at.
    #[arg(long, value_name = "URL")]
    pub callback: Option<url::Url>,
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
    /// Take attestations of this wallet provider: PEM, as `vcispec wallet-provider ca` prints it.
    /// Repeatable.
    #[arg(long, value_name = "FILE")]
    pub trust_wallet_provider: Vec<std::path::PathBuf>,
    /// Print one JSON line when ready instead of a text.
    #[arg(long)]
    pub json: bool,
}

//! How connections are made.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use crate::render::shell_word;

/// How connections are made.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Connections")]
pub struct HttpArguments {
    /// Seconds for one whole exchange [default: 20].
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub timeout: Option<u64>,
    /// The most requests a second.
    #[arg(long, value_name = "N")]
    pub max_rps: Option<f64>,
    /// Send a request up to N times more after the connection failed, unless it spends a code, a
    /// nonce or a proof [default: 0]. Announced in the report.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=5))]
    pub retry_transport: Option<u32>,
    /// Seconds to wait in all for the credentials of one request where the issuer puts them off
    /// [default: 60].
    #[arg(long, value_name = "SECONDS")]
    pub max_wait: Option<u64>,
    /// A further trust anchor for TLS, PEM. Repeatable.
    #[arg(long, value_name = "FILE")]
    pub ca: Vec<PathBuf>,
    /// Client certificate chain and key in one PEM file.
    #[arg(long, value_name = "FILE")]
    pub client_cert: Option<PathBuf>,
    /// Look HOST up at ADDRESS; Host, aud and htu stay. Repeatable.
    #[arg(long, value_name = "HOST:PORT=ADDRESS")]
    pub resolve: Vec<String>,
    /// A header field for one host. Repeatable.
    #[arg(long, value_name = "HOST:NAME=VALUE")]
    pub header: Vec<String>,
    /// Allow plain http to this host. Announced in the report. Repeatable.
    #[arg(long, value_name = "HOST")]
    pub allow_http: Vec<String>,
    /// Follow URLs that the issuer names to this host, though it is not public. Repeatable.
    #[arg(long, value_name = "HOST")]
    pub allow_host: Vec<String>,
    /// Do not verify server certificates. Announced in the report.
    #[arg(long)]
    pub insecure: bool,
}

impl HttpArguments {
    /// How the issuer is reached as command-line words, each with a space before it. Header fields
    /// are left out: they are secrets, and what is printed ends up in logs.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let mut add = |name: &str, value: &str| {
            let _ = write!(words, " --{name} {}", shell_word(value));
        };
        for path in &self.ca {
            add("ca", &path.display().to_string());
        }
        if let Some(path) = &self.client_cert {
            add("client-cert", &path.display().to_string());
        }
        for place in &self.resolve {
            add("resolve", place);
        }
        for host in &self.allow_http {
            add("allow-http", host);
        }
        for host in &self.allow_host {
            add("allow-host", host);
        }
        if self.insecure {
            words.push_str(" --insecure");
        }
        words
    }
}

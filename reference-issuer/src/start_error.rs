//! Why an issuer does not start: what keys, certificates and listeners have to say before it runs.

use std::{io, net::SocketAddr};

use thiserror::Error;

/// Why an issuer did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// A port could not be taken.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// A key could not be made.
    #[error("cannot make a P-256 key")]
    Key,
    /// A certificate could not be made.
    #[error("cannot make a certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// TLS could not be set up.
    #[error("cannot set up TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// The issuer path would make no URL.
    #[error(
        "expected an issuer path that is empty or starts with `/` and has plain segments, got `{0}`"
    )]
    IssuerPath(String),
}

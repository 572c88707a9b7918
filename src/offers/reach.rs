//! How a minting endpoint is reached: through TLS with the user's own authorities, without
//! redirects, and past no proxy when it stands on this machine.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::{CryptoProvider, aws_lc_rs};
use url::Url;

use crate::protocol::is_loopback;

/// What the `[http]` table of a configuration means for minting.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Authorities trusted beside those of the system: contents of PEM files.
    pub ca: Vec<Vec<u8>>,
    /// Any certificate will do.
    pub insecure: bool,
    /// Where a host is to be found, instead of where DNS says. The port of the address counts
    /// only for a URL without a port.
    pub resolve: Vec<(String, SocketAddr)>,
}

impl Reach {
    /// A client for one endpoint; the error says what of this cannot be used.
    pub(super) fn client(
        &self,
        url: &Url,
        time_limit: Duration,
    ) -> Result<reqwest::Client, String> {
        provide_cryptography();
        let mut authorities = Vec::new();
        for pem in &self.ca {
            let read = reqwest::Certificate::from_pem_bundle(pem)
                .map_err(|_| "expected PEM certificates in [http] ca, found something else")?;
            authorities.extend(read);
        }
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("vcispec/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .tls_danger_accept_invalid_certs(self.insecure)
            .timeout(time_limit);
        // Without TLS nothing need be trusted, not even on a machine that has no authorities.
        builder = if url.scheme() == "http" {
            builder.tls_certs_only(authorities)
        } else {
            builder.tls_certs_merge(authorities)
        };
        for (host, address) in &self.resolve {
            builder = builder.resolve(host, *address);
        }
        if is_loopback(url) {
            builder = builder.no_proxy();
        }
        builder.build().map_err(|error| explain(&error))
    }
}

/// An error with its causes, without the URL: a query may hold a secret.
pub(super) fn explain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !text.contains(&next) {
            text = format!("{text}: {next}");
        }
        cause = error.source();
    }
    text
}

/// The program installs a provider when it starts; as a library nobody may have.
fn provide_cryptography() {
    if CryptoProvider::get_default().is_none() {
        // Another thread may be first, and then there is a provider all the same.
        drop::<Result<(), Arc<CryptoProvider>>>(aws_lc_rs::default_provider().install_default());
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    #[test]
    fn what_is_no_certificate_is_said_to_be_none() {
        let reach = Reach {
            ca: vec![b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec()],
            ..Reach::default()
        };
        let url = Url::parse("https://mint.example").unwrap();
        assert!(reach.client(&url, Duration::from_secs(1)).is_err());
    }
}

//! `[http]`: how the issuer is reached, and what of that is not safe.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::num::{NonZeroU32, NonZeroU64};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use super::secret::Secret;
use crate::cli::document::Document;

/// How the wallet speaks HTTP.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    /// `ca`: PEM files of authorities trusted for TLS beside those of the system.
    pub ca: Vec<PathBuf>,
    /// `client_cert`: a PEM file with the certificates and the private key that the wallet shows
    /// in TLS.
    pub client_cert: Option<PathBuf>,
    /// `allow_http`: hosts that may be spoken to without TLS; loopback always may.
    pub allow_http: Vec<String>,
    /// `insecure`: any certificate will do. Default `false`.
    pub insecure: bool,
    /// `max_rps`: requests per second at most. Absent: as fast as the issuer answers.
    pub max_rps: Option<NonZeroU32>,
    /// `timeout_seconds`: how long one answer may take. Default 20.
    pub timeout_seconds: Option<NonZeroU64>,
    /// `max_wait_seconds`: how long to wait in all for the credentials of one request where the
    /// issuer puts them off. Default 60.
    pub max_wait_seconds: Option<u64>,
    /// `resolve`: `host:port=address:port`, where a host is to be found instead of where DNS says.
    #[schemars(with = "Vec<String>")]
    pub resolve: Vec<Resolve>,
    /// `allow_host`: private addresses are not spoken to when an issuer's answer names them,
    /// except at these hosts.
    pub allow_host: Vec<String>,
    /// `[http.headers."host"]`: headers sent with every request to a host.
    #[schemars(with = "BTreeMap<String, BTreeMap<String, String>>")]
    pub headers: BTreeMap<String, BTreeMap<String, Secret<String>>>,
}

impl Http {
    /// How long one answer may take.
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds.map_or(20, NonZeroU64::get))
    }

    pub(super) fn settle(&mut self, document: &Document) {
        for path in self.ca.iter_mut().chain(&mut self.client_cert) {
            *path = document.path(path);
        }
    }
}

/// Where a host is to be found.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Resolve {
    /// The host as it stands in URLs.
    pub host: String,
    /// The port as it stands in URLs, or as their scheme implies.
    pub port: u16,
    /// Where the host is.
    pub address: SocketAddr,
}

impl FromStr for Resolve {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (name, address) = text.split_once('=')?;
            let (host, port) = name.rsplit_once(':')?;
            let port = port.parse().ok()?;
            let bare = || {
                let address: IpAddr = address.trim_matches(['[', ']']).parse().ok()?;
                Some(SocketAddr::new(address, port))
            };
            Some(Self { host: host.to_owned(), port, address: address.parse().ok().or_else(bare)? })
        };
        let resolve = read()
            .filter(|resolve| !resolve.host.is_empty())
            .ok_or("expected host:port=address, such as issuer.example:443=127.0.0.1:8443")?;
        // A port that stands in a URL is the port that is connected to.
        let is_implied = matches!(resolve.port, 80 | 443);
        if !is_implied && resolve.address.port() != resolve.port {
            return Err("expected the same port on both sides, or 443 or 80 on the left");
        }
        Ok(resolve)
    }
}

impl TryFrom<String> for Resolve {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    #[test]
    fn a_host_is_found_elsewhere() {
        let resolve: Resolve = "h.example:443=[::1]:8443".parse().unwrap();
        assert_eq!((resolve.host.as_str(), resolve.port), ("h.example", 443));
        assert_eq!(resolve.address, "[::1]:8443".parse().unwrap());
        let resolve: Resolve = "h.example:443=127.0.0.1".parse().unwrap();
        assert_eq!(resolve.address, "127.0.0.1:443".parse().unwrap());
        for wrong in [
            "h.example:9999=127.0.0.1:8443",
            "h.example=127.0.0.1:1",
            "h:1=localhost:2",
            ":1=127.0.0.1:2",
            "",
        ] {
            assert!(wrong.parse::<Resolve>().is_err(), "{wrong}");
        }
    }
}

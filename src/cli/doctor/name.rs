//! Whether the issuer's host has an address.

use std::net::{IpAddr, SocketAddr};

use url::Url;

use super::Look;
use super::finding::Finding;
use super::patient::Patient;
use crate::wallet::{HttpOptions, proxy_variable};

/// Looks the host up, the way the wallet will.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let (Some(url), Some(case)) = (patient.url(), &patient.case) else { return Vec::new() };
        let host = url.host_str().unwrap_or_default().to_owned();
        let finding = match addresses(&url, &case.options).await {
            Ok(found) => {
                patient.addresses = found.addresses().to_vec();
                found.told(&host)
            }
            Err(why) => {
                let port = url.port_or_known_default().unwrap_or(443);
                Finding::unreachable(why).so(format!("--resolve {host}:{port}=ADDRESS"))
            }
        };
        vec![finding]
    })
}

/// Where a host is.
pub enum Found {
    /// The URL says it itself.
    Written([SocketAddr; 1]),
    /// `--resolve` says it.
    Given([SocketAddr; 1]),
    /// The system looked it up.
    LookedUp(Vec<SocketAddr>),
    /// The proxy that this variable names will look it up.
    ByProxy(&'static str),
}

impl Found {
    /// The addresses; none where a proxy connects.
    pub fn addresses(&self) -> &[SocketAddr] {
        match self {
            Self::Written(address) | Self::Given(address) => address,
            Self::LookedUp(addresses) => addresses,
            Self::ByProxy(_) => &[],
        }
    }

    fn told(&self, host: &str) -> Finding {
        match self {
            Self::Written(_) => Finding::well(format!("{host} needs no look-up")),
            Self::Given([address]) => {
                Finding::well(format!("{host} is {} by --resolve", address.ip()))
            }
            Self::LookedUp(addresses) => {
                let mut told: Vec<String> =
                    addresses.iter().map(|address| address.ip().to_string()).collect();
                told.dedup();
                Finding::well(format!("{host} is {}", told.join(", ")))
            }
            Self::ByProxy(variable) => {
                Finding::idle(format!("not looked up: {variable} names a proxy"))
            }
        }
    }
}

/// Where the wallet will find the host of a URL.
pub async fn addresses(url: &Url, options: &HttpOptions) -> Result<Found, String> {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let port = url.port_or_known_default().unwrap_or(443);
    if let Some(place) = options.resolve.iter().rev().find(|place| place.host == host) {
        // A port that stands in the URL outranks that of the address.
        let port = url.port().unwrap_or(place.address.port());
        return Ok(Found::Given([SocketAddr::new(place.address.ip(), port)]));
    }
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(Found::Written([SocketAddr::new(address, port)]));
    }
    if let Some(variable) = proxy_variable(url) {
        return Ok(Found::ByProxy(variable));
    }
    match tokio::net::lookup_host((host, port)).await {
        Ok(found) => Ok(Found::LookedUp(found.collect())),
        Err(error) => Err(format!("{host} has no address: {error}")),
    }
}

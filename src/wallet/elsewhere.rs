//! Where an issuer may send us: its own hosts, hosts that the user allowed, and public addresses;
//! never the network that the harness runs in.

use std::net::{IpAddr, SocketAddr};

use url::Url;

use super::http::Http;

/// The client of the run, or one that is bound to an address that was looked at.
pub enum Client<'h> {
    /// The one of the run.
    OfTheRun(&'h Http),
    /// One that finds the host at that address only.
    Bound(Box<Http>),
}

impl Client<'_> {
    /// The client itself.
    pub fn get(&self) -> &Http {
        match self {
            Self::OfTheRun(http) => http,
            Self::Bound(http) => http,
        }
    }
}

/// A client for a URL that an issuer names: for its own hosts, for hosts the user allowed, and for
/// public addresses, which it is then bound to; never for the network that the harness runs in.
pub async fn client_for<'h>(
    url: &Url,
    http: &'h Http,
    own: &[String],
    allowed: &[String],
) -> Option<Client<'h>> {
    let host = url.host_str()?;
    if own.iter().chain(allowed).any(|known| known == host) {
        return Some(Client::OfTheRun(http));
    }
    let port = url.port_or_known_default().unwrap_or(443);
    let found = tokio::net::lookup_host((host.trim_matches(['[', ']']), port)).await.ok()?;
    let addresses: Vec<SocketAddr> = found.collect();
    let first = *addresses.first()?;
    if !addresses.iter().all(|address| is_public(&address.ip())) {
        return None;
    }
    http.bound_to(host, first).ok().map(Box::new).map(Client::Bound)
}

fn is_public(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [first, second, third, _] = v4.octets();
            let special =
                matches!((first, second), (0 | 240.., _) | (100, 64..128) | (198, 18 | 19))
                    || (first, second, third) == (192, 0, 0);
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_unspecified()
                || v4.is_multicast()
                || v4.is_broadcast()
                || v4.is_documentation()
                || special)
        }
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_public(&IpAddr::V4(v4)),
            None => {
                let translated = v6.segments().starts_with(&[0x64, 0xff9b]);
                !(translated
                    || v6.is_loopback()
                    || v6.is_unspecified()
                    || v6.is_multicast()
                    || v6.is_unique_local()
                    || v6.is_unicast_link_local())
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn addresses_inside_are_not_public() {
        for inside in [
            "127.0.0.1",
            "0.1.2.3",
            "198.18.0.1",
            "64:ff9b::7f00:1",
            "10.1.2.3",
            "169.254.169.254",
            "100.64.0.1",
            "::1",
            "fd00::1",
            "::ffff:10.0.0.1",
        ] {
            let address = inside.parse().ok();
            assert_eq!(address.as_ref().map(is_public), Some(false), "{inside}");
        }
        assert_eq!("2606:4700::1111".parse().ok().as_ref().map(is_public), Some(true));
    }
}

//! Which URLs stay on this machine: the one place where plain http is as good as TLS.

use url::{Host, Url};

/// Whether a URL names this machine, by address or as `localhost` (RFC 6761 6.3).
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_by_all_its_names() {
        for (url, expected) in [
            ("http://localhost:8081", true),
            ("http://issuer.localhost", true),
            ("http://127.0.0.2", true),
            ("http://[::1]:80", true),
            ("https://issuer.example", false),
            ("https://localhost.example", false),
            ("openid-credential-offer://?credential_offer=x", false),
        ] {
            assert_eq!(Url::parse(url).map(|url| is_loopback(&url)), Ok(expected), "{url}");
        }
    }
}

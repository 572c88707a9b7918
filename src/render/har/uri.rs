//! A URL as HAR wants it. An issuer may name one that is none, and a pseudonym may stand in it.

use url::Url;

/// The URL with everything encoded that a URI cannot hold (RFC 3986 2); a place that leads nowhere
/// for what is no URL at all.
pub(super) fn valid(url: &str) -> String {
    let encoded = encoded(url);
    match Url::parse(&encoded) {
        Ok(_) => encoded,
        Err(_) => format!("about:invalid#{}", encoded.replace('#', "%23")),
    }
}

fn encoded(url: &str) -> String {
    let mut encoded = String::with_capacity(url.len());
    let host = host(url);
    let mut fragments = 0;
    for (at, character) in url.char_indices() {
        fragments += usize::from(character == '#');
        let escape = |octets: &str| octets.get(at + 1..at + 3).is_some_and(is_hex);
        let stands = match character {
            '#' => fragments == 1,
            '%' => escape(url),
            '[' | ']' => host.contains(&at),
            character => {
                character.is_ascii_alphanumeric() || "-._~:/?@!$&'()*+,;=".contains(character)
            }
        };
        match stands {
            true => encoded.push(character),
            false => {
                let mut octets = [0; 4];
                for octet in character.encode_utf8(&mut octets).bytes() {
                    encoded.push_str(&format!("%{octet:02X}"));
                }
            }
        }
    }
    encoded
}

/// Where the host stands: an address in brackets may be there and nowhere else.
fn host(url: &str) -> std::ops::Range<usize> {
    let start = url.find("://").map_or(url.len(), |at| at + "://".len());
    let rest = url.get(start..).unwrap_or_default();
    start..start + rest.find(['/', '?', '#']).unwrap_or(rest.len())
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|octet| octet.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::valid;

    #[test]
    fn what_is_a_uri_stays_and_what_is_none_leads_nowhere() {
        for same in ["https://issuer.example/a%20b?c=d#e", "http://[::1]:8080/token"] {
            assert_eq!(valid(same), same);
        }
        assert_eq!(
            valid("https://issuer.example/offer-uri#1?code=<string>#2"),
            "https://issuer.example/offer-uri#1?code=%3Cstring%3E%232"
        );
        assert_eq!(valid("https://issuer.example/100%"), "https://issuer.example/100%25");
        assert_eq!(valid("https://issuer.example/[1]"), "https://issuer.example/%5B1%5D");
        assert_eq!(valid("no url #1"), "about:invalid#no%20url%20%231");
    }
}

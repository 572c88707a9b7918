//! The link or QR code text of an offer, taken apart without judging it.

use url::{Url, form_urlencoded};

use crate::protocol::without_form_encoding;

/// What an offer link carries.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Each `credential_offer`, decoded once.
    pub values: Vec<String>,
    /// Each `credential_offer_uri`, decoded once.
    pub references: Vec<String>,
    /// The other parameters, decoded once.
    pub others: Vec<String>,
    /// Whether a raw `#` cut the link short.
    pub has_fragment: bool,
}

impl Link {
    /// Takes apart a link of any scheme. None for bare JSON, for what is no URL, and for an
    /// http(s) URL without either parameter: that is a `credential_offer_uri` by itself.
    pub fn read(given: &str) -> Option<Self> {
        let given = given.trim();
        if given.starts_with('{') {
            return None;
        }
        let url = Url::parse(given).ok()?;
        let mut link = Self { has_fragment: url.fragment().is_some(), ..Self::default() };
        // Only percent-encoding is meant, where `+` stands for itself.
        let query = url.query().unwrap_or_default().replace('+', "%2B");
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let place = match &*name {
                "credential_offer" => &mut link.values,
                "credential_offer_uri" => &mut link.references,
                _ => &mut link.others,
            };
            place.push(without_form_encoding(value.into_owned()));
        }
        let is_bare = link.values.is_empty() && link.references.is_empty();
        let is_web = matches!(url.scheme(), "http" | "https");
        (!(is_bare && is_web)).then_some(link)
    }
}

/// The URLs from which an offer is to be fetched: those of its link, or the text itself.
pub fn references(given: &str) -> Vec<String> {
    match Link::read(given) {
        Some(link) => link.references,
        None => Url::parse(given.trim())
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .map(|_| given.trim().to_owned())
            .into_iter()
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_taken_apart_and_json_is_not() {
        let link = Link::read("haip-vci://?credential_offer=%7B%22a%22:%22x+y%22%7D&pin=1");
        let link = link.unwrap_or_default();
        assert_eq!(link.values, [r#"{"a":"x+y"}"#]);
        assert_eq!(link.others, ["1"]);
        let form = Link::read("openid-credential-offer://?credential_offer={%22a%22:+%22x%22}");
        assert_eq!(form.unwrap_or_default().values, [r#"{"a": "x"}"#]);
        assert_eq!(Link::read("{}"), None);
        assert_eq!(Link::read("https://h/o/1"), None);
        assert_eq!(references("https://h/o/1"), ["https://h/o/1"]);
        assert!(references("{}").is_empty());
        let claimed = "https://wallet.example/?credential_offer_uri=https%3A%2F%2Fh%2Fo";
        assert_eq!(references(claimed), ["https://h/o"]);
    }
}

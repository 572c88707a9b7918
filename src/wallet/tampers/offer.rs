//! What can be wrong with the address that an offer is fetched from.

use url::Url;

use super::Tamper;
use crate::transcript::Station;
use crate::wallet::dpop::fresh_identifier;

/// The rows of the offer.
pub const TAMPERS: &[Tamper] = &[Tamper {
    name: "unknown-reference",
    says: "asks for an offer that does not exist",
    at: &[Station::Offer],
    resends: false,
    change: |draft, _| {
        draft.url =
            elsewhere(&draft.url).ok_or("the reference has nothing that could be changed")?;
        Ok(format!("the reference is {}", draft.url))
    },
}];

/// The address with a random value in the place where most references name the offer: the last
/// value of the query, or else the last segment of the path.
fn elsewhere(reference: &Url) -> Option<Url> {
    let mut url = reference.clone();
    let mut pairs: Vec<(String, String)> = reference.query_pairs().into_owned().collect();
    if let Some((_, value)) = pairs.last_mut() {
        *value = fresh_identifier();
        url.query_pairs_mut().clear().extend_pairs(pairs);
        return Some(url);
    }
    let mut segments = url.path_segments_mut().ok()?;
    segments.pop_if_empty().pop().push(&fresh_identifier());
    drop(segments);
    Some(url)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    #[test]
    fn what_names_the_offer_is_changed_and_nothing_else() {
        for (reference, kept) in [
            ("https://h/offers/abc", "https://h/offers/"),
            ("https://h/offers/abc/", "https://h/offers/"),
            ("https://h/offer?v=1&id=abc", "https://h/offer?v=1&id="),
        ] {
            let changed = elsewhere(&Url::parse(reference).unwrap()).unwrap();
            assert!(changed.as_str().starts_with(kept), "{changed}");
            assert!(!changed.as_str().ends_with("abc"), "{changed}");
        }
    }
}

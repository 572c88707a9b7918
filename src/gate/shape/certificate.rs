//! A certificate chain without what is new in every certificate.

use serde_json::{Value, json};

use super::normaliser::Normaliser;
use crate::jose::Certificate;

/// The most certificates of a chain that are looked at.
const MOST: usize = 16;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// An `x5c` chain: who certifies whom, for which names, with what kind of key and for how long.
/// Serial numbers and dates change when a certificate is renewed, which is planned life.
pub fn chain(entries: &[Value], normaliser: &Normaliser) -> Value {
    let one = |entry: &Value| {
        let certificate = entry.as_str().map(Certificate::from_base64);
        match certificate {
            Some(Ok(certificate)) => shape(&certificate, normaliser),
            _ => json!("<unreadable certificate>"),
        }
    };
    entries.iter().take(MOST).map(one).collect()
}

/// One certificate.
pub(super) fn shape(certificate: &Certificate, normaliser: &Normaliser) -> Value {
    let mut names = certificate.dns_names();
    names.extend(certificate.uris());
    names.sort_unstable();
    let names: Vec<String> = names.iter().map(|name| normaliser.published(name)).collect();
    let days = (certificate.not_after() - certificate.not_before() + DAY / 2) / DAY;
    let key = certificate.public_key();
    json!({
        "subject": normaliser.published(&certificate.subject()),
        "issuer": normaliser.published(&certificate.issuer()),
        "names": names,
        "key": key.map_or("of another kind", |key| key.curve()),
        "validity": format!("{days} days"),
    })
}

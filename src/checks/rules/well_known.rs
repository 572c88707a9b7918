//! Where metadata was asked for, and from which identifiers that address follows.

use url::Url;

use crate::checks::{Answered, Breach, Finding, Scene};
use crate::protocol::{Location, WellKnown};
use crate::transcript::Station;

/// Whether a URL has the well-known segment right behind its host.
pub fn is_inserted(url: &str, kind: WellKnown) -> bool {
    Url::parse(url).is_ok_and(|url| {
        let mut segments = url.path().split('/').skip(1);
        segments.next() == Some(".well-known") && segments.next() == Some(kind.segment())
    })
}

/// Whether a URL is the address of this document for an identifier.
pub fn leads_to(identifier: &str, kind: WellKnown, location: Location, url: &str) -> bool {
    let address = kind.url(identifier, location);
    address.is_some() && address == Url::parse(url).ok()
}

/// The identifiers of the Credential Issuer that wallets start from: those in offers, and the
/// one under test.
pub fn issuer_identifiers<'a>(scene: &'a Scene<'_>) -> Vec<&'a str> {
    let offered = scene
        .transcript
        .offers
        .iter()
        .filter_map(|record| record.object.as_ref()?.get("credential_issuer")?.as_str());
    let mut identifiers: Vec<&str> = Vec::new();
    for identifier in offered.chain([scene.provenance.credential_issuer.as_str()]) {
        if !identifiers.contains(&identifier) {
            identifiers.push(identifier);
        }
    }
    identifiers
}

/// The last useful answer to a request for one of these addresses: a 200 if there was one.
pub fn answer_at<'s>(
    scene: &'s Scene<'_>,
    station: Station,
    is_there: impl Fn(&str) -> bool,
) -> Option<Answered<'s>> {
    let mut last = None;
    for answered in scene.answers(station) {
        if is_there(&answered.exchange.request.url) {
            if answered.answer.status == 200 {
                return Some(answered);
            }
            last = Some(answered);
        }
    }
    last
}

/// What is to be said of an answer at the place where the document must be: exactly 200, or a
/// breach that tells where the document was found instead.
pub fn judge_place(answered: &Answered<'_>, elsewhere: Option<Answered<'_>>) -> Finding {
    let status = answered.answer.status;
    if status == 200 {
        return Finding::Holds;
    }
    if status == 429 {
        return Finding::Silent("the server throttled us");
    }
    let url = &answered.exchange.request.url;
    let mut exchanges = vec![answered.exchange.number];
    let mut actual = status.to_string();
    if let Some(found) = elsewhere.filter(|found| found.answer.status == 200) {
        exchanges.push(found.exchange.number);
        actual = format!("{status} there, 200 only at {}", found.exchange.request.url);
    }
    Finding::Breaks(Breach::new(format!("200 at {url}"), actual).at(exchanges))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inserted_place_is_right_behind_the_host() {
        let inserted = |url| is_inserted(url, WellKnown::CredentialIssuer);
        assert!(inserted("https://h/.well-known/openid-credential-issuer/t"));
        assert!(inserted("https://h/.well-known/openid-credential-issuer"));
        assert!(!inserted("https://h/t/.well-known/openid-credential-issuer"));
        assert!(!inserted("https://h/.well-known/openid-credential-issuers"));
    }
}

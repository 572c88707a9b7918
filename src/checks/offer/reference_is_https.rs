//! The reference leads to a live code, so the way there is protected.

use super::each_record;
use super::link::references;
use crate::checks::identifier::absolute_url;
use crate::checks::{Applies, Check, Finding, Judge, Level, Scene};

pub static CHECK: Check = Check {
    id: "offer/reference-is-https",
    aliases: &[],
    since: "2026.1",
    title: "an offer is referred to by an https URL",
    level: Level::Must,
    raised_by: &[],
    applies: where_references_need_https,
    spec: &["vci#credential-offer"],
    obligation: "credential_offer_uri is a URL with the https scheme",
    doc: "Whoever can read the answer at `credential_offer_uri` holds the pre-authorized code. A service \
          behind a proxy that ends TLS often builds its links from the request it sees, and so writes \
          `http` although the outside is https.\n\n\
          Build the link from the configured public address, or have the proxy send and the service \
          trust `X-Forwarded-Proto`. Plain http on loopback and to hosts given with `--allow-http` is \
          not counted.",
    judge: Judge::Transcript(reference_is_https),
};

fn reference_is_https(scene: &Scene<'_>) -> Finding {
    each_record(scene, |record| {
        let references = references(&record.given);
        let Some(reference) = references.first() else {
            return Finding::Silent("the offer did not come by reference");
        };
        match absolute_url(reference) {
            Some(url) if url.scheme() == "https" => Finding::Holds,
            Some(url) if url.scheme() == "http" && scene.allows_http(&url) => {
                Finding::Silent("plain http is allowed to this host")
            }
            // The path leads to the offer, so it is not repeated here.
            Some(url) => Finding::breaks(
                "an https URL",
                format!("{}://{}/…", url.scheme(), url.host_str().unwrap_or_default()),
            ),
            None => Finding::breaks("an https URL", "no absolute URL"),
        }
    })
}

fn where_references_need_https(scene: &Scene<'_>) -> Applies {
    let offers = &scene.transcript.offers;
    let references: Vec<String> =
        offers.iter().flat_map(|record| references(&record.given)).collect();
    if references.is_empty() {
        return Applies::when(offers.is_empty(), "no offer came by reference");
    }
    let tolerated = |reference: &String| {
        absolute_url(reference).is_some_and(|url| url.scheme() == "http" && scene.allows_http(&url))
    };
    Applies::when(
        !references.iter().all(tolerated),
        "offers are fetched over plain http from a host where that is allowed",
    )
}

#[cfg(test)]
mod tests {
    use super::super::examples::{given, honest_offer};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::OfferForm;

    fn stage(reference: &str) -> Stage {
        let link = format!("openid-credential-offer://?credential_offer_uri={reference}");
        Stage::new().offer_record(given(&link, OfferForm::ByReference, Some(honest_offer())))
    }

    #[test]
    fn https_holds_and_http_does_not() {
        assert_holds(&super::CHECK, &stage("https%3A%2F%2Fissuer.example%2Fo%2F1"));
        assert_breaks(&super::CHECK, &stage("http://issuer.example/o/1"), "http://");
        assert_breaks(&super::CHECK, &stage("/o/1"), "no absolute URL");
    }

    #[test]
    fn allowed_http_is_not_judged() {
        let local = stage("http://127.0.0.1:8080/o/1");
        assert_outcome(&super::CHECK, &local, Outcome::NotApplicable);
        let allowed = stage("http://issuer.example/o/1").allow_http("issuer.example");
        assert_outcome(&super::CHECK, &allowed, Outcome::NotApplicable);
    }
}

//! An offer by value is read straight from the link: one decoding, then JSON.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::Value;

use super::each_record;
use super::link::Link;
use crate::checks::{Applies, Check, Finding, Judge, Level, Scene, shape};

pub static CHECK: Check = Check {
    id: "offer/is-json",
    aliases: &[],
    since: "2026.1",
    title: "an offer by value is a JSON object",
    level: Level::Must,
    raised_by: &[],
    applies: where_offers_come_by_value,
    spec: &["vci#credential-offer", "vci#credential-offer-parameters"],
    obligation: "credential_offer, percent-decoded once, is a JSON object",
    doc: "The value of `credential_offer` is the offer object as JSON, percent-encoded once. Offers are \
          encoded twice when a URL builder encodes what the application had already encoded; they are \
          cut short when nothing encodes them and a `&` or `#` inside the JSON ends the parameter; and \
          they are base64url where someone took the parameter for a JWT.\n\n\
          Hand the plain JSON text to a URL builder and let it do the encoding, once.",
    judge: Judge::Transcript(is_json),
};

fn is_json(scene: &Scene<'_>) -> Finding {
    each_record(scene, |record| {
        let Some(link) = Link::read(&record.given) else {
            return Finding::Silent("the offer did not come in a link");
        };
        match link.values.first() {
            None => Finding::Silent("the link carries a reference"),
            Some(value) if is_object(value) => Finding::Holds,
            Some(value) => Finding::breaks("a JSON object", instead(value, link.has_fragment)),
        }
    })
}

fn is_object(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|json| json.is_object())
}

fn instead(value: &str, has_fragment: bool) -> String {
    if let Ok(json) = serde_json::from_str::<Value>(value) {
        return format!("JSON, but {}", shape::kind(Some(&json)));
    }
    if is_object(&percent_decoded(value)) {
        return "percent-encoded twice".to_owned();
    }
    let decoded = URL_SAFE_NO_PAD
        .decode(value.trim_end_matches('='))
        .or_else(|_| STANDARD_NO_PAD.decode(value.trim_end_matches('=')));
    if decoded.is_ok_and(|octets| is_object(&String::from_utf8_lossy(&octets))) {
        return "base64 instead of JSON".to_owned();
    }
    if value.is_empty() {
        return "an empty parameter".to_owned();
    }
    if has_fragment {
        return "no JSON, perhaps cut short by a raw # in the link".to_owned();
    }
    "no JSON".to_owned()
}

fn percent_decoded(text: &str) -> String {
    let text = text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    url::form_urlencoded::parse(text.as_bytes())
        .next()
        .map(|(name, _)| name.into_owned())
        .unwrap_or_default()
}

fn where_offers_come_by_value(scene: &Scene<'_>) -> Applies {
    let offers = &scene.transcript.offers;
    let some_value = offers
        .iter()
        .filter_map(|record| Link::read(&record.given))
        .any(|link| !link.values.is_empty());
    Applies::when(offers.is_empty() || some_value, "no offer came by value in a link")
}

#[cfg(test)]
mod tests {
    use super::super::examples::{given, honest_offer};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::OfferForm;

    fn stage(value: &str) -> Stage {
        let link = format!("openid-credential-offer://?credential_offer={value}");
        Stage::new().offer_record(given(&link, OfferForm::ByValue, None))
    }

    #[test]
    fn encoded_once_holds() {
        assert_holds(&super::CHECK, &Stage::new().offer(honest_offer(), None));
        assert_holds(&super::CHECK, &stage("%7B%22a%22:%22x+y%22%7D"));
    }

    #[test]
    fn anything_else_says_what_it_is() {
        for (value, says) in [
            ("%257B%2522a%2522%253A1%257D", "percent-encoded twice"),
            ("eyJhIjoxfQ", "base64"),
            ("%5B%5D", "an array"),
            ("{%22a%22:%22x&y%22}", "no JSON"),
            ("{%22a%22:%22#y%22}", "raw #"),
            ("", "an empty parameter"),
        ] {
            assert_breaks(&super::CHECK, &stage(value), says);
        }
    }

    #[test]
    fn a_reference_has_no_value() {
        let link = "openid-credential-offer://?credential_offer_uri=https://h/o/1";
        let stage = Stage::new().offer_record(given(link, OfferForm::ByReference, None));
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

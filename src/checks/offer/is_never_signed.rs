//! An offer proves nothing about its sender, and must not look as if it did.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::each_record;
use super::link::Link;
use crate::checks::judge::worse;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "offer/is-never-signed",
    aliases: &[],
    since: "2026.1",
    title: "an offer is not a JWT",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-offer"],
    obligation: "an offer is a JSON object and never a JWT, signed or with alg none",
    doc: "Offers are not authenticated by design: a wallet trusts the issuer's metadata and TLS, not the \
          offer. Issuers that reuse code for signed requests wrap the offer in a JWT, with a signature \
          or with `alg` `none`, and wallets that expect JSON stop.\n\n\
          Send the object as it is, in the link or at `credential_offer_uri`.",
    judge: Judge::Transcript(is_never_signed),
};

fn is_never_signed(scene: &Scene<'_>) -> Finding {
    let given = each_record(scene, |record| {
        let value = Link::read(&record.given).and_then(|link| link.values.into_iter().next());
        match (value, &record.object) {
            (Some(value), _) => judge(&value),
            (None, Some(_)) => Finding::Holds,
            (None, None) => Finding::Silent("no offer object could be read"),
        }
    });
    let fetched = scene.granted(Station::Offer).map(|answered| match answered.answer.body.text() {
        Some(text) => match judge(text) {
            Finding::Breaks(breach) => Finding::Breaks(breach.at([answered.exchange.number])),
            other => other,
        },
        None => Finding::Silent("the answer is not text"),
    });
    fetched.fold(given, worse)
}

fn judge(text: &str) -> Finding {
    match algorithm(text) {
        Some(algorithm) => Finding::breaks("a JSON object", format!("a JWT with alg {algorithm}")),
        None => Finding::Holds,
    }
}

/// The `alg` of a compact JWS, none if the text is no such thing.
fn algorithm(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.trim().split('.').collect();
    let [header, _, _] = parts.as_slice() else {
        return None;
    };
    let header = URL_SAFE_NO_PAD.decode(header).ok()?;
    let header: Value = serde_json::from_slice(&header).ok()?;
    Some(header.get("alg")?.as_str()?.chars().take(20).collect())
}

#[cfg(test)]
mod tests {
    use super::super::examples::{given, honest_offer};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::{OfferForm, Station};

    const UNSECURED: &str = "eyJhbGciOiJub25lIn0.e30.";

    #[test]
    fn an_object_holds_and_a_jwt_does_not() {
        assert_holds(&super::CHECK, &Stage::new().offer(honest_offer(), None));
        let link = format!("openid-credential-offer://?credential_offer={UNSECURED}");
        let stage = Stage::new().offer_record(given(&link, OfferForm::ByValue, None));
        assert_breaks(&super::CHECK, &stage, "alg none");
    }

    #[test]
    fn what_is_fetched_counts_too() {
        let link = "openid-credential-offer://?credential_offer_uri=https://issuer.example/o/1";
        let stage = |body: &str| {
            Stage::new().offer_record(given(link, OfferForm::ByReference, None)).answer(
                Station::Offer,
                200,
                &[],
                body,
            )
        };
        assert_breaks(&super::CHECK, &stage(UNSECURED), "alg none");
        assert_holds(&super::CHECK, &stage(&honest_offer().to_string()));
    }
}

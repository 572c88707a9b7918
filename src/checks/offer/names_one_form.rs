//! A link with both forms, or neither, leaves the wallet to guess.

use super::each_record;
use super::link::Link;
use crate::checks::{Applies, Check, Finding, Judge, Level, Scene};

pub static CHECK: Check = Check {
    id: "offer/names-one-form",
    aliases: &[],
    since: "2026.1",
    title: "an offer link has one offer, by value or by reference",
    level: Level::Must,
    raised_by: &[],
    applies: where_offers_are_links,
    spec: &["vci#credential-offer"],
    obligation: "an offer link carries exactly one of credential_offer and credential_offer_uri",
    doc: "A link that carries both an offer and a reference lets two wallets read two different offers; \
          one that carries neither opens the wallet and leaves it with nothing. Links with both come \
          from templates that grew a second parameter and kept the first; links with neither come from \
          a parameter of a draft or of a vendor (`request_uri`, `offer`).\n\n\
          Look at the code that builds the deep link and the QR code. Decide by size which form is \
          used, and write only that parameter.",
    judge: Judge::Transcript(names_one_form),
};

fn names_one_form(scene: &Scene<'_>) -> Finding {
    each_record(scene, |record| match Link::read(&record.given) {
        Some(link) => Finding::expect(
            link.values.len() + link.references.len() == 1,
            "credential_offer or credential_offer_uri, once",
            format!(
                "{} credential_offer and {} credential_offer_uri",
                link.values.len(),
                link.references.len()
            ),
        ),
        None => Finding::Silent("the offer did not come in a link"),
    })
}

fn where_offers_are_links(scene: &Scene<'_>) -> Applies {
    let offers = &scene.transcript.offers;
    let some_link = offers.iter().any(|record| Link::read(&record.given).is_some());
    Applies::when(
        offers.is_empty() || some_link,
        "no offer came in a link: the source gives JSON or URLs",
    )
}

#[cfg(test)]
mod tests {
    use super::super::examples::{given, honest_offer};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::OfferForm;

    #[test]
    fn one_parameter_holds_and_both_or_neither_do_not() {
        assert_holds(&super::CHECK, &Stage::new().offer(honest_offer(), None));
        let stage =
            |link: &str| Stage::new().offer_record(given(link, OfferForm::Unreadable, None));
        let both =
            "openid-credential-offer://?credential_offer=%7B%7D&credential_offer_uri=https://h";
        assert_breaks(&super::CHECK, &stage(both), "1 credential_offer and 1");
        let neither = "openid-credential-offer://?offer=%7B%7D";
        assert_breaks(&super::CHECK, &stage(neither), "0 credential_offer and 0");
    }

    #[test]
    fn bare_json_is_no_link() {
        let stage = Stage::new().offer_record(given("{}", OfferForm::Json, Some(honest_offer())));
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

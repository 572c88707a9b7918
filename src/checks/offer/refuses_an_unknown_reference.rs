//! Where there is no offer, a wallet is to learn so.

use serde_json::Value;

use super::fetched::where_offers_come_by_reference;
use crate::checks::{
    Answered, Applies, Check, CodeIn, Control, Expectation, Judge, Level, Refusal, Scene,
};
use crate::protocol::CredentialOffer;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "offer/refuses-an-unknown-reference",
    aliases: &[],
    since: "2026.3",
    title: "a reference that leads nowhere is answered with 4xx",
    level: Level::Derived,
    raised_by: &[],
    applies: where_offers_come_by_reference,
    spec: &["vci#section-4.1.3", "rfc9110#section-15.5"],
    obligation: "a GET at the address of an offer that does not exist is answered with a 4xx status",
    doc: "A wallet that scans an old code on paper asks for an offer that is no longer there. With 200 and `{}`, or a page for \
          people, it can only say that the offer is broken; with 404 or 410 it can say that it has gone. A 500 is \
          mostly the identifier that the database would not parse.\n\n\
          Answer 404 for whatever is not an offer, in whatever form, and 410 if you like for what was one.",
    judge: Judge::Refusal(REFUSAL),
};

const REFUSAL: Refusal = Refusal {
    tamper: "unknown-reference",
    expects: &[Expectation {
        station: Station::Offer,
        applies: unless_it_leads_to_the_same,
        status: &[400, 401, 403, 404, 410, 422],
        codes: &[],
        tolerated: &[],
        code_in: CodeIn::Body,
        fixed: false,
    }],
    control: Control::Needed,
    leniency: None,
};

/// What was changed in the address may not be what names the offer.
fn unless_it_leads_to_the_same(scene: &Scene<'_>) -> Applies {
    let known: Vec<&Value> =
        scene.granted(Station::Offer).filter_map(|answered| code(answered.json?)).collect();
    let is_known = |answered: Answered<'_>| {
        answered.json.and_then(code).is_some_and(|code| known.contains(&code))
    };
    Applies::when(
        !scene.tampered(REFUSAL.tamper).any(is_known),
        "what was changed in the reference is not what names the offer",
    )
}

fn code(offer: &Value) -> Option<&Value> {
    CredentialOffer::new(offer).pre_authorized_grant()?.get("pre-authorized_code")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::honest_offer;
    use super::super::fetched::staged;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(status: u16, body: Value) -> Stage {
        let known = staged(&[("o/1", "oaKazRN8I0IbtZ0C7JuMn5")], "");
        known.tampered(super::REFUSAL.tamper, Station::Offer, status, body)
    }

    #[test]
    fn not_found_holds_and_anything_but_4xx_warns() {
        assert_holds(&super::CHECK, &stage(404, json!({})));
        assert_holds(&super::CHECK, &stage(410, json!({ "error": "expired" })));
        assert_breaks(&super::CHECK, &stage(200, json!({})), "accepted");
        assert_breaks(&super::CHECK, &stage(500, json!({})), "server error");
        assert_outcome(&super::CHECK, &stage(200, json!({})), Outcome::Warn);
    }

    #[test]
    fn the_same_offer_shows_that_something_else_was_changed() {
        assert_outcome(&super::CHECK, &stage(200, honest_offer()), Outcome::NotApplicable);
    }
}

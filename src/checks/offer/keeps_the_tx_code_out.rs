//! A code that travels with the offer protects nobody from whoever sees the offer.

use serde_json::Value;

use super::link::Link;
use super::{each_offer, tx_code};
use crate::checks::{Applies, Check, Finding, Judge, Level, Scene};

/// Shorter codes turn up in sentences by chance.
const SHORTEST: usize = 4;

pub static CHECK: Check = Check {
    id: "offer/keeps-the-tx-code-out",
    aliases: &[],
    since: "2026.1",
    title: "the Transaction Code does not travel with the offer",
    level: Level::Should,
    raised_by: &[],
    applies: where_a_code_came_out_of_band,
    spec: &["vci#credential-offer-parameters"],
    obligation: "the Transaction Code stands nowhere in the offer or its link",
    doc: "The Transaction Code keeps a stranger who photographs the QR code from redeeming it. Demo systems \
          put it into `tx_code.description` or into a parameter of the link for convenience, and the demo \
          becomes the product.\n\n\
          Send the code by mail, message or letter, or show it on a page that needs a login. Random values \
          that happen to contain the digits, such as the pre-authorized code, are not counted.",
    judge: Judge::Transcript(keeps_the_tx_code_out),
};

fn keeps_the_tx_code_out(scene: &Scene<'_>) -> Finding {
    each_offer(scene, |offer, record| {
        let Some(code) = record.tx_code.as_deref().filter(|code| !code.is_empty()) else {
            return Finding::Silent("no code came out of band");
        };
        let beside = Link::read(&record.given)
            .is_some_and(|link| link.others.iter().any(|value| value == code));
        let place = if beside {
            "the Transaction Code in a parameter of the link"
        } else if tx_code(offer).is_some_and(|tx_code| mentions(tx_code, code)) {
            "the Transaction Code in tx_code"
        } else if strings(offer).contains(&code) {
            "the Transaction Code as a member of the offer"
        } else {
            return Finding::Holds;
        };
        Finding::breaks("the code on another channel", place)
    })
}

fn mentions(tx_code: &Value, code: &str) -> bool {
    strings(tx_code).iter().any(|text| {
        *text == code
            || code.chars().count() >= SHORTEST
                && text
                    .split(|character: char| !character.is_alphanumeric())
                    .any(|word| word == code)
    })
}

/// Every string in a value, at any depth.
fn strings(value: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => found.push(text.as_str()),
            Value::Array(items) => open.extend(items),
            Value::Object(members) => open.extend(members.values()),
            _ => {}
        }
    }
    found
}

fn where_a_code_came_out_of_band(scene: &Scene<'_>) -> Applies {
    let offers = &scene.transcript.offers;
    let some_code = offers.iter().any(|record| record.tx_code.is_some());
    Applies::when(offers.is_empty() || some_code, "no Transaction Code came with an offer")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{GRANT, given, honest_offer};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome, with};
    use crate::transcript::{OfferForm, OfferRecord};

    fn described(description: &str) -> serde_json::Value {
        with(honest_offer(), &format!("{GRANT}/tx_code/description"), json!(description))
    }

    #[test]
    fn a_code_elsewhere_holds_even_if_its_digits_turn_up() {
        let stage = Stage::new().offer(honest_offer(), Some("493536"));
        assert_holds(&super::CHECK, &stage);
        let code = json!("x493536y");
        let offer = with(honest_offer(), &format!("{GRANT}/pre-authorized_code"), code);
        assert_holds(&super::CHECK, &Stage::new().offer(offer, Some("493536")));
        let stage = Stage::new().offer(described("valid for 12 minutes"), Some("12"));
        assert_holds(&super::CHECK, &stage);
    }

    #[test]
    fn a_code_in_the_offer_or_link_does_not() {
        let stage = Stage::new().offer(described("Your code: 493536."), Some("493536"));
        assert_breaks(&super::CHECK, &stage, "in tx_code");
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
        let offer = with(honest_offer(), "/pin", json!("493536"));
        let stage = Stage::new().offer(offer, Some("493536"));
        assert_breaks(&super::CHECK, &stage, "as a member");
        let link = "openid-credential-offer://?credential_offer_uri=https://h/o&pin=493536";
        let record = OfferRecord {
            tx_code: Some("493536".into()),
            ..given(link, OfferForm::ByReference, Some(honest_offer()))
        };
        assert_breaks(&super::CHECK, &Stage::new().offer_record(record), "of the link");
    }

    #[test]
    fn without_a_code_there_is_nothing_to_keep() {
        let stage = Stage::new().offer(honest_offer(), None);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

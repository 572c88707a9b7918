//! The backend keeps the id, and shows the link.

use super::profile;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::protocol::GivenOffer;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "connector/answers-orders",
    aliases: &[],
    since: "2026.3",
    title: "an order is answered with an offer",
    level: Level::Derived,
    raised_by: &[],
    applies: profile,
    spec: &["eudiw-connector#step-1-create-a-credential-offer"],
    obligation: "an order at the offer API is answered with 201, an offer_id, and an offer link in credential_offer_uri",
    doc: "The backend stores `offer_id` to know which callback is about which offer, and makes the QR \
          code of `credential_offer_uri`, which is a whole link of the scheme \
          `openid-credential-offer`. Another status, or the bare address of the offer in place of \
          the link, breaks backends that were written after the guide.\n\n\
          What was ordered is what your offer source says under `body`, without a `tx_code`; so there \
          is no `tx_code_value` to be expected either.",
    judge: Judge::Answers(Station::OfferApi, answers_orders),
};

fn answers_orders(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if answered.answer.status != 201 {
        return Finding::breaks("201", answered.summary());
    }
    let is_text = answered.member("offer_id").and_then(|id| id.as_str());
    if is_text.is_none_or(str::is_empty) {
        return Finding::breaks("an offer_id", shape::describe(answered.member("offer_id")));
    }
    let link = answered.member("credential_offer_uri").and_then(|link| link.as_str());
    let leads = |link: &str| {
        link.starts_with("openid-credential-offer://") && GivenOffer::read(link).is_ok()
    };
    Finding::expect(
        link.is_some_and(leads),
        "an openid-credential-offer link in credential_offer_uri",
        match link {
            Some(_) => "something that is no such link".to_owned(),
            None => shape::describe(answered.member("credential_offer_uri")),
        },
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::connector::staged::under_the_profile;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    fn answered(status: u16, body: Value) -> Stage {
        under_the_profile(Stage::new().answer_json(Station::OfferApi, status, body))
    }

    #[test]
    fn an_id_and_a_link_are_wanted() {
        let link = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fh%2Fo";
        let right = json!({"offer_id": "o1", "credential_offer_uri": link});
        assert_holds(&super::CHECK, &answered(201, right.clone()));
        assert_breaks(&super::CHECK, &answered(200, right), "200");
        let bare = json!({"offer_id": "o1", "credential_offer_uri": "https://h/o"});
        assert_breaks(&super::CHECK, &answered(201, bare), "no such link");
        let nameless = json!({"credential_offer_uri": link});
        assert_breaks(&super::CHECK, &answered(201, nameless), "nothing");
    }
}

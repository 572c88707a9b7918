//! A wallet that follows a reference does a plain GET and reads JSON.

use super::fetched::where_offers_come_by_reference;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, served};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "offer/is-served-as-json",
    aliases: &[],
    since: "2026.1",
    title: "an offer by reference is served as JSON",
    level: Level::Must,
    raised_by: &[],
    applies: where_offers_come_by_reference,
    spec: &["vci#credential-offer"],
    obligation: "GET on credential_offer_uri gives the offer object as application/json",
    doc: "A wallet fetches the reference with GET, without credentials, and reads `application/json`. \
          Offers kept in an object store or written by hand are served as `text/plain` or \
          `application/octet-stream`; offers behind the API gateway of the administration ask for a \
          token and answer 401.\n\n\
          Set the media type in the handler, and let the path of offers through without authentication: \
          the unguessable path is the protection. Parameters such as `charset` do no harm.",
    judge: Judge::Answers(Station::Offer, is_served_as_json),
};

fn is_served_as_json(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let answer = answered.answer;
    if (300..400).contains(&answer.status) || answer.status == 429 {
        return Finding::Silent("the answer carries no offer and says to ask again");
    }
    if !answer.is_success() {
        if was_given_before(answered, scene) {
            return Finding::Silent("the offer was given before, a reference may work once");
        }
        return Finding::breaks("2xx to a GET", answer.status.to_string());
    }
    served::is_json_object(answered)
}

fn was_given_before(answered: &Answered<'_>, scene: &Scene<'_>) -> bool {
    let this = answered.exchange;
    scene.granted(Station::Offer).any(|earlier| {
        earlier.exchange.number < this.number && earlier.exchange.request.url == this.request.url
    })
}

#[cfg(test)]
mod tests {
    use super::super::examples::{given, honest_offer};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::{OfferForm, Station};

    fn stage(status: u16, content_type: &str, body: &str) -> Stage {
        Stage::new().answer(Station::Offer, status, &[("content-type", content_type)], body)
    }

    #[test]
    fn json_holds_and_other_types_do_not() {
        let offer = honest_offer().to_string();
        let json = "application/json;charset=UTF-8";
        assert_holds(&super::CHECK, &stage(200, json, &offer));
        for (status, content_type, body, says) in [
            (200, "text/plain", offer.as_str(), "text/plain"),
            (200, "application/jwt", "a.b.c", "application/jwt"),
            (200, json, "[]", "an array"),
            (401, json, "{}", "401"),
            (405, json, "", "405"),
        ] {
            assert_breaks(&super::CHECK, &stage(status, content_type, body), says);
        }
    }

    #[test]
    fn a_reference_may_work_once_and_may_redirect() {
        let offer = honest_offer().to_string();
        let json = [("content-type", "application/json")];
        let twice = stage(200, "application/json", &offer).answer(Station::Offer, 404, &json, "");
        assert_holds(&super::CHECK, &twice);
        let redirected = stage(302, "text/html", "").answer(Station::Offer, 200, &json, &offer);
        assert_holds(&super::CHECK, &redirected);
    }

    #[test]
    fn an_offer_by_value_is_not_fetched() {
        let record = given("{}", OfferForm::Json, Some(honest_offer()));
        let stage = Stage::new().offer_record(record);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

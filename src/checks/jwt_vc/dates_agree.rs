//! Dates stand in the registered claims, as numbers.

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde_json::Value;

use super::each;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability, judge};
use crate::formats::JwtVc;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/dates-agree",
    aliases: &[],
    since: "2026.3",
    title: "nbf and exp are the dates of the credential",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["vcdm1#json-web-token", "vcdm1#issuance-date", "vcdm1#expiration"],
    obligation: "nbf of an issued jwt_vc_json credential is its issuance date in seconds since the epoch, exp its expiration date if it has one, and dates inside vc say the same",
    doc: "The data model has `issuanceDate` and `expirationDate` as text such as `2026-11-22T00:00:00Z`; in a \
          JWT `nbf` and `exp` stand for them, as numbers of seconds. Both may be there and then mean the same \
          second. Issuers forget `nbf` because they set `iat`, which has no counterpart in the data model, \
          write text into `exp`, or take the time twice.\n\n\
          Compute each date once, and write it in both forms. Fractions of a second do not count.",
    judge: Judge::Answers(Station::Credential, dates_agree),
};

fn dates_agree(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| {
        let jwt_vc = &opened.jwt_vc;
        if jwt_vc.payload().get("nbf").is_none() {
            let has_iat = jwt_vc.payload().contains_key("iat");
            let actual = if has_iat { "no nbf; iat does not stand for it" } else { "no nbf" };
            return Finding::breaks("nbf in seconds since the epoch", actual);
        }
        let pairs = [("nbf", "issuanceDate"), ("exp", "expirationDate")];
        let faults = pairs.into_iter().filter_map(|(claim, member)| fault(jwt_vc, claim, member));
        faults.reduce(judge::worse).unwrap_or(Finding::Holds)
    })
}

/// What is wrong with a date.
fn fault(jwt_vc: &JwtVc, claim: &str, member: &str) -> Option<Finding> {
    let number = jwt_vc.payload().get(claim);
    let seconds = number.and_then(Value::as_f64);
    if let Some(number) = number.filter(|_| seconds.is_none()) {
        let expected = format!("{claim} in seconds since the epoch");
        return Some(Finding::breaks(expected, format!("{claim} {number}")));
    }
    let text = jwt_vc.member(member)?;
    let date = text.as_str().and_then(|text| text.parse::<Timestamp>().ok());
    let Some(date) = date else {
        let expected = format!("a date and time with its zone as vc.{member}");
        let is_local = |text: &str| text.contains('T') && text.parse::<DateTime>().is_ok();
        if text.as_str().is_some_and(is_local) {
            let breach = Breach::new(expected, text.to_string());
            return Some(Finding::Warns(breach, "XML Schema has the zone optional"));
        }
        return Some(Finding::breaks(expected, text.to_string()));
    };
    let expected = format!("{claim} {}, as vc.{member} says", date.as_second());
    match seconds {
        None => Some(Finding::breaks(expected, format!("no {claim}"))),
        Some(seconds) if (seconds - date.as_millisecond() as f64 / 1000.0).abs() < 1.0 => None,
        Some(seconds) => Some(Finding::breaks(expected, format!("{claim} {seconds}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{JwtPaper, issued};
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::TODAY;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    fn paper() -> JwtPaper {
        JwtPaper::honest(1)
    }

    #[test]
    fn dates_hold_once_and_twice() {
        assert_holds(&super::CHECK, &issued(&[paper()]));
        let once = paper().vc("issuanceDate", json!(null)).vc("expirationDate", json!(null));
        assert_holds(&super::CHECK, &issued(std::slice::from_ref(&once)));
        assert_holds(&super::CHECK, &issued(&[once.claim("exp", json!(null))]));
        let precise = paper().claim("nbf", json!(TODAY as f64 + 0.25));
        assert_holds(&super::CHECK, &issued(&[precise]));
    }

    #[test]
    fn a_date_without_a_zone_warns_and_less_than_a_second_is_nothing() {
        let local = paper().vc("issuanceDate", json!("2027-01-14T00:00:00"));
        assert_outcome(&super::CHECK, &issued(&[local]), Outcome::Warn);
        let rounded = paper().claim("nbf", json!(TODAY as f64 - 0.5));
        assert_holds(&super::CHECK, &issued(&[rounded]));
    }

    #[test]
    fn missing_textual_and_differing_dates_break() {
        let without = paper().claim("nbf", json!(null)).claim("iat", json!(TODAY));
        assert_breaks(&super::CHECK, &issued(&[without]), "iat does not stand for it");
        let text = paper().claim("exp", json!("2027-01-14T00:00:00Z"));
        assert_breaks(&super::CHECK, &issued(&[text]), "exp \"2027");
        let other = paper().claim("nbf", json!(TODAY + 1));
        assert_breaks(&super::CHECK, &issued(&[other]), "nbf 1799971201");
        let endless = paper().claim("exp", json!(null));
        assert_breaks(&super::CHECK, &issued(&[endless]), "no exp");
        let day = paper().vc("issuanceDate", json!("2027-01-14"));
        assert_breaks(&super::CHECK, &issued(&[day]), "2027-01-14");
    }
}

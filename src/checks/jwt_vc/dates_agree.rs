//! Dates stand in the registered claims, as numbers.

use jiff::Timestamp;
use serde_json::Value;

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
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
        let broken = pairs.into_iter().find_map(|(claim, member)| fault(jwt_vc, claim, member));
        broken.map_or(Finding::Holds, |(expected, actual)| Finding::breaks(expected, actual))
    })
}

/// What is wrong with a date, as what was expected and what was found.
fn fault(jwt_vc: &JwtVc, claim: &str, member: &str) -> Option<(String, String)> {
    let number = jwt_vc.payload().get(claim);
    let seconds = number.and_then(Value::as_f64);
    if let Some(number) = number.filter(|_| seconds.is_none()) {
        let expected = format!("{claim} in seconds since the epoch");
        return Some((expected, format!("{claim} {number}")));
    }
    let text = jwt_vc.member(member)?;
    let date = text.as_str().and_then(|text| text.parse::<Timestamp>().ok());
    let Some(date) = date else {
        return Some((format!("a date and time as vc.{member}"), text.to_string()));
    };
    let expected = format!("{claim} {}, as vc.{member} says", date.as_second());
    match seconds {
        None => Some((expected, format!("no {claim}"))),
        Some(seconds) if seconds.floor() as i64 == date.as_second() => None,
        Some(seconds) => Some((expected, format!("{claim} {seconds}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{JwtPaper, issued};
    use crate::checks::staged_credentials::TODAY;
    use crate::checks::staging::{assert_breaks, assert_holds};
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

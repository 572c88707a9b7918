//! A credential that is not valid when it is handed over is of no use.

use super::each;
use crate::checks::{
    Answered, Breach, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability,
};
use crate::formats::mdoc::Moment;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/is-valid-now",
    aliases: &[],
    since: "2026.3",
    title: "the dates of validity are in order and hold now",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5"],
    obligation: "an issued mdoc is signed no later than it is valid, valid before it expires, and valid when it is received",
    doc: "`signed`, `validFrom` and `validUntil` follow one another. A `validFrom` that is \
          rounded to midnight lies before a `signed` that is not: round both. `validUntil` \
          has to lie ahead, and `signed` not.\n\n\
          An mdoc that is valid only later is forbidden nowhere and warns.",
    judge: Judge::Answers(Station::Credential, is_valid_now),
};

/// How far clocks may differ, in seconds.
const SKEW: i64 = 60;

fn is_valid_now(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| valid(opened, issued.received_at.as_second()))
}

fn valid(opened: &OpenedMdoc, now: i64) -> Finding {
    let Ok(object) = &opened.mdoc.security_object else {
        return Finding::Silent("the security object cannot be read");
    };
    let second = |moment: &Option<Moment>| moment.as_ref().and_then(|moment| moment.second);
    let validity = &object.validity;
    let (Some(signed), Some(from), Some(until)) =
        (second(&validity.signed), second(&validity.valid_from), second(&validity.valid_until))
    else {
        return Finding::Silent("a date of validity cannot be read");
    };
    if signed > from {
        let actual = format!("validFrom {} s before signed", signed.saturating_sub(from));
        return Finding::breaks("signed no later than validFrom", actual);
    }
    if from >= until {
        let actual = format!("validUntil {} s before validFrom", from.saturating_sub(until));
        return Finding::breaks("validFrom before validUntil", actual);
    }
    if until <= now {
        let actual = format!("validUntil {} s before it was received", now.saturating_sub(until));
        return Finding::breaks("validUntil in the future", actual);
    }
    if signed > now.saturating_add(SKEW) {
        let actual = format!("signed {} s after it was received", signed.saturating_sub(now));
        return Finding::breaks("signed in the past", actual);
    }
    if from > now.saturating_add(SKEW) {
        let actual = format!("validFrom {} s after it was received", from.saturating_sub(now));
        let breach = Breach::new("validFrom not in the future", actual);
        return Finding::Warns(breach, "no text forbids to issue ahead of time");
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::Outcome;
    use crate::checks::staging::Stage;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    fn stage(dates: &[(&str, &str)]) -> Stage {
        let dated = |draft: crate::formats::mdoc::draft::Draft, (name, text): &(&str, &str)| {
            draft.dated(name, Value::Tag(0, Box::new((*text).into())))
        };
        issued(&[dates.iter().fold(licence(1), dated)])
    }

    #[test]
    fn dates_in_order_hold() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        assert_holds(&super::CHECK, &stage(&[("validFrom", "2027-01-15T08:02:30Z")]));
    }

    #[test]
    fn dates_out_of_order_break() {
        let early = stage(&[("validFrom", "2027-01-14T00:00:00Z")]);
        assert_breaks(&super::CHECK, &early, "86400 s before signed");
        let reversed = stage(&[("validUntil", "2027-01-14T00:00:00Z")]);
        assert_breaks(&super::CHECK, &reversed, "before validFrom");
        let expired = stage(&[("validUntil", "2027-01-15T01:00:00Z")]);
        assert_breaks(&super::CHECK, &expired, "before it was received");
        let ahead = [("signed", "2027-01-16T00:00:00Z"), ("validFrom", "2027-01-16T00:00:00Z")];
        assert_breaks(&super::CHECK, &stage(&ahead), "signed 57477 s after");
        let later = stage(&[("validFrom", "2027-01-16T00:00:00Z")]);
        assert_outcome(&super::CHECK, &later, Outcome::Warn);
    }
}

//! A date is a date to whoever reads it.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/times-are-tdates",
    aliases: &[],
    since: "2026.3",
    title: "the dates of validity are date-times in UTC",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5", "rfc8949#section-3.4.1"],
    obligation: "validityInfo has signed, validFrom and validUntil, and these and expectedUpdate are #6.0(tstr) in UTC, with Z and without fractions of seconds",
    doc: "The form is `2027-01-15T08:00:00Z` under tag 0, to the letter. What libraries \
          write of themselves is something else: seconds since the epoch (tag 1), an offset \
          such as `+01:00`, or milliseconds (`.123Z`).\n\n\
          Cut times to the second before they are written, in UTC.",
    judge: Judge::Answers(Station::Credential, times_are_tdates),
};

fn times_are_tdates(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| dates(opened))
}

fn dates(opened: &OpenedMdoc) -> Finding {
    const EXPECTED: &str = "tdate, YYYY-MM-DDThh:mm:ssZ";
    let Ok(object) = &opened.mdoc.security_object else {
        return Finding::Silent("the security object cannot be read");
    };
    let validity = &object.validity;
    for required in ["signed", "validFrom", "validUntil"] {
        if !validity.named().any(|(name, _)| name == required) {
            return Finding::breaks(EXPECTED, format!("no {required}"));
        }
    }
    let strange =
        validity.named().find_map(|(name, moment)| Some((name, moment.problem.as_ref()?)));
    match strange {
        Some((name, problem)) => Finding::breaks(EXPECTED, format!("{name}: {problem}")),
        None => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::staging::Stage;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};

    fn stage(name: &str, value: Value) -> Stage {
        issued(&[licence(1).dated(name, value)])
    }

    fn tdate(text: &str) -> Value {
        Value::Tag(0, Box::new(text.into()))
    }

    #[test]
    fn whole_seconds_in_utc_hold() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        assert_holds(&super::CHECK, &stage("expectedUpdate", tdate("2027-02-01T00:00:00Z")));
    }

    #[test]
    fn other_forms_and_none_break() {
        let offset = "2027-01-15T01:00:00+01:00";
        assert_breaks(&super::CHECK, &stage("signed", tdate(offset)), offset);
        assert_breaks(&super::CHECK, &stage("signed", tdate("2027-01-15T00:00:00.123Z")), ".123Z");
        assert_breaks(&super::CHECK, &stage("validFrom", 1_800_000_000.into()), "validFrom: uint");
        assert_breaks(&super::CHECK, &stage("validUntil", Value::Null), "no validUntil");
        assert_breaks(&super::CHECK, &stage("signed", "2027-01-15T00:00:00Z".into()), "tstr");
    }
}

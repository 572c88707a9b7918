//! A promise of renewal is kept before the end.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::formats::mdoc::Moment;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/update-lies-within-validity",
    aliases: &[],
    since: "2026.3",
    title: "an announced update lies within the validity",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5"],
    obligation: "expectedUpdate, where it is there, is after signed and not after validUntil",
    doc: "`expectedUpdate` tells the wallet when to fetch the mdoc anew. Before `signed` it \
          is always due; after `validUntil` it comes too late.",
    judge: Judge::Answers(Station::Credential, update_lies_within_validity),
};

fn update_lies_within_validity(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| update(opened))
}

fn update(opened: &OpenedMdoc) -> Finding {
    let Ok(object) = &opened.mdoc.security_object else {
        return Finding::Silent("the security object cannot be read");
    };
    let validity = &object.validity;
    let Some(update) = &validity.expected_update else {
        return Finding::Exempt("the mdoc announces no update");
    };
    let second = |moment: &Option<Moment>| moment.as_ref().and_then(|moment| moment.second);
    let (Some(update), Some(signed), Some(until)) =
        (update.second, second(&validity.signed), second(&validity.valid_until))
    else {
        return Finding::Silent("a date of validity cannot be read");
    };
    let actual = if update <= signed { "not after signed" } else { "after validUntil" };
    let holds = update > signed && update <= until;
    Finding::expect(holds, "expectedUpdate after signed and before validUntil", actual)
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::Outcome;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn an_update_in_between_holds_and_any_other_warns() {
        let stage = |text: &str| {
            issued(&[licence(1).dated("expectedUpdate", Value::Tag(0, Box::new(text.into())))])
        };
        assert_holds(&super::CHECK, &stage("2027-02-01T00:00:00Z"));
        assert_breaks(&super::CHECK, &stage("2027-01-01T00:00:00Z"), "not after signed");
        assert_breaks(&super::CHECK, &stage("2028-01-01T00:00:00Z"), "after validUntil");
        assert_outcome(&super::CHECK, &issued(&[licence(1)]), Outcome::NotApplicable);
    }
}

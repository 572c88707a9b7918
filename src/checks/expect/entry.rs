//! What a script expects a status list to say of the credential at hand.

use super::is_met::Unmet;
use crate::checks::{Answered, Scene};
use crate::formats::StatusReference;
use crate::transcript::StatusValue;

/// What is not as expected of the first of the credentials that came last before the list.
pub(super) fn unmet(
    expected: StatusValue,
    answered: &Answered<'_>,
    scene: &Scene<'_>,
) -> Option<Unmet> {
    let number = answered.exchange.number;
    let wanted = format!("status {}", expected.number());
    let untestable = |why: &str| Unmet { untestable: true, ..Unmet::new(wanted.clone(), why) };
    let lists = scene.status_lists();
    let Some(list) = lists.iter().find(|list| list.exchange == number) else {
        // A redirect is on the way to a list.
        return None;
    };
    let before = scene.issued().iter().rev().filter(|issued| issued.exchange < number);
    let references = before.flat_map(|issued| {
        let statuses =
            issued.credentials.iter().filter_map(|credential| credential.status.as_ref());
        statuses.filter_map(|status| StatusReference::read(status).ok())
    });
    let Some(reference) = { references }.find(|reference| list.is_at(&reference.uri)) else {
        return Some(untestable("no credential refers to the list"));
    };
    let Some(read) = list.token() else {
        return Some(Unmet::new(wanted, "no status list that can be read"));
    };
    let found = match &read.list {
        Ok(list) => list.get(reference.index),
        Err(error) => return Some(Unmet::new(wanted, error.to_string())),
    };
    match found {
        Some(found) if found == expected.number() => None,
        Some(found) => Some(Unmet::new(wanted, format!("status {found}"))),
        None => Some(Unmet::new(wanted, "an index beyond the end of the list")),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::status::{list, list_of, published};
    use crate::checks::{EXPECTATION, Outcome};
    use crate::jose::JwtDraft;
    use crate::transcript::{Expectation, NamedStatus, Station, StatusValue, StepExpectation};

    fn outcome(expected: StatusValue, list: &JwtDraft) -> Vec<Outcome> {
        let mut stage = published(list);
        stage.transcript().expectations = vec![StepExpectation {
            step: 1,
            station: Station::StatusList,
            wallet: "holder".into(),
            tampers: Vec::new(),
            until: false,
            expect: Expectation { status_value: Some(expected), ..Expectation::default() },
        }];
        stage.verdicts(&EXPECTATION).into_iter().map(|verdict| verdict.outcome).collect()
    }

    #[test]
    fn the_entry_of_the_credential_at_hand_counts() {
        let invalid = list_of(&[0, 0b0100_0000]);
        let named = StatusValue::Named;
        assert_eq!(outcome(named(NamedStatus::Valid), &list()), [Outcome::Pass]);
        assert_eq!(outcome(named(NamedStatus::Invalid), &invalid), [Outcome::Pass]);
        assert_eq!(outcome(StatusValue::Number(1), &invalid), [Outcome::Pass]);
        assert_eq!(outcome(named(NamedStatus::Suspended), &invalid), [Outcome::Fail]);
        assert_eq!(outcome(StatusValue::Number(0), &list_of(&[0])), [Outcome::Fail]);
    }
}

//! A credential that was just issued is good.

use super::of_entries;
use crate::checks::{Check, Finding, Issued, Judge, Level, PublishedList, Scene, applicability};
use crate::formats::StatusReference;

pub static CHECK: Check = Check {
    id: "status/fresh-credential-is-valid",
    aliases: &[],
    since: "2026.3",
    title: "a fresh credential is valid",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-7.1"],
    obligation: "the entry of a credential that was just issued is 0, valid",
    doc: "Every verifier rejects a credential whose entry is not 0. Entries of a credential that was revoked \
          earlier are used again, the default of the list is not 0 and set too late, or the list is \
          packed from the highest bit down, so that another credential's status is seen here.\n\n\
          An issuer may hand out credentials that are switched on later; then this warning is to \
          be expected.",
    judge: Judge::Transcript(fresh_credential_is_valid),
};

fn fresh_credential_is_valid<'s>(scene: &'s Scene<'_>) -> Finding {
    let pick =
        |lists: &'s [PublishedList], reference: &StatusReference| pick(scene, lists, reference);
    of_entries(scene, pick, |reference, read| {
        let Ok(list) = &read.list else { return Finding::Silent("the list cannot be read") };
        match list.get(reference.index) {
            Some(0) => Finding::Holds,
            Some(status) => Finding::breaks(
                "0, valid",
                format!("{status}{} at idx {}", name(status), reference.index),
            ),
            None => Finding::Silent("the index is beyond the end"),
        }
    })
}

/// The first list that was fetched after the credential came, and before any status was changed at
/// our request; an earlier one where it shows nothing else than that the credential is valid.
fn pick<'s>(
    scene: &Scene<'_>,
    lists: &'s [PublishedList],
    to: &StatusReference,
) -> Option<&'s PublishedList> {
    let holds = |issued: &&Issued| super::references(issued).any(|reference| reference == *to);
    let received = scene.issued().iter().filter(holds).map(|issued| issued.received_at).max()?;
    let changes = &scene.transcript.status_changes;
    let is_fresh = |list: &&PublishedList| {
        list.at > received && changes.iter().all(|change| list.at < change.at)
    };
    let shows_another = |list: &PublishedList| {
        let read = list.token().and_then(|read| read.list.as_ref().ok());
        read.is_some_and(|list| list.get(to.index).is_some_and(|status| status != 0))
    };
    let mut fresh = lists.iter().filter(|list| list.is_at(&to.uri));
    fresh.find(is_fresh).or_else(|| super::first(lists, to).filter(|list| !shows_another(list)))
}

fn name(status: u8) -> &'static str {
    match status {
        1 => ", invalid",
        2 => ", suspended",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::status::{list, list_of, published};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn zero_holds_and_anything_else_warns() {
        assert_holds(&super::CHECK, &published(&list()));
        // Entry 7 sits in the highest two bits of the second octet.
        let invalid = published(&list_of(&[0, 0b0100_0000]));
        assert_breaks(&super::CHECK, &invalid, "1, invalid at idx 7");
        assert_outcome(&super::CHECK, &invalid, Outcome::Warn);
        assert_holds(&super::CHECK, &published(&list_of(&[0xff, 0b0011_1111])));
    }
}

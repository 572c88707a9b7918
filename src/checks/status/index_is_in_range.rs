//! An entry beyond the end has no status.

use super::of_entries;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "status/index-is-in-range",
    aliases: &[],
    since: "2026.3",
    title: "the index lies within the list",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-8.3"],
    obligation: "the idx of a credential lies within the list that its uri leads to",
    doc: "A verifier must fail where the index is beyond the end. It happens when the list is published by a \
          job and the credential before its next run, when indices are counted per issuer and \
          lists are cut into parts, or when the length is counted in octets and not in entries.",
    judge: Judge::Transcript(index_is_in_range),
};

fn index_is_in_range(scene: &Scene<'_>) -> Finding {
    let latest = super::latest;
    of_entries(scene, latest, |reference, read| match &read.list {
        Ok(list) => Finding::expect(
            list.get(reference.index).is_some(),
            format!("an index below {}", list.entries()),
            format!("idx {}", reference.index),
        ),
        Err(_) => Finding::Silent("the list cannot be read"),
    })
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::status::{list, list_of, published};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn entry_seven_needs_two_octets() {
        assert_holds(&super::CHECK, &published(&list()));
        assert_holds(&super::CHECK, &published(&list_of(&[0, 0])));
        assert_breaks(&super::CHECK, &published(&list_of(&[0])), "idx 7");
    }
}

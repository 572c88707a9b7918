//! A credential that was just issued is good.

use super::of_entries;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};

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

fn fresh_credential_is_valid(scene: &Scene<'_>) -> Finding {
    of_entries(scene, super::first, |reference, read| {
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
    use crate::checks::staged_status::{list, list_of, published};
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

//! The number of bits decides where an entry begins.

use super::of_tokens;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::formats::StatusListError;

pub static CHECK: Check = Check {
    id: "status/bits-are-legal",
    aliases: &[],
    since: "2026.3",
    title: "the list has 1, 2, 4 or 8 bits for a credential",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-4.1", "tsl#section-4.2"],
    obligation: "the status_list of a list is an object whose bits is the number 1, 2, 4 or 8",
    doc: "Entries never reach over the end of an octet, so only these four will do. `bits` is a number in \
          `status_list`, beside `lst`; older software has it as text or one level higher.",
    judge: Judge::Transcript(bits_are_legal),
};

fn bits_are_legal(scene: &Scene<'_>) -> Finding {
    of_tokens(scene, |_, read| match &read.list {
        Err(error @ (StatusListError::Missing(_) | StatusListError::Bits(_))) => {
            Finding::breaks("1, 2, 4 or 8 bits in status_list", error.to_string())
        }
        _ => Finding::Holds,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::staging::status::{list, list_with, lst, published};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn one_two_four_and_eight_hold() {
        assert_holds(&super::CHECK, &published(&list()));
        let three = json!({ "bits": 3, "lst": lst(&[0]) });
        assert_breaks(&super::CHECK, &published(&list_with("status_list", three)), "found 3");
        let none = published(&list_with("status_list", Value::Null));
        assert_breaks(&super::CHECK, &none, "found nothing");
    }
}

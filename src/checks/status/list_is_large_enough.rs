//! In a list of few, everybody is recognised.

use super::of_tokens;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "status/list-is-large-enough",
    aliases: &[],
    since: "2026.3",
    title: "the list is long enough to hide in",
    level: Level::Note,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-12.1", "tsl#section-13.4"],
    obligation: "a status list has at least a hundred entries",
    doc: "The issuer learns of each fetch which list was asked for. Only the number of entries hides whose \
          credential it was; a list that grows with each credential tells everybody how many there \
          are, too. Entries that nobody uses cost next to nothing: a million zeros are compressed \
          to some hundred octets.\n\n\
          The draft gives no number. One hundred is where this harness begins to speak up; a \
          production list should have many thousands.",
    judge: Judge::Transcript(list_is_large_enough),
};

/// Fewer entries hide nobody.
const LEAST: u64 = 100;

fn list_is_large_enough(scene: &Scene<'_>) -> Finding {
    of_tokens(scene, |_, read| match &read.list {
        Ok(list) => Finding::expect(
            list.entries() >= LEAST,
            format!("at least {LEAST} entries"),
            format!("{} entries", list.entries()),
        ),
        Err(_) => Finding::Silent("the list cannot be read"),
    })
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::status::{list, list_of, published};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn a_crowd_holds_and_a_handful_does_not() {
        assert_holds(&super::CHECK, &published(&list()));
        assert_breaks(&super::CHECK, &published(&list_of(&[0; 8])), "32 entries");
    }
}

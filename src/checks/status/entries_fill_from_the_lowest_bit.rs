//! Two ways to count bits make one wrong holder.

use super::shown::{self, Change};
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "status/entries-fill-from-the-lowest-bit",
    aliases: &[],
    since: "2026.3",
    title: "entries fill octets from the lowest bit up",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-4.1"],
    obligation: "the first entry of an octet sits in its lowest bits",
    doc: "Libraries for bit sets disagree on which bit of an octet comes first, and the W3C list counts from \
          the highest. A list that was packed the other way looks right as long as nothing is \
          revoked; then another credential is rejected and this one is not. The scenario has a \
          credential revoked or suspended, and looks which entry of the octet changes.",
    judge: Judge::Transcript(entries_fill_from_the_lowest_bit),
};

fn entries_fill_from_the_lowest_bit(scene: &Scene<'_>) -> Finding {
    shown::each(scene, None, |change| packed(change, scene))
}

fn packed(change: &Change<'_>, scene: &Scene<'_>) -> Finding {
    let value = match change.value() {
        Ok(value) => value,
        Err(finding) => return finding,
    };
    let wanted = change.change.status.value();
    if value == Some(wanted) {
        return Finding::Holds;
    }
    let (index, mirrored) = (change.change.index, mirrored(change));
    let before = scene
        .status_lists()
        .iter()
        .rev()
        .find(|list| list.is_at(&change.change.uri) && list.at < change.change.at);
    let was = before.and_then(|list| list.token()?.list.as_ref().ok()?.get(mirrored));
    let is = change.list.token().and_then(|read| read.list.as_ref().ok()?.get(mirrored));
    // The bits of an entry may have been turned around with it, or not.
    let is_changed = was == Some(0) && is.is_some_and(|is| is != 0);
    if is_changed && index != mirrored {
        let actual = format!("idx {mirrored} of the same octet, counted from the highest bit");
        return Finding::breaks(format!("a change at idx {index}"), actual);
    }
    Finding::Exempt("the change does not show, so it cannot be told where it would be")
}

fn mirrored(change: &Change<'_>) -> u64 {
    let list = change.list.token().and_then(|read| read.list.as_ref().ok());
    list.map_or(change.change.index, |list| list.mirrored(change.change.index))
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::status::{changed, list_of};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::NewStatus;

    #[test]
    fn entry_seven_sits_in_the_highest_bits_of_the_second_octet() {
        let right = changed(NewStatus::Invalid, &list_of(&[0, 0b0100_0000]));
        assert_holds(&super::CHECK, &right);
        let wrong = changed(NewStatus::Invalid, &list_of(&[0, 0b0000_0001]));
        assert_breaks(&super::CHECK, &wrong, "idx 4 of the same octet");
    }

    #[test]
    fn what_does_not_show_tells_nothing() {
        let nothing = changed(NewStatus::Invalid, &list_of(&[0, 0]));
        assert_outcome(&super::CHECK, &nothing, Outcome::NotApplicable);
        // Another credential was revoked in the meantime, in another octet.
        let other = changed(NewStatus::Invalid, &list_of(&[1, 0]));
        assert_outcome(&super::CHECK, &other, Outcome::NotApplicable);
    }
}

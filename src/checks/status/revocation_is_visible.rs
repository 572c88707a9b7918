//! A revocation that nobody sees has not happened.

use super::shown;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::NewStatus;

pub static CHECK: Check = Check {
    id: "status/revocation-is-visible",
    aliases: &[],
    since: "2026.3",
    title: "a revoked credential is invalid in its list",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-7.1", "tsl#section-4.1"],
    obligation: "after a credential was revoked, its entry in a list that is made later is 1, invalid",
    doc: "The scenario has a credential revoked by the hook `[revoke]` of the configuration, fetches the list \
          again and looks at the entry. It is not seen where the back office changes a database \
          and the list is written by something else, where the revocation finds another index than \
          the credential has, or where the application has a number of its own for revoked.\n\n\
          A list that was made before the revocation is no breach as long as its `ttl` lasts: then \
          nothing is said. Publish lists soon after a change on a stage that is tested, or give \
          them a `ttl` of a few seconds.",
    judge: Judge::Transcript(revocation_is_visible),
};

fn revocation_is_visible(scene: &Scene<'_>) -> Finding {
    shown::each(scene, Some(NewStatus::Invalid), |change| change.is_shown())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::credentials::NOW;
    use crate::checks::staging::status::{changed, list_of, list_with};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::jose::JwtDraft;
    use crate::transcript::NewStatus;

    /// The entry 7 is revoked a second after the list at hand was fetched.
    fn revoked(list: &JwtDraft) -> Stage {
        changed(NewStatus::Invalid, list)
    }

    /// A list with this `iat`, `ttl` and entry 7.
    fn made(iat: i64, ttl: Value, entry: u8) -> JwtDraft {
        let mut list = list_of(&[0, entry << 6, 0, 0]);
        list.claims.insert("iat".into(), json!(iat));
        list.claims.insert("ttl".into(), ttl);
        list
    }

    #[test]
    fn one_holds_whenever_the_list_was_made() {
        assert_holds(&super::CHECK, &revoked(&made(NOW + 60, json!(300), 1)));
        assert_holds(&super::CHECK, &revoked(&made(NOW, json!(300), 1)));
    }

    #[test]
    fn anything_else_in_a_newer_list_breaks() {
        assert_breaks(&super::CHECK, &revoked(&made(NOW + 90, json!(300), 0)), "0 at idx 7");
        assert_breaks(&super::CHECK, &revoked(&made(NOW + 90, json!(300), 2)), "2 at idx 7");
    }

    #[test]
    fn a_list_that_is_due_or_just_as_old_warns() {
        let due = revoked(&made(NOW - 600, json!(300), 0));
        assert_outcome(&super::CHECK, &due, Outcome::Warn);
        let at_once = revoked(&made(NOW + 4, json!(300), 0));
        assert_outcome(&super::CHECK, &at_once, Outcome::Warn);
    }

    #[test]
    fn an_older_list_says_nothing_while_it_may_be_kept() {
        let kept = revoked(&made(NOW, json!(300), 0));
        assert_outcome(&super::CHECK, &kept, Outcome::NotApplicable);
        let unlimited = revoked(&made(NOW - 600, Value::Null, 0));
        assert_outcome(&super::CHECK, &unlimited, Outcome::NotApplicable);
    }

    #[test]
    fn without_a_change_there_is_nothing_to_see() {
        let other = changed(NewStatus::Suspended, &list_with("ttl", json!(1)));
        assert_outcome(&super::CHECK, &other, Outcome::NotTestable);
    }
}

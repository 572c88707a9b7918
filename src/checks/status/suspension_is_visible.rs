//! A suspension is no revocation.

use super::shown;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::NewStatus;

pub static CHECK: Check = Check {
    id: "status/suspension-is-visible",
    aliases: &[],
    since: "2026.3",
    title: "a suspended credential is suspended in its list",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-7.1", "tsl#section-4.1"],
    obligation: "after a credential was suspended, its entry in a list that is made later is 2, suspended",
    doc: "Suspended is 2, so the list needs at least two bits for each credential; 1 would be revoked, and 3 \
          is the application's own. The scenario runs where `[revoke]` in the configuration says \
          that it `suspends`. See `status/revocation-is-visible` for what is judged when.",
    judge: Judge::Transcript(suspension_is_visible),
};

fn suspension_is_visible(scene: &Scene<'_>) -> Finding {
    shown::each(scene, Some(NewStatus::Suspended), |change| change.is_shown())
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::credentials::NOW;
    use crate::checks::staging::status::{changed, list_of};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::NewStatus;
    use serde_json::json;

    fn suspended(entry: u8) -> Stage {
        let mut list = list_of(&[0, entry << 6]);
        list.claims.insert("iat".into(), json!(NOW + 90));
        changed(NewStatus::Suspended, &list)
    }

    #[test]
    fn two_holds_and_one_is_something_else() {
        assert_holds(&super::CHECK, &suspended(2));
        assert_breaks(&super::CHECK, &suspended(1), "1 at idx 7");
    }
}

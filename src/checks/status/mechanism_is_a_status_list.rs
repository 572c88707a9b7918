//! One profile, one mechanism.

use super::of_references;
use crate::checks::{Check, Finding, Judge, Level, Opened, Profile, Scene, applicability};
use crate::formats::status_list::ReferenceError;

pub static CHECK: Check = Check {
    id: "status/mechanism-is-a-status-list",
    aliases: &[],
    since: "2026.3",
    title: "a status is a Token Status List",
    level: Level::Note,
    raised_by: &[Profile::Haip],
    applies: applicability::always,
    spec: &["haip#sd-jwt-vc", "tsl#section-6.1"],
    obligation: "the status of an SD-JWT VC, where it has one, has a status_list",
    doc: "`status` may name other mechanisms, and a verifier that knows none of them must treat the \
          credential as one whose status cannot be told. HAIP 1.0 settles on the Token Status List: \
          there, a `status` without `status_list` fails. Elsewhere it is only noted. Both may stand \
          side by side.",
    judge: Judge::Transcript(mechanism_is_a_status_list),
};

fn mechanism_is_a_status_list(scene: &Scene<'_>) -> Finding {
    of_references(scene, |credential, reference| match reference {
        _ if !matches!(credential.opened, Opened::SdJwt(_)) => {
            Finding::Exempt("only SD-JWT VCs are held to this mechanism")
        }
        Ok(_) => Finding::Holds,
        Err(ReferenceError::Other(found)) => Finding::breaks("status_list", found),
        Err(_) => Finding::Silent("the status cannot be read"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::status::paper;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::checks::{Outcome, Policy, Profile, Profiles};

    fn other() -> Stage {
        let status = json!({ "identifier_list": { "id": "x", "uri": "https://h/1" } });
        issued(&[Paper::honest(1).claim("status", status)])
    }

    #[test]
    fn a_status_list_holds_and_another_mechanism_is_noted() {
        assert_holds(&super::CHECK, &issued(&[paper(1, 7)]));
        assert_breaks(&super::CHECK, &other(), "identifier_list");
        assert_outcome(&super::CHECK, &other(), Outcome::Note);
    }

    #[test]
    fn the_profile_demands_it() {
        let haip = Policy { profiles: Profiles::of([Profile::Haip]), ..Policy::default() };
        assert_outcome(&super::CHECK, &other().policy(haip), Outcome::Fail);
    }
}

//! A status that refers to nothing leaves a verifier without an answer.

use super::of_references;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::formats::status_list::ReferenceError;

pub static CHECK: Check = Check {
    id: "status/reference-is-well-formed",
    aliases: &[],
    since: "2026.3",
    title: "a status refers to an entry by idx and uri",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-6.2"],
    obligation: "the status of a credential is an object, and its status_list has a whole number from 0 as idx and a URI as uri",
    doc: "`status` names a mechanism; for a Token Status List that is `status_list` with `idx`, a JSON \
          number, and `uri`, an absolute URI. Issuers write the index as a string when it comes out \
          of a database column, write a path instead of a URI, or put a bare \
          `\"status\": \"active\"` of their own there, which other software must read as this \
          claim.",
    judge: Judge::Transcript(reference_is_well_formed),
};

fn reference_is_well_formed(scene: &Scene<'_>) -> Finding {
    of_references(scene, |_, reference| match reference {
        Ok(_) => Finding::Holds,
        Err(ReferenceError::Other(_)) => {
            Finding::Exempt("the status has another mechanism than a status list")
        }
        Err(error) => Finding::breaks("status_list with idx and uri", error.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::status::{paper, without_status};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn with(status: serde_json::Value) -> Stage {
        issued(&[Paper::honest(1).claim("status", status)])
    }

    #[test]
    fn an_index_and_a_uri_hold() {
        assert_holds(&super::CHECK, &issued(&[paper(1, 0)]));
    }

    #[test]
    fn anything_else_breaks() {
        let list = json!({ "status_list": { "idx": "7", "uri": "https://h/1" } });
        assert_breaks(&super::CHECK, &with(list), "\"7\"");
        assert_breaks(&super::CHECK, &with(json!("active")), "a string");
    }

    #[test]
    fn no_status_and_another_mechanism_are_in_order() {
        assert_outcome(&super::CHECK, &without_status(), Outcome::NotApplicable);
        let other = with(json!({ "identifier_list": { "id": "x" } }));
        assert_outcome(&super::CHECK, &other, Outcome::NotApplicable);
        assert_outcome(&super::CHECK, &Stage::new(), Outcome::NotTestable);
    }
}

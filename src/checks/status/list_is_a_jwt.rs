//! A verifier of SD-JWT VCs reads JWTs.

use super::{is_for_sd_jwts, of_lists};
use crate::checks::{Attempt, Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "status/list-is-a-jwt",
    aliases: &[],
    since: "2026.3",
    title: "the status list comes as a JWT",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["sdjwtvc#section-3.2.2.2", "tsl#section-8.2"],
    obligation: "the status list of an SD-JWT VC is a JWT in compact form",
    doc: "We ask with `Accept: application/statuslist+jwt`. A list that serves mdocs as well may have the \
          CWT form too, chosen by `Accept`; the default must not be CWT for everybody. Other \
          causes are a JSON wrapper around the token, or HTML from a gateway with status 200.",
    judge: Judge::Transcript(list_is_a_jwt),
};

fn list_is_a_jwt(scene: &Scene<'_>) -> Finding {
    of_lists(scene, |published| match &published.attempt {
        Attempt::Read(_) => Finding::Holds,
        Attempt::Cwt if is_for_sd_jwts(published, scene) => {
            Finding::breaks("a JWT", "the CWT form")
        }
        Attempt::Cwt => Finding::Exempt("no SD-JWT VC refers to the list"),
        Attempt::Unreadable(_) if !is_for_sd_jwts(published, scene) => {
            Finding::Silent("no SD-JWT VC refers to the list")
        }
        Attempt::Unreadable(error) => Finding::breaks("a JWT", error.to_string()),
        Attempt::Failed(_) | Attempt::Refused(_) => {
            Finding::Silent("the status list was not answered")
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::status::{answered, list, published};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn a_jwt_holds_and_nothing_else() {
        assert_holds(&super::CHECK, &published(&list()));
        assert_breaks(&super::CHECK, &answered(200, "text/html", "<html>"), "3 parts");
        let cwt = answered(200, "application/statuslist+cwt", "x");
        assert_breaks(&super::CHECK, &cwt, "CWT");
    }

    #[test]
    fn an_error_is_another_matter() {
        assert_outcome(&super::CHECK, &answered(404, "text/html", ""), Outcome::NotTestable);
    }
}

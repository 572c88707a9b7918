//! A status that nobody can look up is none.

use super::{is_for_sd_jwts, of_lists};
use crate::checks::{Attempt, Breach, Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "status/list-can-be-fetched",
    aliases: &[],
    since: "2026.3",
    title: "the status list can be fetched by anybody",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-8.1", "tsl#section-12.3"],
    obligation: "a GET on the uri of a status list is answered with 2xx, without a token or a cookie",
    doc: "Whoever is shown the credential fetches the list, and is nobody the issuer knows: no token, no \
          cookie, no client certificate. Redirects are followed. Issuers break it with a `uri` \
          that only resolves inside their network, with a gateway that guards every path, or when \
          the first list is only written at the first revocation.",
    judge: Judge::Transcript(list_can_be_fetched),
};

fn list_can_be_fetched(scene: &Scene<'_>) -> Finding {
    of_lists(scene, |published| match &published.attempt {
        Attempt::Read(_) | Attempt::Cwt | Attempt::Unreadable(_) => Finding::Holds,
        Attempt::Refused(406) if !is_for_sd_jwts(published, scene) => {
            Finding::Exempt("the list of mdocs is not to be had as a JWT")
        }
        Attempt::Refused(status) => Finding::breaks("a 2xx status", status.to_string()),
        Attempt::Failed(says) => Finding::Warns(
            Breach::new("a 2xx status", format!("no answer: {says}")),
            "the list may be out of reach from here only",
        ),
    })
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::issued;
    use crate::checks::staging::status::{
        LIST, answered, fetch, list, paper, published, without_status,
    };
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn a_list_that_comes_holds_also_by_a_redirect() {
        assert_holds(&super::CHECK, &published(&list()));
        let moved = fetch(issued(&[paper(1, 7)]), LIST, 302, "text/plain", "").last(|exchange| {
            if let crate::transcript::Received::Answer(answer) = &mut exchange.received {
                answer.headers.push("location", "/elsewhere");
            }
        });
        let there = "https://issuer.example/elsewhere";
        let list = list().compact();
        let moved = fetch(moved, there, 200, "application/statuslist+jwt", &list);
        assert_holds(&super::CHECK, &moved);
    }

    #[test]
    fn a_list_that_is_kept_back_breaks() {
        assert_breaks(&super::CHECK, &answered(401, "application/json", "{}"), "401");
    }

    #[test]
    fn what_was_not_asked_for_is_not_judged() {
        let not_fetched = issued(&[paper(1, 7)]);
        assert_outcome(&super::CHECK, &not_fetched, Outcome::NotApplicable);
        assert_outcome(&super::CHECK, &without_status(), Outcome::NotApplicable);
    }
}

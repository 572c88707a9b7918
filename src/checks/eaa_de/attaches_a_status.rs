//! A credential that cannot be asked after cannot be withdrawn.

use super::profile;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, judge};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "eaa-de/attaches-a-status",
    aliases: &[],
    since: "2026.3",
    title: "the credential refers to its status",
    level: Level::Note,
    raised_by: &[],
    applies: profile,
    spec: &["eaa-de#53-credential-revocation", "eaa-de#74-credential-endpoint-checklist"],
    obligation: "a credential refers to its status",
    doc: "The guide recommends status lists, with a reference in each credential from the day it is issued. A credential that went \
          out without one stays good until it expires, whatever happens.\n\n\
          Whether a credential type can be revoked, its rulebook decides, so the absence of a status is only reported. Where \
          there is one, the checks of the room `status` look at it.",
    judge: Judge::Answers(Station::Credential, attaches_a_status),
};

fn attaches_a_status(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(issued) = scene.issued_by(answered) else {
        return Finding::Silent("nothing was issued");
    };
    let count = issued.credentials.len();
    let credentials = issued.credentials.iter().enumerate();
    credentials
        .map(|(place, credential)| {
            let is_there = credential.status.is_some();
            Finding::expect(is_there, "status", "no status").in_place(place, count)
        })
        .reduce(judge::worse)
        .unwrap_or(Finding::Silent("no credential was issued"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::to_the_guide;
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_holds, assert_outcome};

    #[test]
    fn a_credential_without_a_status_is_noted() {
        let list = json!({ "status_list": { "idx": 1, "uri": "https://issuer.example/status" } });
        let with = issued(&[Paper::honest(1).claim("status", list)]);
        assert_holds(&super::CHECK, &to_the_guide(with));
        assert_outcome(&super::CHECK, &issued(&[Paper::honest(1)]), Outcome::NotApplicable);
        assert_outcome(&super::CHECK, &to_the_guide(issued(&[Paper::honest(1)])), Outcome::Note);
    }
}

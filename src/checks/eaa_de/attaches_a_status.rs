//! A credential that cannot be asked after cannot be withdrawn.

use super::sd_jwt_vcs;
use crate::checks::sd_jwt::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedSdJwt, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "eaa-de/attaches-a-status",
    aliases: &[],
    since: "2026.3",
    title: "the credential refers to its status",
    level: Level::Derived,
    raised_by: &[],
    applies: sd_jwt_vcs,
    spec: &["eaa-de#53-credential-revocation", "eaa-de#74-credential-endpoint-checklist"],
    obligation: "an SD-JWT VC refers to its status",
    doc: "The guide recommends status lists, with a reference in each credential from the day it is issued. A credential that went \
          out without one stays good until it expires, whatever happens.\n\n\
          Whether a credential type is revocable, its rulebook decides. If it is not, list this check under `exclude` with \
          that reason.",
    judge: Judge::Answers(Station::Credential, attaches_a_status),
};

fn attaches_a_status(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| reference(opened))
}

fn reference(opened: &OpenedSdJwt) -> Finding {
    let is_there = opened.sd_jwt.payload().contains_key("status");
    Finding::expect(is_there, "status", "no status")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::to_the_guide;
    use crate::checks::Outcome;
    use crate::checks::staged_credentials::{Paper, issued};
    use crate::checks::staging::{assert_holds, assert_outcome};

    #[test]
    fn a_credential_without_a_status_warns() {
        let list = json!({ "status_list": { "idx": 1, "uri": "https://issuer.example/status" } });
        let with = issued(&[Paper::honest(1).claim("status", list)]);
        assert_holds(&super::CHECK, &to_the_guide(with));
        assert_outcome(&super::CHECK, &issued(&[Paper::honest(1)]), Outcome::NotApplicable);
        assert_outcome(&super::CHECK, &to_the_guide(issued(&[Paper::honest(1)])), Outcome::Warn);
    }
}

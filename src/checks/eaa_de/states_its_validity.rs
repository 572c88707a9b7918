//! Wallets tell their holders in time that a credential is about to end.

use super::sd_jwt_vcs;
use crate::checks::sd_jwt::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedSdJwt, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "eaa-de/states-its-validity",
    aliases: &[],
    since: "2026.3",
    title: "the credential states its validity",
    level: Level::Derived,
    raised_by: &[],
    applies: sd_jwt_vcs,
    spec: &["eaa-de#51-credential-validity-periods"],
    obligation: "an SD-JWT VC has iat and exp",
    doc: "The guide wants the dates of a credential where its format has them: `iat` and `exp` in an SD-JWT VC. Without them a \
          wallet cannot warn its holder before the credential ends, nor fetch a new one in time.\n\n\
          A rulebook may have credentials that never end. Then list this check under `exclude` with that reason.",
    judge: Judge::Answers(Station::Credential, states_its_validity),
};

fn states_its_validity(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| dates(opened))
}

fn dates(opened: &OpenedSdJwt) -> Finding {
    let Ok(unpacked) = &opened.unpacked else {
        return Finding::Silent("the claims cannot be read");
    };
    let missing: Vec<&str> =
        ["iat", "exp"].into_iter().filter(|name| !unpacked.claims.contains_key(*name)).collect();
    Finding::expect(missing.is_empty(), "iat and exp", format!("no {}", missing.join(", no ")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::to_the_guide;
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn both_dates_are_there_or_it_warns() {
        let without = issued(&[Paper::honest(1).claim("exp", json!(null))]);
        assert_holds(&super::CHECK, &to_the_guide(issued(&[Paper::honest(1)])));
        assert_outcome(&super::CHECK, &without, Outcome::NotApplicable);
        let held = to_the_guide(without);
        assert_breaks(&super::CHECK, &held, "no exp");
        assert_outcome(&super::CHECK, &held, Outcome::Warn);
    }
}

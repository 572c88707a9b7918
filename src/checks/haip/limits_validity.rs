//! A credential that can neither end nor be ended is good for ever.

use super::profile_and;
use crate::checks::sd_jwt::each;
use crate::checks::{
    Answered, Applies, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/limits-validity",
    aliases: &[],
    since: "2026.3",
    title: "the validity of the credential is limited",
    level: Level::Should,
    raised_by: &[],
    applies: sd_jwt_vcs,
    spec: &["haip#sd-jwt-vc"],
    obligation: "an SD-JWT VC is limited in its validity by exp, by status, or by both",
    doc: "The profile recommends that the validity of an SD-JWT VC is limited, and then by `exp`, by `status`, or by both. A \
          diploma may well be for life: then list this check under `exclude` with that reason.",
    judge: Judge::Answers(Station::Credential, limits_validity),
};

fn limits_validity(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| limit(opened))
}

fn limit(opened: &OpenedSdJwt) -> Finding {
    let payload = opened.sd_jwt.payload();
    let is_limited = payload.contains_key("exp") || payload.contains_key("status");
    Finding::expect(is_limited, "exp or status", "neither")
}

fn sd_jwt_vcs(scene: &Scene<'_>) -> Applies {
    profile_and(scene, applicability::sd_jwt_vc)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::{assert_concerns_nobody_else, to_haip};
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_holds, assert_outcome};

    #[test]
    fn one_of_the_two_is_enough() {
        assert_holds(&super::CHECK, &to_haip(issued(&[Paper::honest(1)])));
        let status = Paper::honest(1).claim("exp", json!(null)).claim("status", json!({}));
        assert_holds(&super::CHECK, &to_haip(issued(&[status])));
        let for_ever = issued(&[Paper::honest(1).claim("exp", json!(null))]);
        assert_concerns_nobody_else(&super::CHECK, &for_ever);
        assert_outcome(&super::CHECK, &to_haip(for_ever), Outcome::Warn);
    }
}

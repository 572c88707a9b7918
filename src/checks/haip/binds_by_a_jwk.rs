//! A wallet of the profile looks for its key in one place.

use super::profile_and;
use crate::checks::sd_jwt::each;
use crate::checks::{
    Answered, Applies, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/binds-by-a-jwk",
    aliases: &[],
    since: "2026.3",
    title: "cnf has the key itself",
    level: Level::Must,
    raised_by: &[],
    applies: sd_jwt_vcs,
    spec: &["haip#sd-jwt-vc"],
    obligation: "an SD-JWT VC that is bound to a key has it in cnf as jwk",
    doc: "`cnf` may name a key in several ways, and under the profile it is always `jwk`. A `kid` with a DID, or a thumbprint, \
          is not understood.\n\n\
          Write the public key of the proof into `cnf.jwk`, whatever way the proof named it.",
    judge: Judge::Answers(Station::Credential, binds_by_a_jwk),
};

fn binds_by_a_jwk(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| {
        if issued.requested.proofs.is_empty() {
            return Finding::Exempt("the request proved no key");
        }
        confirmation(opened)
    })
}

fn confirmation(opened: &OpenedSdJwt) -> Finding {
    let Some(cnf) = opened.sd_jwt.payload().get("cnf") else {
        return Finding::Silent("there is no cnf");
    };
    let names: Vec<&str> =
        cnf.as_object().into_iter().flat_map(|cnf| cnf.keys()).map(String::as_str).collect();
    let has_a_key = cnf.get("jwk").is_some_and(serde_json::Value::is_object);
    Finding::expect(has_a_key, "cnf with jwk", format!("cnf with {}", names.join(", ")))
}

fn sd_jwt_vcs(scene: &Scene<'_>) -> Applies {
    profile_and(scene, applicability::sd_jwt_vc)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::{assert_concerns_nobody_else, to_haip};
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn another_way_to_name_the_key_breaks() {
        assert_holds(&super::CHECK, &to_haip(issued(&[Paper::honest(1)])));
        let by_kid = issued(&[Paper::honest(1).claim("cnf", json!({ "kid": "did:jwk:x" }))]);
        assert_concerns_nobody_else(&super::CHECK, &by_kid);
        assert_breaks(&super::CHECK, &to_haip(by_kid), "cnf with kid");
    }
}

//! The wallet gets the types that it asked for.

use super::each_vc;
use crate::checks::{Answered, Check, Finding, Issued, Judge, Level, Scene, applicability};
use crate::formats::jwt_vc::{GENERAL_TYPE, JwtVc};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/type-matches",
    aliases: &[],
    since: "2026.3",
    title: "the types are those of the configuration",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["vcdm1#types", "vci#server-metadata-jwt-vc-json"],
    obligation: "vc.type of an issued credential has VerifiableCredential and every type in the credential_definition of the requested configuration",
    doc: "A credential is `VerifiableCredential` and something more, and the metadata say what. It breaks \
          when a template has the general type only, when the type was renamed at one place, or when `type` \
          is a string, which has no room for both.\n\n\
          Fill `vc.type` from `credential_definition.type` of the configuration that was asked for. Further \
          types are allowed.",
    judge: Judge::Answers(Station::Credential, type_matches),
};

fn type_matches(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each_vc(answered, scene, |jwt_vc, issued| {
        let found = jwt_vc.types();
        let mut missing = missing_types(jwt_vc, issued, scene);
        if !found.contains(&GENERAL_TYPE) {
            missing.insert(0, GENERAL_TYPE);
        }
        missing.dedup();
        Finding::expect(
            missing.is_empty(),
            format!("type with {}", missing.join(", ")),
            format!("type {}", found.join(", ")),
        )
    })
}

/// The types of the requested configuration that a credential does not have.
pub fn missing_types<'s>(jwt_vc: &JwtVc, issued: &Issued, scene: &'s Scene<'_>) -> Vec<&'s str> {
    let wanted = issued.configuration(scene).map(|configuration| configuration.types());
    let found = jwt_vc.types();
    wanted.unwrap_or_default().into_iter().filter(|wanted| !found.contains(wanted)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::staged::{JwtPaper, issued};
    use crate::checks::credential::matches_the_request;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use serde_json::{Value, json};

    fn stage(types: Value) -> Stage {
        issued(&[JwtPaper::honest(1).vc("type", types)])
    }

    #[test]
    fn all_types_hold_and_more_are_fine() {
        assert_holds(&super::CHECK, &issued(&[JwtPaper::honest(1)]));
        let more = json!(["VerifiableCredential", "Degree", "More"]);
        assert_holds(&super::CHECK, &stage(more));
    }

    #[test]
    fn a_missing_type_breaks() {
        assert_breaks(&super::CHECK, &stage(json!(["VerifiableCredential"])), "type Verifiable");
        assert_breaks(&super::CHECK, &stage(json!("Degree")), "type Degree");
        let unasked = stage(json!(["VerifiableCredential", "Licence"]));
        assert_breaks(&matches_the_request::CHECK, &unasked, "Licence");
        assert_holds(&matches_the_request::CHECK, &issued(&[JwtPaper::honest(1)]));
    }
}

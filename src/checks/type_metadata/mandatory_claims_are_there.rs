//! A claim that the type calls mandatory is there.

use serde_json::Value;

use super::super::sd_jwt::each;
use super::{chain, described, effective_claims};
use crate::checks::{Answered, Check, Finding, Judge, Level, Profile, Scene};
use crate::protocol::ClaimsPath;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/mandatory-claims-are-there",
    aliases: &[],
    since: "2026.3",
    title: "claims that the type calls mandatory are there",
    level: Level::Note,
    raised_by: &[Profile::Haip],
    applies: described,
    spec: &["sdjwtvc#section-9"],
    obligation: "an issued credential has, with everything disclosed, the claims that its type metadata call mandatory",
    doc: "Draft 11 does not know `mandatory`; later drafts, and with them HAIP 1.0, oblige the issuer \
          by it. Where the type has it and the credential lacks the claim, wallets of the later \
          drafts may reject what others accept. A claim that nobody knows of this holder is left \
          out of the data, and the type was written with another holder in mind.",
    judge: Judge::Answers(Station::Credential, mandatory_claims_are_there),
};

fn mandatory_claims_are_there(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| {
        let mandatory: Vec<ClaimsPath> =
            effective_claims(&chain(opened.sd_jwt.vct().unwrap_or_default(), scene))
                .into_iter()
                .filter(|(_, claim)| claim.is_mandatory())
                .map(|(path, _)| path)
                .collect();
        if mandatory.is_empty() {
            return Finding::Exempt("the type calls no claim mandatory");
        }
        let Ok(unpacked) = &opened.unpacked else {
            return Finding::Exempt("the hash algorithm of the disclosures is not known");
        };
        let claims = Value::Object(unpacked.claims.clone());
        match mandatory.iter().find(|path| path.select(&claims).is_empty()) {
            Some(_) if !unpacked.problems.is_empty() => {
                Finding::Exempt("not every disclosure finds its place, so claims may be missing")
            }
            Some(missing) => Finding::breaks(format!("a claim at {missing}"), "none"),
            None => Finding::Holds,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{described, plain};
    use crate::checks::staging::{assert_holds, assert_outcome};
    use crate::checks::{Outcome, Policy, Profile, Profiles};
    use serde_json::json;

    #[test]
    fn a_missing_one_is_noted_and_breaks_by_the_later_draft() {
        let stage =
            |path: &str| described(json!({ "claims": [{ "path": [path], "mandatory": true }] }));
        assert_holds(&super::CHECK, &stage("given_name"));
        assert_outcome(&super::CHECK, &stage("birthdate"), Outcome::Note);
        let policy = Policy { profiles: Profiles::of([Profile::Haip]), ..Policy::default() };
        assert_outcome(&super::CHECK, &stage("birthdate").policy(policy), Outcome::Fail);
        assert_outcome(&super::CHECK, &described(plain()), Outcome::NotApplicable);
    }
}

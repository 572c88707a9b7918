//! The metadata promise what is in every credential.

use serde_json::Value;

use super::{described_paths, each, where_claims_are_described};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::protocol::ClaimsPath;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/has-the-mandatory-claims",
    aliases: &[],
    since: "2026.3",
    title: "claims announced as mandatory are there",
    level: Level::Derived,
    raised_by: &[],
    applies: where_claims_are_described,
    spec: &["vci#claims-description-issuer-metadata"],
    obligation: "an issued SD-JWT VC has, with everything disclosed, the claims that its configuration calls mandatory",
    doc: "`mandatory: true` in the issuer metadata tells wallets and verifiers that the claim is always in the \
          credential. It is usually true on the day the metadata are written; then a data source has no \
          value for somebody, and the claim is left out without a word.\n\n\
          Take `mandatory` away where the data may lack the claim, or refuse to issue without it.",
    judge: Judge::Answers(Station::Credential, has_the_mandatory_claims),
};

fn has_the_mandatory_claims(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| {
        let described = described_paths(issued.configuration(scene));
        let mandatory: Vec<&ClaimsPath> =
            described.iter().filter(|(_, mandatory)| *mandatory).map(|(path, _)| path).collect();
        if mandatory.is_empty() {
            return Finding::Exempt("no claim is announced as mandatory");
        }
        let Ok(unpacked) = &opened.unpacked else {
            return Finding::Exempt("the hash algorithm of the disclosures is not known");
        };
        let claims = Value::Object(unpacked.claims.clone());
        match mandatory.into_iter().find(|path| path.select(&claims).is_empty()) {
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
    use super::super::described_by;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn a_missing_one_warns() {
        let mandatory = |path| described_by(json!([{ "path": path, "mandatory": true }]));
        assert_holds(&super::CHECK, &mandatory(json!(["given_name"])));
        let missing = mandatory(json!(["address", "country"]));
        assert_breaks(&super::CHECK, &missing, "none");
        assert_outcome(&super::CHECK, &missing, Outcome::Warn);
        let optional = described_by(json!([{ "path": ["birthdate"] }]));
        assert_outcome(&super::CHECK, &optional, Outcome::NotApplicable);
    }
}

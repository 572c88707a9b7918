//! A path into something else leads nowhere.

use serde_json::Value;

use super::{described_paths, each, where_claims_are_described};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/fits-the-described-paths",
    aliases: &[],
    since: "2026.3",
    title: "claims have the form that their paths go through",
    level: Level::Derived,
    raised_by: &[],
    applies: where_claims_are_described,
    spec: &["vci#claims-description-issuer-metadata", "vci#claims_path_pointer"],
    obligation: "no path in the claims of a configuration steps by a name into a claim that is no object, or by an index or null into one that is no array",
    doc: "A path such as `[\"nationalities\", null]` says that `nationalities` is an array. If the credential has \
          one text there, whoever follows the path has to stop with an error, not with an empty result. \
          Metadata and data then disagree about the form of the claim, and a wallet that shows claims by \
          their descriptions shows nothing.\n\n\
          A claim that is not there at all breaks no path.",
    judge: Judge::Answers(Station::Credential, fits_the_described_paths),
};

fn fits_the_described_paths(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| {
        let described = described_paths(issued.configuration(scene));
        if described.is_empty() {
            return Finding::Exempt("the configuration describes no claims");
        }
        let Ok(unpacked) = &opened.unpacked else {
            return Finding::Exempt("the hash algorithm of the disclosures is not known");
        };
        let claims = Value::Object(unpacked.claims.clone());
        let misfit = described.iter().find_map(|(path, _)| Some((path, path.misfit(&claims)?)));
        match misfit {
            Some((path, (place, wanted))) => {
                Finding::breaks(format!("{wanted} at {place}, as {path} has it"), "something else")
            }
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
    fn other_forms_warn_and_absence_does_not() {
        let paths = json!([{ "path": ["given_name"] }, { "path": ["absent", null, "x"] }]);
        assert_holds(&super::CHECK, &described_by(paths));
        let stage = described_by(json!([{ "path": ["given_name", null] }]));
        assert_breaks(&super::CHECK, &stage, "something else");
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
    }
}

//! The hash of the extended type is checked as that of the type is.

use super::vct_integrity_matches::held_against;
use super::{described, in_document};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/extends-integrity-matches",
    aliases: &[],
    since: "2026.3",
    title: "extends#integrity is the hash of the extended type",
    level: Level::Must,
    raised_by: &[],
    applies: described,
    spec: &["sdjwtvc#section-6.4", "sdjwtvc#section-7"],
    obligation: "extends#integrity is integrity metadata as Subresource Integrity has them, and the extended type's metadata have that hash",
    doc: "What holds of `vct#integrity` holds here: standard base64, the name of the hash without a \
          hyphen inside, and the octets as they are served. The extended type is often somebody \
          else's; when they publish a new version at the same URL, the hash is of yesterday's, and \
          no wallet accepts the type any more.",
    judge: Judge::Answers(Station::TypeMetadata, extends_integrity_matches),
};

fn extends_integrity_matches(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| match metadata.extends_integrity() {
        None => Finding::Exempt("the metadata have no extends#integrity"),
        Some(integrity) => {
            let extends = metadata.extends().unwrap_or_default();
            held_against("extends#integrity", integrity, extends, scene)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{described, of_type, plain};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn the_hash_is_that_of_the_extended_type() {
        let base = "https://issuer.example/vct/base";
        let stage = |hash: &str| {
            let document = json!({ "extends": base, "extends#integrity": hash });
            of_type(described(document), base, json!({}))
        };
        let right = "sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=";
        assert_holds(&super::CHECK, &stage(right));
        assert_breaks(&super::CHECK, &stage(&right.replace("RB", "AA")), "AANvo1");
        assert_outcome(&super::CHECK, &described(plain()), Outcome::NotApplicable);
    }
}

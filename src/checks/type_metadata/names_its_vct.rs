//! A document that names another type describes another type.

use serde_json::Value;
use url::Url;

use super::{chains, described, in_document, vcts};
use crate::checks::{Answered, Check, Finding, Judge, Level, Profile, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/names-its-vct",
    aliases: &[],
    since: "2026.3",
    title: "type metadata name the type they stand for",
    level: Level::Derived,
    raised_by: &[Profile::Haip],
    applies: described,
    spec: &["sdjwtvc#section-6.1", "sdjwtvc#section-6.3.1"],
    obligation: "the vct in type metadata is the one that led to them",
    doc: "Draft 11 shows `vct` in its examples without asking for it; later drafts, and with them \
          HAIP 1.0, require it, and have wallets compare it with the reference. A document that \
          was copied from another type, or that a server with a catch-all route gives for every \
          type, names the wrong one.\n\n\
          Compare letter by letter: a slash at the end, another scheme or another case is another \
          type.",
    judge: Judge::Answers(Station::TypeMetadata, names_its_vct),
};

fn names_its_vct(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let references = vcts(scene).map(|(vct, _)| vct.to_owned());
        let extended = chains(scene).flatten().filter_map(|one| one.metadata.extends());
        let asked = Url::parse(scene.transcript.origin(answered.exchange)).ok();
        let mut references = references.chain(extended.map(str::to_owned));
        let Some(reference) = references.find(|vct| Url::parse(vct).ok() == asked) else {
            return Finding::Silent("no credential leads to this document");
        };
        match metadata.json().get("vct") {
            Some(Value::String(vct)) => {
                Finding::expect(*vct == reference, format!("vct {reference}"), format!("vct {vct}"))
            }
            None if !scene.policy.profiles.contains(Profile::Haip) => {
                Finding::Exempt("the document has no vct, which later drafts than 11 require")
            }
            other => Finding::breaks(
                format!("vct {reference}"),
                format!("vct is {}", shape::describe(other)),
            ),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{VCT, described, of_type, plain};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::checks::{Outcome, Policy, Profile, Profiles};
    use serde_json::json;

    #[test]
    fn the_same_type_holds_and_another_warns() {
        assert_holds(&super::CHECK, &described(plain()));
        let other = described(json!({ "vct": "https://issuer.example/vct/pid/" }));
        assert_breaks(&super::CHECK, &other, "pid/");
        assert_outcome(&super::CHECK, &other, Outcome::Warn);
    }

    #[test]
    fn the_extended_type_is_compared_with_the_reference() {
        let base = "https://issuer.example/vct/base";
        let stage = described(json!({ "vct": VCT, "extends": base }));
        assert_holds(&super::CHECK, &of_type(stage.clone(), base, json!({ "vct": base })));
        assert_breaks(&super::CHECK, &of_type(stage, base, plain()), "vct/pid");
    }

    #[test]
    fn a_document_without_one_breaks_by_the_later_draft_only() {
        let silent = described(json!({ "name": "PID" }));
        assert_outcome(&super::CHECK, &silent, Outcome::NotApplicable);
        let policy = Policy { profiles: Profiles::of([Profile::Haip]), ..Policy::default() };
        assert_outcome(&super::CHECK, &silent.policy(policy), Outcome::Fail);
    }
}

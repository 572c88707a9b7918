//! Who inherits a rule may sharpen it.

use super::{by_whose_it_is, chains, described, effective_claims};
use crate::checks::{Breach, Check, Finding, Judge, Level, Profile, Scene};
use crate::protocol::ClaimMetadata;

pub static CHECK: Check = Check {
    id: "type-metadata/extension-keeps-the-rules",
    aliases: &[],
    since: "2026.3",
    title: "an extending type keeps the rules that it inherits",
    level: Level::Note,
    raised_by: &[Profile::Haip],
    applies: described,
    spec: &["sdjwtvc#section-9.4"],
    obligation: "an extending type does not loosen what the extended type says of sd and mandatory",
    doc: "In draft 11 the claim description of an extending type replaces the inherited one. Later \
          drafts, and with them HAIP 1.0, bind it: `always` and `never` stay as they are, and what \
          is mandatory stays mandatory. A description that is given again only to change its label \
          loses `sd` and `mandatory` by accident: repeat them.",
    judge: Judge::Transcript(extension_keeps_the_rules),
};

fn extension_keeps_the_rules(scene: &Scene<'_>) -> Finding {
    let mut inherits = false;
    for chain in chains(scene) {
        for (place, child) in chain.iter().enumerate() {
            let Some(ancestors) = chain.get(place + 1..).filter(|rest| !rest.is_empty()) else {
                continue;
            };
            inherits = true;
            let inherited = effective_claims(ancestors);
            for claim in child.metadata.claims() {
                let Some(path) = claim.path() else { continue };
                let parent = inherited.iter().find(|(known, _)| *known == path);
                if let Some((_, parent)) = parent
                    && let Some(actual) = loosened(*parent, claim)
                {
                    let breach =
                        Breach::new("the rules of the extended type", format!("{path}: {actual}"));
                    let breach = breach.at([child.answered.exchange.number]);
                    return by_whose_it_is(Finding::Breaks(breach), &child.answered, scene);
                }
            }
        }
    }
    match inherits {
        true => Finding::Holds,
        false => Finding::Exempt("no type extends another"),
    }
}

fn loosened(parent: ClaimMetadata<'_>, child: ClaimMetadata<'_>) -> Option<String> {
    if let Some(rule @ ("always" | "never")) = parent.selective_disclosure() {
        let own = child.selective_disclosure().unwrap_or("allowed");
        if own != rule {
            return Some(format!("sd {rule} became {own}"));
        }
    }
    let loses = parent.is_mandatory() && !child.is_mandatory();
    loses.then(|| "mandatory became optional".to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::staged::{described, of_type, plain};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};

    fn extending(child: Value) -> Stage {
        let base = "https://issuer.example/vct/base";
        let claims = json!([{ "path": ["name"], "sd": "always", "mandatory": true }]);
        let stage = described(json!({ "extends": base, "claims": [child] }));
        of_type(stage, base, json!({ "claims": claims }))
    }

    #[test]
    fn the_same_or_a_sharper_rule_holds() {
        assert_holds(
            &super::CHECK,
            &extending(json!({ "path": ["name"], "sd": "always", "mandatory": true })),
        );
        assert_holds(&super::CHECK, &extending(json!({ "path": ["other"], "sd": "never" })));
        assert_outcome(&super::CHECK, &described(plain()), Outcome::NotApplicable);
    }

    #[test]
    fn a_looser_one_is_noted() {
        let stage = extending(json!({ "path": ["name"], "mandatory": true }));
        assert_breaks(&super::CHECK, &stage, "always became allowed");
        assert_outcome(&super::CHECK, &stage, Outcome::Note);
        let optional = extending(json!({ "path": ["name"], "sd": "always" }));
        assert_breaks(&super::CHECK, &optional, "became optional");
    }
}

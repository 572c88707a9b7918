//! A type cannot descend from itself.

use super::{by_whose_it_is, chains, described, location};
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene};

pub static CHECK: Check = Check {
    id: "type-metadata/extends-without-a-cycle",
    aliases: &[],
    since: "2026.3",
    title: "no type extends itself, in any number of steps",
    level: Level::Must,
    raised_by: &[],
    applies: described,
    spec: &["sdjwtvc#section-10.3"],
    obligation: "no type extends a type that extends it, directly or in several steps",
    doc: "Readers follow `extends` until a type extends nothing. Two types that extend one another, \
          or one that was copied with its own URL in `extends`, keep them going in circles; they \
          have to notice and to reject the credential.",
    judge: Judge::Transcript(extends_without_a_cycle),
};

fn extends_without_a_cycle(scene: &Scene<'_>) -> Finding {
    let chains: Vec<_> = chains(scene).filter(|chain| !chain.is_empty()).collect();
    if chains.is_empty() {
        return Finding::Silent("no type metadata document was fetched");
    }
    for chain in chains {
        let Some(last) = chain.last() else { continue };
        let Some(extends) = last.metadata.extends() else { continue };
        let back = location(extends, scene);
        if let Some(first) = chain.iter().find(|one| Some(&one.url) == back.as_ref()) {
            let breach = Breach::new(
                "types that extend others in one direction",
                format!("{} leads back to {} in {} steps", last.url, first.url, chain.len()),
            );
            let seen = chain.iter().map(|one| one.answered.exchange.number);
            return by_whose_it_is(Finding::Breaks(breach.at(seen)), &last.answered, scene);
        }
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use super::super::staged::{VCT, described, of_type, plain};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use serde_json::json;

    #[test]
    fn a_line_holds_and_a_circle_breaks() {
        let base = "https://issuer.example/vct/base";
        assert_holds(&super::CHECK, &described(plain()));
        let stage = described(json!({ "extends": base }));
        assert_holds(&super::CHECK, &of_type(stage.clone(), base, json!({})));
        let circle = of_type(stage, base, json!({ "extends": VCT }));
        assert_breaks(&super::CHECK, &circle, "in 2 steps");
        assert_breaks(&super::CHECK, &described(json!({ "extends": VCT })), "in 1 steps");
    }
}

//! Grants are told by name, each with an object of its own.

use super::{each_offer, where_some_offer};
use crate::checks::{Applies, Check, Finding, Judge, Level, Scene, shape};

pub static CHECK: Check = Check {
    id: "offer/carries-grants-as-objects",
    aliases: &[],
    since: "2026.1",
    title: "the grants of an offer are objects",
    level: Level::Must,
    raised_by: &[],
    applies: where_grants_are_given,
    spec: &["vci#credential-offer-parameters"],
    obligation: "grants is an object whose every value is an object",
    doc: "`grants` maps each grant type to its parameters. An array of grant names, or a bare code as the \
          value, is what serializers write when the model is a list or when a class with one field is \
          flattened. A grant without parameters is `{}`, never `null`.\n\n\
          Look at the JSON that is sent, not at the model, and leave `grants` out when there is nothing \
          to say.",
    judge: Judge::Transcript(carries_grants_as_objects),
};

fn carries_grants_as_objects(scene: &Scene<'_>) -> Finding {
    each_offer(scene, |offer, _| {
        let Some(grants) = offer.get("grants") else {
            return Finding::Silent("the offer has no grants");
        };
        let Some(object) = grants.as_object() else {
            return Finding::breaks("an object", shape::kind(Some(grants)));
        };
        match object.iter().find(|(_, value)| !value.is_object()) {
            None => Finding::Holds,
            Some((grant, value)) => Finding::breaks(
                "an object for each grant",
                format!("{} for {}", shape::kind(Some(value)), shape::quote(grant)),
            ),
        }
    })
}

fn where_grants_are_given(scene: &Scene<'_>) -> Applies {
    where_some_offer(scene, |offer| offer.get("grants").is_some(), "the offer has no grants")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::honest_offer;
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, with, without,
    };

    #[test]
    fn objects_hold_and_nothing_else() {
        let stage = |grants| Stage::new().offer(with(honest_offer(), "/grants", grants), None);
        assert_holds(&super::CHECK, &Stage::new().offer(honest_offer(), None));
        assert_holds(&super::CHECK, &stage(json!({ "urn:example:other": {} })));
        assert_breaks(&super::CHECK, &stage(json!(["authorization_code"])), "an array");
        assert_breaks(
            &super::CHECK,
            &stage(json!({ "authorization_code": null })),
            "null for \"authorization_code\"",
        );
    }

    #[test]
    fn grants_are_optional() {
        let stage = Stage::new().offer(without(honest_offer(), "/grants"), None);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

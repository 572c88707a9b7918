//! What is on offer is told by names, not by objects.

use super::each_offer;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability, shape};

pub static CHECK: Check = Check {
    id: "offer/lists-configurations",
    aliases: &[],
    since: "2026.1",
    title: "an offer lists what is offered",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-offer-parameters"],
    obligation: "credential_configuration_ids is a non-empty array of unique strings",
    doc: "Offers of drafts up to 12 had `credentials`, an array of strings or of whole format objects; \
          wallets of 1.0 look for `credential_configuration_ids` and find nothing to ask for. Duplicates \
          come from joining the lists of several products, an empty array from a filter that let nothing \
          through.\n\n\
          List each key of `credential_configurations_supported` that is offered, once, as a string.",
    judge: Judge::Transcript(lists_configurations),
};

fn lists_configurations(scene: &Scene<'_>) -> Finding {
    each_offer(scene, |offer, _| {
        let expected = "a non-empty array of unique strings";
        match shape::strings(offer.get("credential_configuration_ids")) {
            Ok(ids) => match shape::repeated(&ids) {
                Some(id) => Finding::breaks(expected, format!("{} twice", shape::quote(id))),
                None => Finding::Holds,
            },
            Err(found) => Finding::breaks(expected, found),
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::honest_offer;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, with, without};

    #[test]
    fn unique_strings_hold() {
        assert_holds(&super::CHECK, &Stage::new().offer(honest_offer(), None));
    }

    #[test]
    fn anything_else_does_not() {
        for (value, says) in [
            (json!([]), "an empty array"),
            (json!(["pid", "pid"]), "\"pid\" twice"),
            (json!("pid"), "\"pid\""),
            (json!([{ "format": "dc+sd-jwt" }]), "an object"),
        ] {
            let offer = with(honest_offer(), "/credential_configuration_ids", value);
            assert_breaks(&super::CHECK, &Stage::new().offer(offer, None), says);
        }
        let missing = without(honest_offer(), "/credential_configuration_ids");
        assert_breaks(&super::CHECK, &Stage::new().offer(missing, None), "nothing");
    }
}

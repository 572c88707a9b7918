//! A token is for what was offered, not for all that the issuer has.

use crate::checks::{
    Applies, Check, CodeIn, Control, Expectation, Judge, Level, Refusal, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/refuses-unoffered-configuration",
    aliases: &[],
    since: "2026.1",
    title: "a configuration that was not offered is refused",
    level: Level::Should,
    raised_by: &[],
    applies: has_unoffered,
    spec: &["vci#authorization-errors", "vci#credential-offer", "rfc6750#section-3.1"],
    obligation: "a credential request for a known configuration that the offer did not include is refused with 403 or 400",
    doc: "The pre-authorized code stands for the End-User's consent to what the offer lists. An \
          issuer that checks only whether the token is valid, and not what it was given for, hands \
          a diploma to whoever was offered a library card.\n\n\
          Keep the offered `credential_configuration_ids` with the code, carry them over to the \
          token, and compare at the Credential Endpoint: `403` with `insufficient_scope`, or `400` \
          with a code of the Credential Endpoint.",
    judge: Judge::Refusal(Refusal {
        tamper: "unoffered-configuration",
        expects: &[Expectation {
            station: Station::Credential,
            applies: applicability::always,
            status: &[400, 403],
            codes: &[],
            tolerated: &[],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

fn has_unoffered(scene: &Scene<'_>) -> Applies {
    let offered: Vec<&str> = scene
        .transcript
        .offers
        .iter()
        .filter_map(|offer| offer.object.as_ref()?.get("credential_configuration_ids")?.as_array())
        .flatten()
        .filter_map(serde_json::Value::as_str)
        .collect();
    match scene.issuer_metadata() {
        Some(metadata) if !offered.is_empty() => Applies::when(
            metadata.configurations().any(|(id, _)| !offered.contains(&id)),
            "the offers of this scenario include every configuration",
        ),
        _ => Applies::Yes,
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_outcome, honest_metadata};
    use crate::transcript::Station;
    use serde_json::json;

    #[test]
    fn it_needs_a_configuration_that_is_not_offered() {
        let issued = json!({"credentials": [{"credential": "a~"}]});
        let stage = Stage::new()
            .tampered("unoffered-configuration", Station::Credential, 200, issued.clone())
            .answer_json(Station::Credential, 200, issued)
            .issuer_metadata(honest_metadata())
            .offer(json!({"credential_configuration_ids": ["pid"]}), None);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

//! An offered name that the metadata does not know cannot be asked for.

use super::each_offer;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::protocol::CredentialOffer;

pub static CHECK: Check = Check {
    id: "offer/offers-known-configurations",
    aliases: &[],
    since: "2026.1",
    title: "what is offered stands in the metadata",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-offer-parameters", "vci#credential-issuer-parameters"],
    obligation: "each offered id is a key of credential_configurations_supported",
    doc: "Offer and metadata often come from two places: the offer from the application that knows the \
          user, the metadata from a configuration file. After a renaming in one of them the wallet is \
          sent to a configuration that does not exist, and gives up before it asks for a token. The \
          comparison is case sensitive.\n\n\
          Take the ids of offers from the same table that the metadata is made from, and refuse to make \
          an offer for an id that is not in it.",
    judge: Judge::Transcript(offers_known_configurations),
};

fn offers_known_configurations(scene: &Scene<'_>) -> Finding {
    let Some(metadata) = scene.issuer_metadata() else {
        return Finding::Silent("no issuer metadata could be read");
    };
    let known: Vec<&str> = metadata.configurations().map(|(id, _)| id).collect();
    if known.is_empty() {
        return Finding::Silent("the metadata lists no configurations");
    }
    each_offer(scene, |offer, _| {
        let offered = CredentialOffer::new(offer).credential_configuration_ids();
        if offered.is_empty() {
            return Finding::Silent("the offer lists no configurations");
        }
        match offered.iter().find(|id| !known.contains(id)) {
            None => Finding::Holds,
            Some(id) => Finding::breaks(
                "a key of credential_configurations_supported",
                match known.iter().find(|other| other.eq_ignore_ascii_case(id)) {
                    Some(near) => format!(
                        "{}, where the metadata has {}",
                        shape::quote(id),
                        shape::quote(near)
                    ),
                    None => format!("{}, which the metadata does not have", shape::quote(id)),
                },
            ),
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::honest_offer;
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata, with,
    };

    fn stage(ids: serde_json::Value) -> Stage {
        Stage::new()
            .issuer_metadata(honest_metadata())
            .offer(with(honest_offer(), "/credential_configuration_ids", ids), None)
    }

    #[test]
    fn known_ids_hold_and_unknown_ones_do_not() {
        assert_holds(&super::CHECK, &stage(json!(["pid"])));
        assert_breaks(&super::CHECK, &stage(json!(["PID"])), "the metadata has \"pid\"");
        assert_breaks(&super::CHECK, &stage(json!(["pid", "mdl"])), "\"mdl\"");
    }

    #[test]
    fn without_metadata_nothing_can_be_said() {
        let stage = Stage::new().offer(honest_offer(), None);
        assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
    }
}

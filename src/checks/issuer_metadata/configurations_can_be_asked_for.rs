//! Without a scope there has to be another way to ask.

use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::AsMetadata;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/configurations-can-be-asked-for",
    aliases: &[],
    since: "2026.3",
    title: "a configuration without scope can be asked for by details",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-parameters"],
    obligation: "where a configuration has no scope, an authorization server lists openid_credential in authorization_details_types_supported",
    doc: "Wallets of the authorization code flow ask by `scope` or by `authorization_details`. Without the first the second \
          has to be announced by one of the authorization servers. Offers with a pre-authorized code need neither, \
          so where no server lists another grant there is nothing to ask for.",
    judge: Judge::Transcript(configurations_can_be_asked_for),
};

fn configurations_can_be_asked_for(scene: &Scene<'_>) -> Finding {
    let Some(metadata) = scene.issuer_metadata() else {
        return Finding::Silent("no issuer metadata could be read");
    };
    let servers: Vec<AsMetadata<'_>> = scene
        .granted(Station::AsMetadata)
        .filter_map(|answered| answered.json.filter(|json| json.is_object()))
        .map(AsMetadata::new)
        .collect();
    if servers.is_empty() || servers.len() < metadata.authorization_servers().len() {
        return Finding::Silent("not all authorization servers are known");
    }
    let scopeless: Vec<&str> = metadata
        .configurations()
        .filter(|(_, configuration)| configuration.json().is_object())
        .filter(|(_, configuration)| configuration.json().get("scope").is_none())
        .map(|(id, _)| id)
        .collect();
    if scopeless.is_empty() || servers.iter().any(AsMetadata::takes_authorization_details) {
        return Finding::Holds;
    }
    let breach = Breach::new(
        "scope, or openid_credential in authorization_details_types_supported",
        format!("neither for {}", scopeless.join(", ")),
    );
    let has_others = servers.iter().any(AsMetadata::takes_authorization_requests);
    match has_others {
        true => Finding::Breaks(breach),
        false => Finding::Exempt("no server lists a grant in which credentials are asked for"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::issuer_metadata::examples::PID;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_as_metadata, honest_metadata,
        with, without,
    };

    #[test]
    fn there_is_some_way_to_ask() {
        let scope = format!("{PID}/scope");
        let scopeless = || Stage::new().issuer_metadata(without(honest_metadata(), &scope));
        let types = "/authorization_details_types_supported";
        let listed = with(honest_as_metadata(), types, json!(["openid_credential"]));
        assert_holds(&super::CHECK, &scopeless().as_metadata(listed));
        let unlisted = without(honest_as_metadata(), types);
        let codes_only = scopeless().as_metadata(unlisted.clone());
        assert_outcome(&super::CHECK, &codes_only, Outcome::NotApplicable);
        let grants = json!(["authorization_code"]);
        let code_flow = with(unlisted, "/grant_types_supported", grants);
        assert_breaks(&super::CHECK, &scopeless().as_metadata(code_flow), "neither for pid");
    }
}

//! A wallet that chooses by metadata finds only what is listed there.

use super::in_document;
use crate::checks::judge::worse;
use crate::checks::offer::where_some_offer;
use crate::checks::{Applies, Breach, Check, Finding, Judge, Level, Scene, shape};
use crate::protocol::{CredentialOffer, PRE_AUTHORIZED_CODE};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/lists-the-pre-authorized-grant",
    aliases: &[],
    since: "2026.1",
    title: "the pre-authorized grant is listed where it is offered",
    level: Level::Derived,
    raised_by: &[],
    applies: where_the_grant_is_offered,
    spec: &["rfc8414#section-2", "vci#credential-issuer-parameters"],
    obligation: "grant_types_supported lists the pre-authorized code where offers carry one",
    doc: "Without `grant_types_supported`, RFC 8414 takes `authorization_code` and `implicit` for granted; \
          the pre-authorized code is never implied. A wallet that has to choose among several servers, or \
          that checks before it asks, then finds no server for the offer.\n\n\
          List `urn:ietf:params:oauth:grant-type:pre-authorized_code`, in this spelling. With several \
          servers it is enough that one of those asked lists it.",
    judge: Judge::Transcript(lists_the_pre_authorized_grant),
};

fn lists_the_pre_authorized_grant(scene: &Scene<'_>) -> Finding {
    let mut findings = Vec::new();
    for answered in scene.answers(Station::AsMetadata) {
        findings.push(in_document(&answered, scene, |metadata| {
            if metadata.lists_grant(PRE_AUTHORIZED_CODE) {
                return Finding::Holds;
            }
            let found = match metadata.json().get("grant_types_supported") {
                None => "no grant_types_supported".to_owned(),
                value => match shape::strings(value) {
                    Ok(grants) => format!("only {}", grants.join(", ")),
                    Err(found) => found,
                },
            };
            let breach = Breach::new(PRE_AUTHORIZED_CODE, found);
            Finding::Breaks(breach.at([answered.exchange.number]))
        }));
    }
    if findings.contains(&Finding::Holds) {
        return Finding::Holds;
    }
    findings.into_iter().reduce(worse).unwrap_or(Finding::Silent("no metadata was asked for"))
}

fn where_the_grant_is_offered(scene: &Scene<'_>) -> Applies {
    where_some_offer(
        scene,
        |offer| CredentialOffer::new(offer).pre_authorized_grant().is_some(),
        "no offer has a pre-authorized grant",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{honest, metadata_with, metadata_without};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::protocol::PRE_AUTHORIZED_CODE;

    fn offered(stage: Stage) -> Stage {
        let offer = json!({ "grants": { PRE_AUTHORIZED_CODE: { "pre-authorized_code": "x" } } });
        stage.offer(offer, None)
    }

    #[test]
    fn a_listed_grant_holds_and_the_default_does_not() {
        let check = &super::CHECK;
        assert_holds(check, &offered(honest()));
        let none = offered(metadata_without("/grant_types_supported"));
        assert_breaks(check, &none, "no grant_types_supported");
        assert_outcome(check, &none, Outcome::Warn);
        let listing = |grants: Value| offered(metadata_with("/grant_types_supported", grants));
        assert_breaks(check, &listing(json!(["authorization_code"])), "only authorization");
        assert_breaks(check, &listing(json!("x")), "\"x\"");
    }

    #[test]
    fn other_grants_are_not_judged() {
        let offer = json!({ "grants": { "authorization_code": {} } });
        let stage = honest().offer(offer, None);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

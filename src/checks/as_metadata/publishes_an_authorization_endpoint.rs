//! Who has users decide says where.

use super::in_document;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/publishes-an-authorization-endpoint",
    aliases: &[],
    since: "2026.3",
    title: "the authorization endpoint is published",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc8414#section-2"],
    obligation: "an authorization server that lists the authorization code grant publishes authorization_endpoint",
    doc: "A server that lists `authorization_code` or `implicit` sends users to its authorization endpoint, and wallets learn \
          only from the metadata where that is. Servers for the pre-authorized code alone need none, and should not \
          list the grant.",
    judge: Judge::Answers(Station::AsMetadata, publishes_an_authorization_endpoint),
};

fn publishes_an_authorization_endpoint(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        if !metadata.takes_authorization_requests() {
            return Finding::Exempt("no grant that is listed needs it");
        }
        let endpoint = metadata.json().get("authorization_endpoint");
        Finding::expect(
            endpoint.is_some_and(serde_json::Value::is_string),
            "a URL as authorization_endpoint",
            shape::describe(endpoint),
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome, honest_as_metadata, with};

    #[test]
    fn it_is_there_where_it_is_needed() {
        let code_flow =
            with(honest_as_metadata(), "/grant_types_supported", json!(["authorization_code"]));
        let lacking = Stage::new().as_metadata(code_flow.clone());
        assert_outcome(&super::CHECK, &lacking, Outcome::Fail);
        let complete = with(code_flow, "/authorization_endpoint", json!("https://h/authorize"));
        assert_holds(&super::CHECK, &Stage::new().as_metadata(complete));
        let plain = Stage::new().as_metadata(honest_as_metadata());
        assert_outcome(&super::CHECK, &plain, Outcome::NotApplicable);
    }
}

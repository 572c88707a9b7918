//! Who answers at the authorization endpoint says with what.

use super::in_document;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/states-its-response-types",
    aliases: &[],
    since: "2026.3",
    title: "response types are stated",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc8414#section-2", "vci#credential-issuer-parameters"],
    obligation: "an authorization server that does more than pre-authorized codes publishes response_types_supported",
    doc: "RFC 8414 requires the member of every server; OpenID4VCI leaves it out only where the pre-authorized code is all \
          that is supported. With the authorization code flow it is at least `code`.",
    judge: Judge::Answers(Station::AsMetadata, states_its_response_types),
};

fn states_its_response_types(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        if !metadata.takes_authorization_requests() {
            return Finding::Exempt("no grant that is listed needs it");
        }
        let types = metadata.json().get("response_types_supported");
        let is_filled =
            types.and_then(serde_json::Value::as_array).is_some_and(|types| !types.is_empty());
        Finding::expect(is_filled, "a list as response_types_supported", shape::describe(types))
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
        let complete = with(code_flow, "/response_types_supported", json!(["code"]));
        assert_holds(&super::CHECK, &Stage::new().as_metadata(complete));
        let plain = Stage::new().as_metadata(honest_as_metadata());
        assert_outcome(&super::CHECK, &plain, Outcome::NotApplicable);
    }
}

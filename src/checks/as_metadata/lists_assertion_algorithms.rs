//! A client learns beforehand how to sign its assertions.

use super::in_document;
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene, shape};
use crate::protocol::AsMetadata;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/lists-assertion-algorithms",
    aliases: &[],
    since: "2026.3",
    title: "algorithms of client assertions are listed",
    level: Level::Must,
    raised_by: &[],
    applies: where_assertions_are_taken,
    spec: &["rfc8414#section-2"],
    obligation: "where private_key_jwt is listed, token_endpoint_auth_signing_alg_values_supported lists algorithms, and none is not among them",
    doc: "RFC 8414 makes the list compulsory beside `private_key_jwt` and \
          `client_secret_jwt`. Servers that have a default leave it out, and clients \
          try.\n\n\
          Publish the algorithms that the verifier of assertions is configured with, \
          for example `ES256`.",
    judge: Judge::Answers(Station::AsMetadata, lists_assertion_algorithms),
};

const LIST: &str = "token_endpoint_auth_signing_alg_values_supported";

fn lists_assertion_algorithms(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        if !takes_assertions(metadata) {
            return Finding::Silent("clients sign no assertions");
        }
        let expected = format!("algorithms in {LIST}, none not among them");
        match shape::strings(metadata.json().get(LIST)) {
            Ok(listed) if !listed.contains(&"none") => Finding::Holds,
            Ok(_) => Finding::breaks(expected, "\"none\""),
            Err(found) => Finding::breaks(expected, found),
        }
    })
}

fn takes_assertions(metadata: AsMetadata<'_>) -> bool {
    ["private_key_jwt", "client_secret_jwt"]
        .iter()
        .any(|method| metadata.lists_authentication(method))
}

fn where_assertions_are_taken(scene: &Scene<'_>) -> Applies {
    Applies::when(
        scene.as_metadata().is_none_or(takes_assertions),
        "private_key_jwt is not in token_endpoint_auth_methods_supported",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::honest;
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_as_metadata,
    };

    fn stage(list: Value) -> Stage {
        let mut metadata = honest_as_metadata();
        metadata["token_endpoint_auth_methods_supported"] = json!(["private_key_jwt"]);
        metadata[super::LIST] = list;
        Stage::new().as_metadata(metadata)
    }

    #[test]
    fn the_list_is_needed() {
        assert_holds(&super::CHECK, &stage(json!(["ES256"])));
        assert_breaks(&super::CHECK, &stage(Value::Null), "null");
        assert_breaks(&super::CHECK, &stage(json!(["ES256", "none"])), "none");
        assert_outcome(&super::CHECK, &honest(), Outcome::NotApplicable);
    }
}

//! A wallet learns beforehand which signatures are understood.

use super::in_document;
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene, shape};
use crate::protocol::{ATTEST_JWT_CLIENT_AUTH, AsMetadata};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/lists-attestation-algorithms",
    aliases: &[],
    since: "2026.3",
    title: "algorithms of client attestations are listed",
    level: Level::Must,
    raised_by: &[],
    applies: where_clients_are_attested,
    spec: &["abca#section-10.1"],
    obligation: "where attest_jwt_client_auth is listed, client_attestation_signing_alg_values_supported and client_attestation_pop_signing_alg_values_supported list asymmetric algorithms",
    doc: "Attestations are made by somebody else and cannot be made again in another \
          algorithm at the last moment, so the wallet has to know. The two lists came \
          late to the draft; servers that were built before have neither.\n\n\
          Publish both, with the algorithms that the verifier is configured with.",
    judge: Judge::Answers(Station::AsMetadata, lists_attestation_algorithms),
};

const LISTS: [&str; 2] = [
    "client_attestation_signing_alg_values_supported",
    "client_attestation_pop_signing_alg_values_supported",
];

fn lists_attestation_algorithms(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        if !metadata.lists_authentication(ATTEST_JWT_CLIENT_AUTH) {
            return Finding::Silent("attest_jwt_client_auth is not listed");
        }
        for name in LISTS {
            let expected = format!("asymmetric algorithms in {name}");
            match shape::strings(metadata.json().get(name)) {
                Err(found) => return Finding::breaks(expected, found),
                Ok(listed) => {
                    if let Some(unfit) = listed.iter().find(|one| is_unfit(one)) {
                        return Finding::breaks(expected, shape::quote(unfit));
                    }
                }
            }
        }
        Finding::Holds
    })
}

fn is_unfit(algorithm: &str) -> bool {
    algorithm == "none" || algorithm.starts_with("HS")
}

fn where_clients_are_attested(scene: &Scene<'_>) -> Applies {
    let lists = |metadata: AsMetadata<'_>| metadata.lists_authentication(ATTEST_JWT_CLIENT_AUTH);
    Applies::when(
        scene.as_metadata().is_none_or(lists),
        "attest_jwt_client_auth is not in token_endpoint_auth_methods_supported",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn stage(first: Value, second: Value) -> Stage {
        let mut metadata = crate::checks::staging::honest_as_metadata();
        metadata["token_endpoint_auth_methods_supported"] = json!(["attest_jwt_client_auth"]);
        metadata[super::LISTS[0]] = first;
        metadata[super::LISTS[1]] = second;
        Stage::new().as_metadata(metadata)
    }

    #[test]
    fn both_lists_are_needed() {
        let good = || json!(["ES256"]);
        assert_holds(&super::CHECK, &stage(good(), good()));
        assert_breaks(&super::CHECK, &stage(Value::Null, good()), "null");
        assert_breaks(&super::CHECK, &stage(good(), json!([])), "an empty array");
        assert_breaks(&super::CHECK, &stage(good(), json!(["ES256", "none"])), "none");
        assert_outcome(&super::CHECK, &honest(), Outcome::NotApplicable);
        let others = metadata_with("/token_endpoint_auth_methods_supported", json!(["none"]));
        assert_outcome(&super::CHECK, &others, Outcome::NotApplicable);
    }
}

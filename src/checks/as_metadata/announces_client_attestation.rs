//! Wallets attest themselves where it is announced.

use super::in_document;
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene, shape};
use crate::protocol::{ATTEST_JWT_CLIENT_AUTH, AsMetadata};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/announces-client-attestation",
    aliases: &[],
    since: "2026.3",
    title: "client attestation is announced",
    level: Level::Should,
    raised_by: &[],
    applies: where_algorithms_are_listed,
    spec: &["abca#section-10.1", "rfc8414#section-2"],
    obligation: "a server that lists algorithms for client attestations has attest_jwt_client_auth in token_endpoint_auth_methods_supported",
    doc: "Wallets decide by `token_endpoint_auth_methods_supported` whether to bring \
          an attestation; the other members only say how. Without the method they come \
          without, and are refused or taken for public clients.\n\n\
          List `attest_jwt_client_auth`, and `none` besides only if clients without \
          attestation are served.",
    judge: Judge::Answers(Station::AsMetadata, announces_client_attestation),
};

fn announces_client_attestation(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        if !lists_algorithms(metadata) {
            return Finding::Silent("no algorithms for client attestations are listed");
        }
        Finding::expect(
            metadata.lists_authentication(ATTEST_JWT_CLIENT_AUTH),
            "attest_jwt_client_auth in token_endpoint_auth_methods_supported",
            shape::describe(metadata.json().get("token_endpoint_auth_methods_supported")),
        )
    })
}

fn lists_algorithms(metadata: AsMetadata<'_>) -> bool {
    ["client_attestation_signing", "client_attestation_pop_signing"]
        .iter()
        .any(|name| metadata.json().get(format!("{name}_alg_values_supported")).is_some())
}

fn where_algorithms_are_listed(scene: &Scene<'_>) -> Applies {
    Applies::when(
        scene.as_metadata().is_none_or(lists_algorithms),
        "no algorithms for client attestations are listed",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome, honest_as_metadata};

    #[test]
    fn algorithms_without_the_method_warn() {
        let list = "client_attestation_signing_alg_values_supported";
        let mut metadata = honest_as_metadata();
        metadata[list] = json!(["ES256"]);
        metadata["token_endpoint_auth_methods_supported"] = json!(["attest_jwt_client_auth"]);
        assert_holds(&super::CHECK, &Stage::new().as_metadata(metadata));
        let without = metadata_with(&format!("/{list}"), json!(["ES256"]));
        assert_outcome(&super::CHECK, &without, Outcome::Warn);
        assert_outcome(&super::CHECK, &honest(), Outcome::NotApplicable);
    }
}

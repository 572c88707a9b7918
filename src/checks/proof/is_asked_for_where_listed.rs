//! A credential that is bound to no key needs no proof of one.

use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Requested, Scene, requested};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "proof/is-asked-for-where-listed",
    aliases: &[],
    since: "2026.3",
    title: "where no proof types are listed, a request without proof succeeds",
    level: Level::Must,
    raised_by: &[],
    applies: where_no_proof_types_are_listed,
    spec: &["vci#credential-request", "vci#credential-issuer-parameters"],
    obligation: "a credential request without proofs is granted where the configuration has no proof_types_supported",
    doc: "Without `proof_types_supported` a wallet does not have to supply proofs, and most supply none, for they would not know \
          of which type and by which algorithm. Issuers that check proofs before they look at the configuration \
          answer `invalid_proof`, and the credential cannot be had.\n\n\
          List the proof types with their algorithms, and the binding methods beside them, or issue without a proof.",
    judge: Judge::Answers(Station::Credential, is_asked_for_where_listed),
};

fn is_asked_for_where_listed(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let requested = Requested::read(answered.exchange, scene);
    let is_bare = requested.is_some_and(|requested| {
        let has_proofs = !requested.proofs.is_empty() || !requested.attestations.is_empty();
        !has_proofs && requested.configuration(scene).is_some_and(|one| !one.asks_for_proofs())
    });
    if !is_bare {
        return Finding::Silent("the request is not for a credential without proofs");
    }
    if answered.answer.is_success() && answered.grants_something() {
        return Finding::Holds;
    }
    match answered.error_code().as_deref() {
        Some("invalid_proof" | "invalid_nonce") => {
            Finding::breaks("a credential without a proof", answered.summary())
        }
        _ => Finding::Silent("the request was refused for something else"),
    }
}

/// Concerns issuers of configurations without proof types: those that the scenario's credential
/// requests name, or any where none can be made out.
fn where_no_proof_types_are_listed(scene: &Scene<'_>) -> Applies {
    let Some(metadata) = scene.issuer_metadata() else { return Applies::Yes };
    let requested: Vec<bool> = requested::requests(scene)
        .filter_map(|request| Some(request.configuration(scene)?.asks_for_proofs()))
        .collect();
    let lacks = match requested.is_empty() {
        true => metadata.configurations().any(|(_, one)| !one.asks_for_proofs()),
        false => requested.contains(&false),
    };
    Applies::when(lacks, "every configuration that was requested lists proof types")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata, without,
    };
    use crate::transcript::Station;

    fn asked(metadata: Value, status: u16, answer: Value) -> Stage {
        let stage = Stage::new().issuer_metadata(metadata);
        stage.answer_json(Station::Credential, status, answer).sent(
            "POST",
            "https://issuer.example/credential",
            &[],
            r#"{"credential_configuration_id":"pid"}"#,
        )
    }

    fn unbound() -> Value {
        without(honest_metadata(), "/credential_configurations_supported/pid/proof_types_supported")
    }

    #[test]
    fn a_credential_holds_and_a_call_for_a_proof_fails() {
        let granted = json!({ "credentials": [{ "credential": "a~" }] });
        assert_holds(&super::CHECK, &asked(unbound(), 200, granted));
        let refused = asked(unbound(), 400, json!({ "error": "invalid_proof" }));
        assert_breaks(&super::CHECK, &refused, "invalid_proof");
        assert_outcome(&super::CHECK, &refused, Outcome::Fail);
    }

    #[test]
    fn other_refusals_and_other_configurations_show_nothing() {
        let denied = asked(unbound(), 400, json!({ "error": "credential_request_denied" }));
        assert_outcome(&super::CHECK, &denied, Outcome::NotTestable);
        let bound = asked(honest_metadata(), 400, json!({ "error": "invalid_proof" }));
        assert_outcome(&super::CHECK, &bound, Outcome::NotApplicable);
    }
}

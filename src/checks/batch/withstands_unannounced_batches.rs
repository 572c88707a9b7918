//! Who announces no batches is asked for one all the same, some day.

use super::refused_or;
use crate::checks::{Applies, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::CredentialResponse;

pub static CHECK: Check = Check {
    id: "batch/withstands-unannounced-batches",
    aliases: &[],
    since: "2026.3",
    title: "two proofs to an issuer without batches do no harm",
    level: Level::Derived,
    raised_by: &[],
    applies: where_none_are_announced,
    spec: &["vci#credential-issuer-parameters", "vci#credential-request-errors"],
    obligation: "an issuer without batch_credential_issuance refuses a request with two proofs with 400 invalid_proof or invalid_credential_request, or issues one credential",
    doc: "Without `batch_credential_issuance` wallets send one proof. An issuer that loops over whatever comes issues batches \
          that it never meant to, to whoever asks; one that expects a list of one breaks over a list of two.\n\n\
          Refuse the request, or take the first proof. If batches are meant, announce their size.",
    judge: Judge::Transcript(withstands_unannounced_batches),
};

const TAMPER: &str = "batch-unannounced";

fn withstands_unannounced_batches(scene: &Scene<'_>) -> Finding {
    refused_or(scene, TAMPER, |answered| {
        let issued =
            answered.json.map_or(0, |json| CredentialResponse::new(json).credentials().len());
        match issued {
            0 => Finding::Silent("the answer has no credentials to count"),
            1 => Finding::HoldsAsFar("not refused, but only one credential was issued".to_owned()),
            _ => Finding::breaks("a refusal, or one credential", format!("{issued} credentials")),
        }
    })
}

fn where_none_are_announced(scene: &Scene<'_>) -> Applies {
    match applicability::batch(scene) {
        Applies::Yes if scene.issuer_metadata().is_some() => {
            Applies::No("batch_credential_issuance is advertised".to_owned())
        }
        _ => applicability::key_proofs(scene),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, proof, respond};
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata, without,
    };
    use crate::transcript::Station;

    fn answered(metadata: Value, status: u16, answer: Value) -> Stage {
        let body = json!({
            "credential_configuration_id": "pid",
            "proofs": { "jwt": [proof(1), proof(2)] }
        });
        let stage = Stage::new()
            .issuer_metadata(metadata)
            .tampered(super::TAMPER, Station::Credential, status, answer)
            .sent("POST", "https://issuer.example/credential", &[], &body.to_string());
        respond(stage, &[Paper::honest(1).text()], 1)
    }

    fn single() -> Value {
        without(honest_metadata(), "/batch_credential_issuance")
    }

    #[test]
    fn a_refusal_holds_and_so_does_one_credential() {
        let refused = |code| json!({ "error": code });
        assert_holds(&super::CHECK, &answered(single(), 400, refused("invalid_proof")));
        let one = json!({ "credentials": [{ "credential": "a~" }] });
        assert_holds(&super::CHECK, &answered(single(), 200, one));
        let odd = answered(single(), 400, refused("oops"));
        assert_outcome(&super::CHECK, &odd, Outcome::Warn);
    }

    #[test]
    fn two_credentials_and_a_crash_warn() {
        let two = json!({ "credentials": [{ "credential": "a~" }, { "credential": "b~" }] });
        assert_breaks(&super::CHECK, &answered(single(), 200, two), "2 credentials");
        assert_breaks(&super::CHECK, &answered(single(), 500, json!({})), "server error");
    }

    #[test]
    fn who_announces_batches_is_not_concerned() {
        let stage = answered(honest_metadata(), 500, json!({}));
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

//! A batch of one is no batch.

use serde_json::Value;

use super::in_document;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::protocol::Feature;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/batch-size-is-at-least-two",
    aliases: &[],
    since: "2026.1",
    title: "an announced batch size is at least two",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::batch,
    spec: &["vci#credential-issuer-parameters"],
    obligation: "batch_credential_issuance has the integer batch_size of at least 2",
    doc: "The presence of `batch_credential_issuance` says that several proofs are accepted in one request, \
          and `batch_size` says how many at most. A size of 1 contradicts the presence; a size in quotation \
          marks makes typed wallets drop the document.\n\n\
          Leave `batch_credential_issuance` out when only one proof is accepted.",
    judge: Judge::Answers(Station::IssuerMetadata, batch_size_is_at_least_two),
};

fn batch_size_is_at_least_two(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let Some(batch) = metadata.json().get("batch_credential_issuance") else {
            return Finding::Silent(Feature::Batch.absence());
        };
        if !batch.is_object() {
            return Finding::breaks("an object with batch_size", shape::describe(Some(batch)));
        }
        let size: Option<&Value> = batch.get("batch_size");
        Finding::expect(
            size.and_then(shape::integer).is_some_and(|size| size >= 2),
            "batch_size, an integer of at least 2",
            format!("batch_size is {}", shape::describe(size)),
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{honest, metadata_with, metadata_without};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn two_and_more_hold() {
        let stage = |value| metadata_with("/batch_credential_issuance", value);
        assert_holds(&super::CHECK, &honest());
        assert_holds(&super::CHECK, &stage(json!({ "batch_size": 2 })));
        for (value, says) in [
            (json!({ "batch_size": 1 }), "batch_size is 1"),
            (json!({ "batch_size": "10" }), "batch_size is \"10\""),
            (json!({}), "batch_size is nothing"),
            (json!(10), "10"),
        ] {
            assert_breaks(&super::CHECK, &stage(value), says);
        }
    }

    #[test]
    fn batches_are_optional() {
        let stage = metadata_without("/batch_credential_issuance");
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

//! A promise is kept somewhere, and the wallet has to know where.

use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/publishes-its-endpoint",
    aliases: &[],
    since: "2026.3",
    title: "an issuer that defers says where to ask again",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::deferral,
    spec: &["vci#credential-issuer-parameters", "vci#credential-response"],
    obligation: "an issuer that puts credentials off has a deferred_credential_endpoint in its metadata",
    doc: "A `transaction_id` without `deferred_credential_endpoint` in the metadata is a \
          credential that nobody can fetch. It comes of a feature switch that turns deferral on \
          in one service and not in the one that writes the metadata.\n\n\
          Write the endpoint into the metadata wherever deferral can occur.",
    judge: Judge::Transcript(publishes_its_endpoint),
};

fn publishes_its_endpoint(scene: &Scene<'_>) -> Finding {
    if scene.granted(Station::Credential).all(|answered| answered.puts_off().is_none()) {
        return Finding::Silent("nothing was put off");
    }
    let Some(metadata) = scene.issuer_metadata() else {
        return Finding::Silent("the metadata are not known");
    };
    Finding::expect(
        metadata.deferred_credential_endpoint().is_some(),
        "deferred_credential_endpoint in the metadata",
        "a transaction_id, and no deferred_credential_endpoint",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata, with,
    };
    use crate::transcript::Station;

    #[test]
    fn who_puts_off_has_an_endpoint() {
        let put_off = |stage: Stage| {
            let body = json!({"transaction_id": "t", "interval": 5});
            stage.answer_json(Station::Credential, 202, body)
        };
        let bare = Stage::new().issuer_metadata(honest_metadata());
        let at_once =
            bare.clone().answer_json(Station::Credential, 200, json!({"credentials": []}));
        assert_outcome(&super::CHECK, &at_once, Outcome::NotApplicable);
        assert_breaks(&super::CHECK, &put_off(bare), "no deferred");
        let url = json!("https://issuer.example/deferred");
        let metadata = with(honest_metadata(), "/deferred_credential_endpoint", url);
        assert_holds(&super::CHECK, &put_off(Stage::new().issuer_metadata(metadata)));
    }
}

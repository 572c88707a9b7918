//! An id to notify by is good for nothing without a place.

use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/publishes-its-endpoint",
    aliases: &[],
    since: "2026.3",
    title: "who gives a notification_id says where to notify",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-parameters"],
    obligation: "an issuer that gives a notification_id has a notification_endpoint in its metadata",
    doc: "The `notification_id` is there to be sent back. Without `notification_endpoint` in the \
          metadata no wallet can, and the issuer waits for events that never come.\n\n\
          Write the endpoint into the metadata, or leave the id out.",
    judge: Judge::Transcript(publishes_its_endpoint),
};

fn publishes_its_endpoint(scene: &Scene<'_>) -> Finding {
    let mut answers = scene.granted(Station::Credential).chain(scene.granted(Station::Deferred));
    if !answers.any(|answered| answered.member("notification_id").is_some_and(|id| !id.is_null())) {
        return Finding::Exempt("no notification_id was given");
    }
    let Some(metadata) = scene.issuer_metadata() else {
        return Finding::Silent("the metadata are not known");
    };
    Finding::expect(
        metadata.notification_endpoint().is_some(),
        "notification_endpoint in the metadata",
        "a notification_id, and no notification_endpoint",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome, honest_metadata, with};
    use crate::transcript::Station;

    #[test]
    fn an_id_goes_with_an_endpoint() {
        let given = |stage: Stage| {
            let body = json!({"credentials": [], "notification_id": "n"});
            stage.answer_json(Station::Credential, 200, body)
        };
        let bare = Stage::new().issuer_metadata(honest_metadata());
        assert_outcome(&super::CHECK, &bare, Outcome::NotApplicable);
        assert_outcome(&super::CHECK, &given(bare), Outcome::Warn);
        let url = json!("https://issuer.example/notify");
        let metadata = with(honest_metadata(), "/notification_endpoint", url);
        assert_holds(&super::CHECK, &given(Stage::new().issuer_metadata(metadata)));
    }
}

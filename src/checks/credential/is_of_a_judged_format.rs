//! A credential that nobody opened is told, and never passed over in silence.

use serde_json::Value;

use crate::checks::{
    Answered, Check, Finding, Judge, Level, Opened, Requested, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/is-of-a-judged-format",
    aliases: &[],
    since: "2026.3",
    title: "the credential is of a format that is opened and judged",
    level: Level::Note,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#format-profiles"],
    obligation: "each issued credential is of a format that is opened here, so that its signature and claims are judged",
    doc: "This says nothing against the issuer. OpenID4VCI lets anybody define a format, and of those that it \
          defines itself `ldp_vc` is not opened here: its signature needs JSON-LD canonicalization. What was \
          issued in such a format was received, and neither its signature nor its claims nor its key were \
          looked at, so a green report must not be read as if they were.\n\n\
          Offer a configuration of another format as well to have more judged.",
    judge: Judge::Answers(Station::Credential, is_of_a_judged_format),
};

fn is_of_a_judged_format(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(issued) = scene.issued_by(answered) else {
        return Finding::Silent("nothing was issued");
    };
    let requested = Requested::read(answered.exchange, scene);
    let format = requested.as_ref().and_then(|one| one.configuration(scene)?.format());
    let format = format.map_or_else(|| "no known format".to_owned(), |it| format!("format {it}"));
    let expected = "a credential whose signature and claims are judged";
    let is_closed = |opened: &Opened| matches!(opened, Opened::Other);
    let closed = issued.credentials.iter().filter(|one| is_closed(&one.opened)).count();
    let objects = objects(answered.json);
    match (closed + objects, issued.credentials.len() + objects) {
        (_, 0) => Finding::Silent("no credential was issued"),
        (0, _) => Finding::Holds,
        (closed, all) => {
            Finding::breaks(expected, format!("{closed} of {all} of {format}, not judged"))
        }
    }
}

/// How many credentials are JSON objects, which no format is that is opened here.
fn objects(json: Option<&Value>) -> usize {
    let credentials = json.and_then(|json| json.get("credentials")?.as_array());
    let mut objects = 0;
    for entry in credentials.into_iter().flatten() {
        objects += usize::from(entry.get("credential").is_some_and(Value::is_object));
    }
    objects
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued, respond};
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata, with,
    };
    use crate::transcript::Station;
    use serde_json::json;

    fn of_format(format: &str) -> Stage {
        let pointer = "/credential_configurations_supported/pid/format";
        Stage::new().issuer_metadata(with(honest_metadata(), pointer, json!(format)))
    }

    #[test]
    fn what_was_opened_holds_and_what_was_not_is_noted() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1)]));
        let other = respond(of_format("example+jwt"), &["e30.e30.AA".to_owned()], 1);
        assert_breaks(&super::CHECK, &other, "1 of 1 of format example+jwt, not judged");
        assert_outcome(&super::CHECK, &other, Outcome::Note);
    }

    #[test]
    fn linked_data_is_an_object_and_not_opened() {
        let answer = json!({"credentials": [{"credential": {"proof": {}}}]});
        let request = r#"{"credential_configuration_id":"pid"}"#;
        let stage = of_format("ldp_vc").answer_json(Station::Credential, 200, answer).sent(
            "POST",
            "https://issuer.example/credential",
            &[],
            request,
        );
        assert_breaks(&super::CHECK, &stage, "format ldp_vc, not judged");
    }
}

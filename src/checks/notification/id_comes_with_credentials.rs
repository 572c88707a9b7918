//! What is notified of has to be there, and be one thing.

use std::collections::HashMap;

use serde_json::Value;

use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "notification/id-comes-with-credentials",
    aliases: &[],
    since: "2026.3",
    title: "a notification_id comes with credentials, one for each answer",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-response", "vci#notification-endpoint"],
    obligation: "a notification_id is text, stands beside credentials and not in one of them, and is another one in each response",
    doc: "A `notification_id` in an answer that puts a credential off names something that does \
          not exist yet. One that is the same for two answers makes it impossible to say which \
          of the credentials failed; issuers use the id of the session or of the person for it. \
          One in each credential of a batch is none that a wallet looks for.\n\n\
          Draw it when the credentials are made. That it stays out of the first answer that puts \
          off is told by `credential/excludes-deferral-members`.",
    judge: Judge::Transcript(id_comes_with_credentials),
};

fn id_comes_with_credentials(scene: &Scene<'_>) -> Finding {
    let mut finding = Finding::Exempt("no notification_id was given");
    let mut seen = HashMap::new();
    let answers = scene.granted(Station::Credential).chain(scene.granted(Station::Deferred));
    for answered in answers {
        if is_in_each_credential(&answered) {
            let breach = Breach::new("one notification_id for each answer", "one in a credential");
            return Finding::Breaks(breach.at([answered.exchange.number]));
        }
        let Some(id) = answered.member("notification_id").filter(|id| !id.is_null()) else {
            continue;
        };
        let at = |breach: Breach| breach.at([answered.exchange.number]);
        if is_put_off_again(&answered) {
            let breach = Breach::new("notification_id only beside credentials", "none are there");
            return Finding::Breaks(at(breach));
        }
        let Some(id) = id.as_str().filter(|id| !id.is_empty()) else {
            let breach = Breach::new("a notification_id that is text", format!("it is {id}"));
            return Finding::Breaks(at(breach));
        };
        let credentials = answered.member("credentials");
        finding = match seen.insert(id, credentials) {
            None => Finding::Holds,
            Some(earlier) if earlier == credentials => Finding::Holds,
            Some(_) => {
                let breach = Breach::new("one notification_id for each answer", "one for two");
                return Finding::Warns(at(breach), "what was issued together may be taken for one");
            }
        };
    }
    finding
}

/// Whether a credential has one of its own, where only the answer as a whole can have one.
fn is_in_each_credential(answered: &Answered<'_>) -> bool {
    let credentials = answered.member("credentials").and_then(Value::as_array);
    credentials.into_iter().flatten().any(|one| one.get("notification_id").is_some())
}

/// Whether a later answer has no credentials either; of the first another check tells.
fn is_put_off_again(answered: &Answered<'_>) -> bool {
    answered.exchange.station == Station::Deferred && !answered.issues()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(bodies: &[(Station, Value)]) -> Stage {
        bodies.iter().fold(Stage::new(), |stage, (station, body)| {
            stage.answer_json(*station, 200, body.clone())
        })
    }

    #[test]
    fn one_id_for_each_answer_holds() {
        let issued = |id: Value| json!({"credentials": [], "notification_id": id});
        let one = (Station::Credential, issued(json!("a")));
        assert_holds(
            &super::CHECK,
            &stage(&[one.clone(), (Station::Deferred, issued(json!("b")))]),
        );
        assert_holds(&super::CHECK, &stage(&[one.clone(), one.clone()]));
        let other = json!({"credentials": [{"credential": "c"}], "notification_id": "a"});
        let two = [one, (Station::Credential, other)];
        assert_outcome(&super::CHECK, &stage(&two), Outcome::Warn);
        let inside = json!({"credentials": [{"credential": "c", "notification_id": "a"}]});
        assert_breaks(&super::CHECK, &stage(&[(Station::Credential, inside)]), "in a credential");
        let number = (Station::Credential, issued(json!(7)));
        assert_breaks(&super::CHECK, &stage(&[number]), "it is 7");
        let pending = json!({"transaction_id": "t", "interval": 5, "notification_id": "n"});
        assert_breaks(&super::CHECK, &stage(&[(Station::Deferred, pending)]), "none are there");
    }
}

//! An answer either issues now or promises for later, never both.

use serde_json::Value;

use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/excludes-deferral-members",
    aliases: &[],
    since: "2026.1",
    title: "credentials and the members of deferral exclude each other",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-response"],
    obligation: "a credential response has credentials or transaction_id and not both, interval only with transaction_id, and notification_id only with credentials",
    doc: "A response type that serves both ways of issuance and serialises its unused members \
          (`\"transaction_id\": null`, `\"interval\": 5`) leaves the wallet to guess whether the \
          credential is there or still to come.\n\n\
          Give each way a type of its own, or leave unset members out when serialising. `interval` \
          belongs to `transaction_id`, `notification_id` to `credentials`.",
    judge: Judge::Answers(Station::Credential, excludes_deferral_members),
};

/// Why a member that does not belong there only warns.
const NULL: &str = "a member that is null can be read as absent";

fn excludes_deferral_members(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    if !answered.answer.is_success() || !answered.json.is_some_and(|json| json.is_object()) {
        return Finding::Silent("no JSON object was given");
    }
    let has = |name: &str| answered.present(name).is_some();
    let issued = has("credentials");
    for name in ["transaction_id", "interval"] {
        let Some(value) = answered.member(name).filter(|_| issued) else {
            continue;
        };
        let expected = format!("no {name} beside credentials");
        let breach = Breach::new(expected, format!("credentials and {name} {value}"));
        return match value {
            Value::Null => Finding::Warns(breach, NULL),
            _ => Finding::Breaks(breach),
        };
    }
    let is_null = |name: &&&str| answered.member(name).is_some_and(Value::is_null);
    let nulls = ["credentials", "notification_id"];
    if let Some(name) = nulls.iter().find(is_null).filter(|_| has("transaction_id")) {
        let breach =
            Breach::new(format!("no {name} beside transaction_id"), format!("{name} null"));
        return Finding::Warns(breach, NULL);
    }
    Finding::expect(
        issued || !has("notification_id"),
        "notification_id only beside credentials",
        "notification_id without credentials",
    )
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;
    use serde_json::{Value, json};

    fn stage(body: Value) -> Stage {
        Stage::new().answer_json(Station::Credential, 200, body)
    }

    #[test]
    fn one_way_or_the_other_holds() {
        for body in [
            json!({"credentials": [], "notification_id": "n", "zzz": 1}),
            json!({"transaction_id": "t", "interval": 5}),
        ] {
            assert_holds(&super::CHECK, &stage(body));
        }
    }

    #[test]
    fn what_is_null_warns_on_either_side() {
        for body in [
            json!({"credentials": [], "transaction_id": null}),
            json!({"credentials": null, "transaction_id": "t", "interval": 5}),
            json!({"transaction_id": "t", "interval": 5, "notification_id": null}),
        ] {
            assert_outcome(&super::CHECK, &stage(body), Outcome::Warn);
        }
    }

    #[test]
    fn both_ways_break() {
        let cases = [
            (json!({"credentials": [], "transaction_id": "t"}), "transaction_id"),
            (json!({"credentials": [], "interval": 5}), "interval"),
            (
                json!({"transaction_id": "t", "interval": 5, "notification_id": "n"}),
                "notification_id without",
            ),
        ];
        for (body, says) in cases {
            assert_breaks(&super::CHECK, &stage(body), says);
        }
    }
}

//! Where a token response describes what it authorizes, the wallet must ask in those terms.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::checks::{Answered, Applies, Breach, Check, Finding, Judge, Level, Scene, shape};
use crate::protocol::CredentialOffer;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/names-credential-identifiers",
    aliases: &[],
    since: "2026.1",
    title: "returned authorization details list credential_identifiers",
    level: Level::Must,
    raised_by: &[],
    applies: returns_details,
    spec: &["vci#token-response", "vci#authorization-details"],
    obligation: "each openid_credential object in authorization_details names its configuration and lists distinct credential_identifiers",
    doc: "An authorization server may return `authorization_details` only with \
          `credential_identifiers` inside: from then on the wallet has to send a \
          `credential_identifier`, and has none if they are missing. Generic RAR support (RFC \
          9396) echoes the object of the request and knows nothing of them. Add at least one \
          string per configuration, each for one dataset, or leave the member out of the answer.",
    judge: Judge::Answers(Station::Token, names_credential_identifiers),
};

fn returns_details(scene: &Scene<'_>) -> Applies {
    let mut granted = scene.granted(Station::Token).peekable();
    let unknown = granted.peek().is_none();
    Applies::when(
        unknown || granted.any(|answered| answered.member("authorization_details").is_some()),
        "no token response carries authorization_details",
    )
}

fn names_credential_identifiers(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(details) = answered.member("authorization_details") else {
        return Finding::Silent("no authorization_details were returned");
    };
    let Some(details) = details.as_array().filter(|details| !details.is_empty()) else {
        return Finding::breaks(
            "authorization_details as a non-empty array",
            shape::describe(Some(details)),
        );
    };
    let credentials: Vec<&Value> = details
        .iter()
        .filter(|detail| detail.get("type").is_some_and(|kind| kind == "openid_credential"))
        .collect();
    if let Some(nameless) =
        details.iter().find(|detail| detail.get("type").and_then(Value::as_str).is_none())
    {
        return Finding::breaks(
            "an object with type",
            format!("{} without it", shape::describe(Some(nameless))),
        );
    }
    if credentials.is_empty() {
        return Finding::Exempt("no detail is of the type openid_credential");
    }
    for detail in &credentials {
        if let Some(breach) = misses_identifiers(detail) {
            return Finding::Breaks(breach);
        }
    }
    beyond_the_offer(&credentials, answered, scene).unwrap_or(Finding::Holds)
}

fn misses_identifiers(detail: &Value) -> Option<Breach> {
    if detail.get("credential_configuration_id").and_then(Value::as_str).is_none() {
        let actual = format!("{} without it", shape::describe(Some(detail)));
        return Some(Breach::new("the string credential_configuration_id", actual));
    }
    let identifiers = detail.get("credential_identifiers");
    let distinct = identifiers.and_then(Value::as_array).and_then(|array| {
        let texts: Option<Vec<&str>> = array.iter().map(Value::as_str).collect();
        let texts = texts?;
        let distinct: BTreeSet<&str> = texts.iter().copied().collect();
        (!texts.is_empty() && distinct.len() == texts.len()).then_some(())
    });
    let found = || match identifiers {
        Some(identifiers) => {
            format!("credential_identifiers is {}", shape::describe(Some(identifiers)))
        }
        None => "no credential_identifiers".to_owned(),
    };
    match distinct {
        Some(()) => None,
        None => Some(Breach::new(
            "credential_identifiers as a non-empty array of distinct strings",
            found(),
        )),
    }
}

/// A warning, if a detail is of a configuration that was not in the offer: the text recommends
/// to keep to the offer (OpenID4VCI 6.1).
fn beyond_the_offer(
    credentials: &[&Value],
    answered: &Answered<'_>,
    scene: &Scene<'_>,
) -> Option<Finding> {
    let record = scene.transcript.offers.get(answered.exchange.offer?)?;
    let offered = CredentialOffer::new(record.object.as_ref()?).credential_configuration_ids();
    let stranger = credentials
        .iter()
        .filter_map(|detail| detail.get("credential_configuration_id")?.as_str())
        .find(|id| !offered.contains(id))?;
    Some(Finding::Warns(
        Breach::new(format!("a configuration of the offer: {}", offered.join(", ")), stranger),
        "a token should be good only for what was offered",
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(details: Value) -> Stage {
        let body = json!({"access_token": "t", "authorization_details": details});
        Stage::new()
            .offer(json!({"credential_configuration_ids": ["pid"]}), None)
            .answer_json(Station::Token, 200, body)
            .last(|exchange| exchange.offer = Some(0))
    }

    fn detail(configuration: &str, identifiers: Value) -> Value {
        json!([{
            "type": "openid_credential",
            "credential_configuration_id": configuration,
            "credential_identifiers": identifiers,
            "zzz": true
        }])
    }

    #[test]
    fn identifiers_are_there_and_distinct() {
        assert_holds(&super::CHECK, &stage(detail("pid", json!(["a", "b"]))));
        for bad in [json!([]), json!(["a", "a"]), json!([1]), json!("a"), json!(null)] {
            assert_breaks(&super::CHECK, &stage(detail("pid", bad)), "credential_identifiers");
        }
        assert_breaks(&super::CHECK, &stage(json!([])), "an empty array");
        let echoed = json!([{"type": "openid_credential", "credential_configuration_id": "pid"}]);
        assert_breaks(&super::CHECK, &stage(echoed), "no credential_identifiers");
        let nameless = json!([{"type": "openid_credential", "credential_identifiers": ["a"]}]);
        assert_outcome(&super::CHECK, &stage(nameless), Outcome::Fail);
    }

    #[test]
    fn more_than_was_offered_warns() {
        let stage = stage(detail("diploma", json!(["a"])));
        assert_breaks(&super::CHECK, &stage, "diploma");
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
    }

    #[test]
    fn without_details_it_does_not_concern_the_issuer() {
        let plain = Stage::new().answer_json(Station::Token, 200, json!({"access_token": "t"}));
        assert_outcome(&super::CHECK, &plain, Outcome::NotApplicable);
        let other = stage(json!([{"type": "payment"}]));
        assert_outcome(&super::CHECK, &other, Outcome::NotApplicable);
    }
}

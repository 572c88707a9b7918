//! What is renewed is the statement, not the paper.

use serde_json::{Map, Value};

use super::{is_refresh, issues_refresh_tokens};
use crate::checks::issued::{Issued, Opened};
use crate::checks::{Check, Finding, Judge, Level, Scene, judge};
use crate::protocol::TokenResponse;
use crate::transcript::{EntitlementChange, Entitles, Exchange, Station};

pub static CHECK: Check = Check {
    id: "refresh/shows-current-claims",
    aliases: &[],
    since: "2026.3",
    title: "a renewed credential shows the data of today",
    level: Level::Derived,
    raised_by: &[],
    applies: issues_refresh_tokens,
    spec: &["vci#section-14.5", "eaa-de#523-refresh-implementation-checklist"],
    obligation: "after the data of its holder changed, a credential issued with a refreshed token shows the new values",
    doc: "Claims that are fixed when the offer is made, and kept with the token, come out unchanged however \
          often the credential is renewed: the holder moved, and every new credential swears to the old \
          address with a fresh date. Look the data up when the credential is issued.\n\n\
          The scenario issues a credential, has the data changed by the hook `[change_claims]` of the \
          configuration, refreshes the token and issues again. Only claims of the hook are looked at that the \
          first credential shows with another value.",
    judge: Judge::Transcript(shows_current_claims),
};

const NOT_CHANGED: &str = "no data were changed";
const NOT_RENEWED: &str = "no credential was issued with a refreshed token after the change";
const LEFT_OUT: &str = "the renewed credential shows none of the claims that changed";
const NOT_SHOWN: &str =
    "no credential issued before the change shows these claims with other values";

fn shows_current_claims(scene: &Scene<'_>) -> Finding {
    let changes = scene.transcript.entitlement_changes.iter();
    let findings = changes.filter_map(|change| match &change.entitles {
        Entitles::ToClaims(claims) => Some(is_shown(scene, change, claims)),
        Entitles::ToNothing => None,
    });
    findings.reduce(judge::worse).unwrap_or(Finding::Silent(NOT_CHANGED))
}

fn is_shown(scene: &Scene<'_>, change: &EntitlementChange, claims: &Map<String, Value>) -> Finding {
    let issued = issued_for(scene, change.offer);
    let mut later = issued.iter().filter(|(exchange, _)| {
        exchange.request.at >= change.at && is_by_a_refreshed_token(scene, exchange, change)
    });
    let Some((exchange, renewed)) = later.next_back() else {
        return Finding::Silent(NOT_RENEWED);
    };
    // Another configuration may write the same claim otherwise.
    let configuration = &renewed.requested.credential_configuration_id;
    let earlier = issued.iter().filter(|(exchange, issued)| {
        exchange.request.at < change.at
            && issued.requested.credential_configuration_id == *configuration
    });
    let before: Vec<Map<String, Value>> =
        earlier.flat_map(|(_, issued)| issued.readable()).filter_map(dataset).collect();
    let was = |name: &str, value: &Value| before.iter().any(|shown| shown.get(name) == Some(value));
    let changed: Vec<(&String, &Value)> = claims
        .iter()
        .flat_map(|claim| named(claim, &before))
        .filter(|(name, value)| {
            before.iter().any(|shown| shown.get(*name).is_some_and(|old| old != *value))
        })
        .collect();
    if changed.is_empty() {
        return Finding::Silent(NOT_SHOWN);
    }
    let (mut is_current, mut differs) = (false, None);
    for shown in renewed.readable().filter_map(dataset) {
        for (name, value) in &changed {
            // A claim that is left out is not out of date.
            let Some(found) = shown.get(*name) else { continue };
            match found == *value {
                true => is_current = true,
                false if was(name, found) => {
                    let wanted = format!("the value of {name} since the change");
                    let finding = Finding::breaks(wanted, "the one before");
                    return judge::shown_in(finding, exchange.number);
                }
                false => differs = Some(name.as_str()),
            }
        }
    }
    match (is_current, differs) {
        (_, Some(name)) => Finding::HoldsAsFar(format!(
            "{name} is no more what it was, and is written otherwise than the hook says"
        )),
        (true, None) => Finding::Holds,
        (false, None) => Finding::Silent(LEFT_OUT),
    }
}

/// A claim of the hook as credentials name it: an object may stand for a namespace of an mdoc.
fn named<'c>(
    (name, value): (&'c String, &'c Value),
    shown: &[Map<String, Value>],
) -> Vec<(&'c String, &'c Value)> {
    match value {
        Value::Object(elements) if !shown.iter().any(|one| one.contains_key(name)) => {
            elements.iter().collect()
        }
        _ => vec![(name, value)],
    }
}

/// What was issued on an offer, in order, with the request that it was asked for by.
fn issued_for<'s>(scene: &'s Scene<'_>, offer: usize) -> Vec<(&'s Exchange, &'s Issued)> {
    let exchanges = || scene.transcript.exchanges.iter();
    let with_request = |issued: &'s Issued| {
        let answer = exchanges().find(|exchange| exchange.number == issued.exchange)?;
        (answer.offer == Some(offer)).then_some((answer, issued))
    };
    scene.issued().iter().filter_map(with_request).collect()
}

fn is_by_a_refreshed_token(
    scene: &Scene<'_>,
    exchange: &Exchange,
    change: &EntitlementChange,
) -> bool {
    let token = exchange.access_token();
    token.is_some()
        && scene.granted(Station::Token).any(|response| {
            is_refresh(response.exchange)
                && response.exchange.request.at >= change.at
                && response.json.and_then(|json| TokenResponse::new(json).access_token()) == token
        })
}

fn dataset((_, opened): (usize, &Opened)) -> Option<Map<String, Value>> {
    opened.dataset()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::{Value, json};

    use super::super::staged::{redeemed, response};
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{NOW, Paper, object, proof, respond};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::{EntitlementChange, Entitles};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// A credential by the first token, with this address; the address becomes Bonn; another credential
    /// by this token, with that address.
    fn renewed(before: Value, token: &str, after: Value) -> Stage {
        let paper = |address: Value| Paper::honest(1).claim("address", address).text();
        let ask = |stage: Stage, text: String, token: &str, second: i64| {
            let authorization = format!("Bearer {token}");
            respond(stage, &[text], 1)
                .sent(
                    "POST",
                    "https://issuer.example/credential",
                    &[("authorization", &authorization), ("content-type", "application/json")],
                    &json!({ "credential_configuration_id": "pid", "proofs": { "jwt": [proof(1)] } })
                        .to_string(),
                )
                .last(|exchange| {
                    exchange.offer = Some(0);
                    exchange.request.at = at(second);
                })
        };
        let first = redeemed("Bearer");
        let mut stage = ask(first, paper(before), "a1", NOW + 1);
        let claims = object(json!({ "address": "Bonn" }));
        stage.transcript().entitlement_changes.push(EntitlementChange {
            step: 3,
            at: at(NOW + 2),
            offer: 0,
            entitles: Entitles::ToClaims(claims),
        });
        let stage = stage
            .refreshed(200, response("a2", "Bearer", None))
            .last(|exchange| exchange.request.at = at(NOW + 3));
        ask(stage, paper(after), token, NOW + 4)
    }

    #[test]
    fn the_new_value_holds() {
        assert_holds(&super::CHECK, &renewed(json!("Köln"), "a2", json!("Bonn")));
    }

    #[test]
    fn the_old_value_warns() {
        let stale = renewed(json!("Köln"), "a2", json!("Köln"));
        assert_breaks(&super::CHECK, &stale, "the one before");
        assert_outcome(&super::CHECK, &stale, Outcome::Warn);
        // Written otherwise, it is not what it was.
        assert_holds(&super::CHECK, &renewed(json!("Köln"), "a2", json!("Bonn am Rhein")));
    }

    #[test]
    fn where_nothing_can_have_changed_nothing_is_said() {
        let same = renewed(json!("Bonn"), "a2", json!("Bonn"));
        assert_outcome(&super::CHECK, &same, Outcome::NotTestable);
        let left_out = renewed(json!("Köln"), "a2", Value::Null);
        assert_outcome(&super::CHECK, &left_out, Outcome::NotTestable);
        let old_token = renewed(json!("Köln"), "a1", json!("Köln"));
        assert_outcome(&super::CHECK, &old_token, Outcome::NotTestable);
        let unchanged = redeemed("Bearer");
        assert_outcome(&super::CHECK, &unchanged, Outcome::NotTestable);
    }
}

//! The notification endpoint: what became of credentials after they were issued (OpenID4VCI 11).

use axum::http::StatusCode;
use serde_json::{Map, Value};

use crate::{
    answer::Answer,
    authorization::authorize,
    faults::{conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    refusal::Refusal,
    strict_json,
};

/// The events there are; case matters.
const EVENTS: [&str; 3] = ["credential_accepted", "credential_failure", "credential_deleted"];

/// Answers a notification request. Nothing is kept of it, so the same again is as good.
pub fn answer(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Answer, Refusal> {
    let grant = authorize(issuer, conduct, incoming)?;
    let body = incoming
        .is_of_type("application/json")
        .then(|| strict_json::read_object(&incoming.body))
        .flatten();
    conduct.require(Rule::BodyReadable, body.is_some(), || {
        invalid_request("the body is not the JSON of a notification request")
    })?;
    let body = body.unwrap_or_default();
    check_members(conduct, &body)?;
    let id = body.get("notification_id").and_then(Value::as_str);
    let entitlement = id.and_then(|id| issuer.store.notification(id));
    let is_known = entitlement.is_some() || id.is_none();
    conduct.require(Rule::NotificationIdKnown, is_known, invalid_id)?;
    let is_own = entitlement.is_none_or(|own| grant.entitlement.covers(&own));
    conduct.require(Rule::NotificationIdOwn, is_own, invalid_id)?;
    if let Some(id) = id.filter(|_| conduct.policy().forgets_notifications) {
        issuer.store.forget_notification(id);
    }
    Ok(Answer::empty(StatusCode::NO_CONTENT).uncacheable())
}

fn check_members(conduct: &Conduct, body: &Map<String, Value>) -> Result<(), Refusal> {
    let has_id = body.get("notification_id").is_some_and(Value::is_string);
    conduct.require(Rule::NotificationIdPresent, has_id, || {
        invalid_request("notification_id is missing, or is not text")
    })?;
    let event = body.get("event").and_then(Value::as_str);
    conduct.require(Rule::EventPresent, event.is_some(), || {
        invalid_request("event is missing, or is not text")
    })?;
    let is_known = event.is_none_or(|event| EVENTS.contains(&event));
    conduct.require(Rule::EventKnown, is_known, || {
        invalid_request("event is none of the three that there are")
    })?;
    let is_printable = body.get("event_description").is_none_or(|description| {
        let allowed = |octet| matches!(octet, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e);
        description.as_str().is_some_and(|text| text.bytes().all(allowed))
    });
    conduct.require(Rule::DescriptionPrintable, is_printable, || {
        invalid_request("event_description has characters that are not allowed")
    })
}

fn invalid_request(why: &'static str) -> Refusal {
    Refusal::bad_request("invalid_notification_request", why)
}

fn invalid_id() -> Refusal {
    let why = "the notification id was not handed out to this wallet";
    Refusal::bad_request("invalid_notification_id", why)
}

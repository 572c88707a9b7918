//! Faults of the notification endpoint.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Draw, Fault, Lapse, Rule, Stage};
use crate::{
    incoming::Incoming,
    refusal::{Refusal, Scheme},
    station::Station,
    strict_json,
};

const NOTIFICATION: &[Station] = &[Station::Notification];
/// Members that a notification may have.
const KNOWN: [&str; 3] = ["notification_id", "event", "event_description"];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "notification-refuses-acceptance",
        station: "notification",
        stage: Stage::Request(NOTIFICATION, |incoming| {
            refuse_event(incoming, "credential_accepted")
        }),
        config: "deferred",
        says: "Notifications that credentials were accepted are refused",
        caught_by: &["notification/succeeds"],
    },
    Fault {
        name: "notification-answers-200",
        station: "notification",
        stage: Stage::Wire(NOTIFICATION, |answer| {
            if answer.status == StatusCode::NO_CONTENT {
                answer.status = StatusCode::OK;
            }
        }),
        config: "deferred",
        says: "Notifications are answered with status 200",
        caught_by: &["notification/answers-204"],
    },
    Fault {
        name: "notification-refuses-the-token",
        station: "notification",
        stage: Stage::Request(NOTIFICATION, refuse_token),
        config: "deferred",
        says: "The token that got the credentials is refused at the notification endpoint",
        caught_by: &["notification/takes-the-access-token"],
    },
    Fault {
        name: "notification-id-in-each-credential",
        station: "notification",
        stage: Stage::Wire(&[Station::Deferred], |answer| {
            let Some(body) = answer.object() else { return };
            let Some(id) = body.remove("notification_id") else { return };
            let credentials = body.get_mut("credentials").and_then(Value::as_array_mut);
            for credential in credentials.into_iter().flatten() {
                credential["notification_id"] = id.clone();
            }
        }),
        config: "deferred",
        says: "A notification id stands in each credential of an answer",
        caught_by: &["notification/id-comes-with-credentials"],
    },
    Fault {
        name: "notification-forgets-the-id",
        station: "notification",
        stage: Stage::Store(|policy| policy.forgets_notifications = true),
        config: "deferred",
        says: "A notification id is forgotten with its first use",
        caught_by: &["notification/is-idempotent"],
    },
    Fault {
        name: "notification-refuses-failure",
        station: "notification",
        stage: Stage::Request(NOTIFICATION, |incoming| {
            refuse_event(incoming, "credential_failure")
        }),
        config: "deferred",
        says: "Notifications of a failure are refused",
        caught_by: &["notification/accepts-failure"],
    },
    Fault {
        name: "notification-refuses-deletion",
        station: "notification",
        stage: Stage::Request(NOTIFICATION, |incoming| {
            refuse_event(incoming, "credential_deleted")
        }),
        config: "deferred",
        says: "Notifications of a deletion are refused",
        caught_by: &["notification/accepts-deleted", "notification/takes-a-later-event"],
    },
    Fault {
        name: "notification-refuses-unknown-member",
        station: "notification",
        stage: Stage::Request(NOTIFICATION, refuse_unknown),
        config: "deferred",
        says: "A notification with an unknown member is refused",
        caught_by: &["notification/ignores-unknown-members"],
    },
    Fault {
        name: "notification-errors-as-text",
        station: "notification",
        stage: Stage::Wire(NOTIFICATION, |answer| {
            if answer.status == StatusCode::BAD_REQUEST {
                answer.retype("text/plain");
            }
        }),
        config: "deferred",
        says: "Notification errors are served as text/plain",
        caught_by: &["notification/errors-are-json"],
    },
    Fault {
        name: "notification-id-not-found",
        station: "notification",
        stage: Stage::RuleAt(
            NOTIFICATION,
            Rule::NotificationIdKnown,
            Lapse::Answers { status: 404, code: "not_found" },
        ),
        config: "deferred",
        says: "An unknown notification id is answered with status 404",
        caught_by: &["notification/refuses-unknown-id", "notification/errors-are-json"],
    },
    Fault {
        name: "notification-crashes-on-quotes",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::DescriptionPrintable, Lapse::Crashes),
        config: "deferred",
        says: "A description with quotes is answered with status 500",
        caught_by: &["notification/survives-forbidden-characters", "http/never-answers-5xx"],
    },
    Fault {
        name: "notification-id-while-put-off",
        station: "notification",
        stage: Stage::Wire(&[Station::Deferred], |answer| {
            if answer.status == StatusCode::ACCEPTED
                && let Some(body) = answer.object()
            {
                body.insert("notification_id".to_owned(), json!("too-early"));
            }
        }),
        config: "deferred",
        says: "A notification id comes with an answer that puts the credential off again",
        caught_by: &["notification/id-comes-with-credentials"],
    },
    Fault {
        name: "notification-endpoint-unpublished",
        station: "notification",
        stage: Stage::Wire(&[Station::IssuerMetadata], |answer| {
            if let Some(metadata) = answer.object() {
                metadata.remove("notification_endpoint");
            }
        }),
        config: "deferred",
        says: "Notification ids are handed out, and the metadata do not say what for",
        caught_by: &["notification/publishes-its-endpoint"],
    },
    Fault {
        name: "notification-ids-counted",
        station: "notification",
        stage: Stage::Draw(Draw::NotificationId, |turn| format!("notification-{turn}")),
        config: "deferred",
        says: "Notification ids are counted instead of drawn",
        caught_by: &["notification/ids-are-unguessable"],
    },
    Fault {
        name: "notification-accepts-missing-token",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::TokenPresent, Lapse::Accepts),
        config: "deferred",
        says: "A notification without an access token is served",
        caught_by: &["notification/refuses-missing-token"],
    },
    Fault {
        name: "notification-crashes-on-missing-token",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::TokenPresent, Lapse::Crashes),
        config: "deferred",
        says: "A notification without an access token is answered with status 500",
        caught_by: &["notification/refuses-missing-token", "http/never-answers-5xx"],
    },
    Fault {
        name: "notification-accepts-invalid-token",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::TokenKnown, Lapse::Accepts),
        config: "deferred",
        says: "A notification with an access token it never handed out is served",
        caught_by: &["notification/refuses-invalid-token"],
    },
    Fault {
        name: "notification-crashes-on-invalid-token",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::TokenKnown, Lapse::Crashes),
        config: "deferred",
        says: "A notification with an access token it never handed out is answered with status 500",
        caught_by: &["notification/refuses-invalid-token", "http/never-answers-5xx"],
    },
    Fault {
        name: "notification-accepts-unknown-id",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::NotificationIdKnown, Lapse::Accepts),
        config: "deferred",
        says: "A notification of an id it never gave is served",
        caught_by: &["notification/refuses-unknown-id"],
    },
    Fault {
        name: "notification-crashes-on-unknown-id",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::NotificationIdKnown, Lapse::Crashes),
        config: "deferred",
        says: "A notification of an id it never gave is answered with status 500",
        caught_by: &["notification/refuses-unknown-id", "http/never-answers-5xx"],
    },
    Fault {
        name: "notification-accepts-missing-id",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::NotificationIdPresent, Lapse::Accepts),
        config: "deferred",
        says: "A notification without an id is served",
        caught_by: &["notification/refuses-missing-id"],
    },
    Fault {
        name: "notification-crashes-on-missing-id",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::NotificationIdPresent, Lapse::Crashes),
        config: "deferred",
        says: "A notification without an id is answered with status 500",
        caught_by: &["notification/refuses-missing-id", "http/never-answers-5xx"],
    },
    Fault {
        name: "notification-accepts-missing-event",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::EventPresent, Lapse::Accepts),
        config: "deferred",
        says: "A notification without an event, or with a number in its place, is served",
        caught_by: &["notification/refuses-missing-event", "notification/refuses-a-wrong-type"],
    },
    Fault {
        name: "notification-crashes-on-missing-event",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::EventPresent, Lapse::Crashes),
        config: "deferred",
        says: "A notification without an event, or with a number in its place, is answered with status 500",
        caught_by: &[
            "notification/refuses-missing-event",
            "notification/refuses-a-wrong-type",
            "http/never-answers-5xx",
        ],
    },
    Fault {
        name: "notification-accepts-unknown-event",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::EventKnown, Lapse::Accepts),
        config: "deferred",
        says: "A notification of an event that does not exist, or is spelled otherwise, is served",
        caught_by: &["notification/refuses-unknown-event", "notification/refuses-another-case"],
    },
    Fault {
        name: "notification-crashes-on-unknown-event",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::EventKnown, Lapse::Crashes),
        config: "deferred",
        says: "A notification of an event that does not exist, or is spelled otherwise, is answered with status 500",
        caught_by: &[
            "notification/refuses-unknown-event",
            "notification/refuses-another-case",
            "http/never-answers-5xx",
        ],
    },
    Fault {
        name: "notification-accepts-foreign-id",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::NotificationIdOwn, Lapse::Accepts),
        config: "deferred",
        says: "A notification of what another wallet was given is served",
        caught_by: &["notification/refuses-foreign-id"],
    },
    Fault {
        name: "notification-crashes-on-foreign-id",
        station: "notification",
        stage: Stage::RuleAt(NOTIFICATION, Rule::NotificationIdOwn, Lapse::Crashes),
        config: "deferred",
        says: "A notification of what another wallet was given is answered with status 500",
        caught_by: &["notification/refuses-foreign-id", "http/never-answers-5xx"],
    },
    Fault {
        name: "notification-takes-bearer",
        station: "dpop",
        stage: Stage::RuleAt(NOTIFICATION, Rule::DpopScheme, Lapse::Accepts),
        config: "deferred-dpop",
        says: "A bound token is taken as a bearer token at the notification endpoint",
        caught_by: &["dpop/refuses-bearer-downgrade"],
    },
    Fault {
        name: "notification-takes-any-htu",
        station: "dpop",
        stage: Stage::RuleAt(NOTIFICATION, Rule::DpopHtu, Lapse::Accepts),
        config: "deferred-dpop",
        says: "A DPoP proof for another URL is taken at the notification endpoint",
        caught_by: &["dpop/refuses-wrong-htu"],
    },
];

fn refuse_event(incoming: &Incoming, event: &str) -> Option<Refusal> {
    let body = strict_json::read_object(&incoming.body)?;
    let is_it = body.get("event").and_then(|own| own.as_str()) == Some(event);
    let why = "the event is not supported";
    is_it.then(|| Refusal::bad_request("invalid_notification_request", why))
}

fn refuse_token(incoming: &Incoming) -> Option<Refusal> {
    let has_token = incoming.header("authorization").next().is_some();
    let status = StatusCode::UNAUTHORIZED;
    has_token.then(|| Refusal::challenge(status, Scheme::Bearer, "invalid_token"))
}

fn refuse_unknown(incoming: &Incoming) -> Option<Refusal> {
    let body = strict_json::read_object(&incoming.body)?;
    let why = "a member is unknown";
    body.keys()
        .any(|name| !KNOWN.contains(&name.as_str()))
        .then(|| Refusal::bad_request("invalid_notification_request", why))
}

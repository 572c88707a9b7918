//! What can be wrong, or unusual, with a notification.

use serde_json::json;

use super::Tamper;
use super::credential::request;
use crate::protocol::{CREDENTIAL_DELETED, CREDENTIAL_FAILURE};
use crate::transcript::Station;
use crate::wallet::dpop::fresh_identifier;
use crate::wallet::draft::Draft;
use crate::wallet::session::Session;

const fn row(
    name: &'static str,
    says: &'static str,
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at: &[Station::Notification], resends: false, change }
}

/// The rows of the notification request.
pub const TAMPERS: &[Tamper] = &[
    row("event-failure", "tells that the credentials could not be stored", |draft, _| {
        event(draft, CREDENTIAL_FAILURE)
    }),
    row("event-deleted", "tells that the user did not want the credentials", |draft, _| {
        event(draft, CREDENTIAL_DELETED)
    }),
    row(
        "later-event",
        "tells of credentials that were accepted that they are deleted",
        |draft, _| event(draft, CREDENTIAL_DELETED),
    ),
    row("event-in-wrong-case", "writes the event in capitals", |draft, _| {
        event(draft, "CREDENTIAL_ACCEPTED")
    }),
    row("unknown-event", "names an event that does not exist", |draft, _| {
        event(draft, "credential_framed")
    }),
    row("missing-event", "leaves out event", |draft, _| {
        request(draft)?.shift_remove("event");
        Ok("no event".into())
    }),
    row("numeric-event", "sends a number as event", |draft, _| {
        request(draft)?.insert("event".into(), json!(7));
        Ok("event is 7".into())
    }),
    row("unknown-notification", "names an id that nobody was given", |draft, _| {
        request(draft)?.insert("notification_id".into(), json!(fresh_identifier()));
        Ok("notification_id is a fresh random value".into())
    }),
    row("missing-notification", "leaves out notification_id", |draft, _| {
        request(draft)?.shift_remove("notification_id");
        Ok("no notification_id".into())
    }),
    row(
        "foreign-notification",
        "names the id of another wallet's credentials",
        |draft, session| {
            let id = session.recorder.named_to_others(&session.name);
            let id = id.ok_or("no other wallet was given a notification_id")?;
            request(draft)?.insert("notification_id".into(), json!(id));
            Ok("notification_id is that of another wallet, the access token its own".into())
        },
    ),
    row("quoted-description", "puts quotes and an umlaut into event_description", |draft, _| {
        let text = "the \"wallet\" was \\ müde";
        request(draft)?.insert("event_description".into(), json!(text));
        Ok("event_description has characters that are not allowed".into())
    }),
];

fn event(draft: &mut Draft, name: &str) -> Result<String, String> {
    request(draft)?.insert("event".into(), json!(name));
    Ok(format!("event is {name}"))
}

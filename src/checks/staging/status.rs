//! Credentials with a status, and the list that they refer to.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::checks::staging::credentials::{NOW, Paper, issued, issuer_key, respond};
use crate::checks::staging::{ISSUER, Stage};
use crate::jose::{JwtDraft, base64url};
use crate::transcript::{NewStatus, Received, Station, StatusChange};

/// Where the list of staged credentials is.
pub const LIST: &str = "https://issuer.example/status/1";

/// A credential for the holder key of that number, with an entry in [`LIST`].
pub fn paper(holder: u8, index: u64) -> Paper {
    paper_at(holder, LIST, index)
}

/// The same with an entry in another list.
pub fn paper_at(holder: u8, uri: &str, index: u64) -> Paper {
    let status = json!({ "status_list": { "idx": index, "uri": uri } });
    Paper::honest(holder).claim("status", status)
}

/// The value of `lst` for these octets.
pub fn lst(octets: &[u8]) -> String {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(octets);
    base64url::encode(encoder.finish().unwrap_or_default())
}

/// A list of two bits for each of 1024 entries, all valid, before it is signed.
pub fn list() -> JwtDraft {
    let claims = json!({
        "sub": LIST, "iat": NOW - 60, "exp": NOW + 3600, "ttl": 300,
        "status_list": { "bits": 2, "lst": lst(&[0; 256]) }
    });
    let claims = claims.as_object().cloned().unwrap_or_default();
    let mut draft = JwtDraft::new("statuslist+jwt", &issuer_key(), claims);
    draft.header.insert("kid".into(), json!("key-1"));
    draft
}

/// The list with another claim; none for `null`.
pub fn list_with(name: &str, value: Value) -> JwtDraft {
    let mut draft = list();
    draft.claims.shift_remove(name);
    if !value.is_null() {
        draft.claims.insert(name.into(), value);
    }
    draft
}

/// The list with these entries.
pub fn list_of(octets: &[u8]) -> JwtDraft {
    list_with("status_list", json!({ "bits": 2, "lst": lst(octets) }))
}

/// A credential with entry 7 is issued, and this answers the request for its list.
pub fn published(list: &JwtDraft) -> Stage {
    answered(200, "application/statuslist+jwt", &list.compact())
}

/// The same with any answer.
pub fn answered(status: u16, media_type: &str, body: &str) -> Stage {
    fetch(issued(&[paper(1, 7)]), LIST, status, media_type, body)
}

/// Adds a request for a list.
pub fn fetch(stage: Stage, uri: &str, status: u16, media_type: &str, body: &str) -> Stage {
    let headers = [("content-type", media_type), ("access-control-allow-origin", "*")];
    stage
        .answer(Station::StatusList, status, &headers, body)
        .sent("GET", uri, &[("accept", "application/statuslist+jwt")], "")
        .last(|exchange| {
            if let Received::Answer(answer) = &mut exchange.received {
                answer.at = Timestamp::from_second(NOW + 1).unwrap_or(Timestamp::UNIX_EPOCH);
            }
        })
}

/// The list is fetched, the status of entry 7 is changed a second later, and ten seconds later the
/// list is this one.
pub fn changed(status: NewStatus, list_after: &JwtDraft) -> Stage {
    let at = |second: i64| Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut stage = published(&list());
    let change = StatusChange { step: 4, at: at(NOW + 2), uri: LIST.to_owned(), index: 7, status };
    stage.transcript().status_changes.push(change);
    let media_type = "application/statuslist+jwt";
    fetch(stage, LIST, 200, media_type, &list_after.compact()).last(|exchange| {
        exchange.request.at = at(NOW + 11);
        if let Received::Answer(answer) = &mut exchange.received {
            answer.at = at(NOW + 12);
        }
    })
}

/// A credential without a status.
pub fn without_status() -> Stage {
    issued(&[Paper::honest(1)])
}

/// Adds a response with one credential that has this entry in [`LIST`].
pub fn and_issued(stage: Stage, index: u64) -> Stage {
    respond(stage, &[paper(1, index).text()], 1)
}

/// The issuer's identifier, for lists elsewhere.
pub fn elsewhere(name: &str) -> String {
    format!("{ISSUER}/status/{name}")
}

//! What has become of a credential since it was issued, by its status list.

use serde_json::{Value, json};

use crate::checks::{Credential, PublishedList, Scene};
use crate::formats::{SignatureVerdict, StatusReference};

/// What a status list says of a credential.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) says: String,
    value: Option<u8>,
    uri: String,
    index: u64,
}

impl Standing {
    pub(super) fn of(credential: &Credential, scene: &Scene<'_>) -> Option<Self> {
        let reference = StatusReference::read(credential.status.as_ref()?).ok()?;
        let mut lists = scene.status_lists().iter().rev();
        let published = lists.find(|list| list.is_at(&reference.uri));
        let read = published.and_then(PublishedList::token);
        let list = read.and_then(|read| read.list.as_ref().ok());
        let value = list.and_then(|list| list.get(reference.index));
        let verified =
            read.is_some_and(|read| matches!(read.signature, SignatureVerdict::Verified { .. }));
        let says = match value {
            None => "not known: the status list could not be read".to_owned(),
            Some(value) => {
                let name = match value {
                    0 => "valid".to_owned(),
                    1 => "invalid".to_owned(),
                    2 => "suspended".to_owned(),
                    other => format!("{other}, of the application's own"),
                };
                let list = match verified {
                    true => "a status list whose signature verifies",
                    false => "a status list whose signature was not verified",
                };
                format!("{name}, by {list}")
            }
        };
        Some(Self { says, value, uri: reference.uri, index: reference.index })
    }

    pub(super) fn json(&self) -> Value {
        json!({ "value": self.value, "says": self.says, "uri": self.uri, "idx": self.index })
    }
}

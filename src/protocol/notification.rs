//! What a wallet tells an issuer of credentials after they were issued (OpenID4VCI 11).

use serde_json::Value;

/// The credentials were stored.
pub const CREDENTIAL_ACCEPTED: &str = "credential_accepted";
/// They were not, for some other reason than the user's will.
pub const CREDENTIAL_FAILURE: &str = "credential_failure";
/// They were not, because the user did not want them.
pub const CREDENTIAL_DELETED: &str = "credential_deleted";

/// A lens over a notification request, as the judge reads what the wallet sent.
#[derive(Clone, Copy, Debug)]
pub struct NotificationRequest<'a>(&'a Value);

impl<'a> NotificationRequest<'a> {
    /// Looks at a JSON document.
    pub fn new(json: &'a Value) -> Self {
        Self(json)
    }

    /// `notification_id`.
    pub fn notification_id(&self) -> Option<&'a str> {
        self.0.get("notification_id")?.as_str()
    }

    /// `event`.
    pub fn event(&self) -> Option<&'a str> {
        self.0.get("event")?.as_str()
    }
}

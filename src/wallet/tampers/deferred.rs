//! What can be wrong with a deferred credential request.

use serde_json::json;

use super::Tamper;
use super::credential::request;
use crate::transcript::Station;
use crate::wallet::dpop::fresh_identifier;
use crate::wallet::draft::Draft;
use crate::wallet::session::Session;

const fn row(
    name: &'static str,
    says: &'static str,
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at: &[Station::Deferred], resends: false, change }
}

/// The rows of the deferred credential request.
pub const TAMPERS: &[Tamper] = &[
    row("unknown-transaction", "asks by an id that nobody was given", |draft, _| {
        request(draft)?.insert("transaction_id".into(), json!(fresh_identifier()));
        Ok("transaction_id is a fresh random value".into())
    }),
    row("missing-transaction", "leaves out transaction_id", |draft, _| {
        request(draft)?.shift_remove("transaction_id");
        Ok("no transaction_id".into())
    }),
    row("redeemed-transaction", "asks again for what it was given", |draft, session| {
        let id = session
            .redeemed
            .as_ref()
            .map(|done| &done.id)
            .ok_or("no transaction came to its end")?;
        request(draft)?.insert("transaction_id".into(), json!(id));
        Ok("transaction_id is that of credentials that were fetched".into())
    }),
    row("foreign-transaction", "asks for what another wallet was promised", |draft, session| {
        let id = session.recorder.put_off_for_others(&session.name);
        let id = id.ok_or("no other wallet waits for credentials")?;
        request(draft)?.insert("transaction_id".into(), json!(id));
        Ok("transaction_id is that of another wallet, the access token its own".into())
    }),
    row("early-poll", "asks again without waiting for interval", |_, session| {
        session.transaction.as_ref().ok_or("nothing is to come any more")?;
        Ok("the request comes before its time".into())
    }),
];

//! Credentials that are put off: begun at the credential endpoint, asked after at the deferred one (OpenID4VCI 9).

use std::{sync::Arc, time::Instant};

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    answer::Answer,
    dialect::{Waiting, fresh_nonce},
    entitlement::Entitlement,
    faults::{Draw, conduct::Conduct},
    issuer::Issuer,
    public_key::PublicKey,
    settings::Deferral,
    store::Transaction,
};

/// Whose credential never comes, by `given_name`: with an offer for it a wallet can see a denial.
const DENIED: &str = "denied";

/// Whose credential comes once the management side releases it, by `given_name`.
const HELD: &str = "held";

/// Whether a credential does not come at once.
pub fn is_put_off(deferral: &Deferral, entitlement: &Entitlement) -> bool {
    !deferral.is_rare
        || given_name(entitlement).is_some_and(|name| [DENIED, HELD].contains(&&*name))
}

fn given_name(entitlement: &Entitlement) -> Option<String> {
    Some(entitlement.claims()?.get("given_name")?.as_str()?.to_owned())
}

/// Puts a credential off, and answers with what to ask again by.
pub fn begin(
    issuer: &Issuer,
    conduct: &Conduct,
    deferral: Deferral,
    entitlement: &Arc<Entitlement>,
    place: usize,
    keys: Vec<Option<PublicKey>>,
    wish: Option<Value>,
) -> Answer {
    let name = given_name(entitlement);
    let mut transaction = Transaction {
        entitlement: Arc::clone(entitlement),
        place,
        keys,
        polls: if name.as_deref() == Some(HELD) { None } else { deferral.polls },
        is_denied: name.as_deref() == Some(DENIED),
        interval: deferral.interval,
        wish,
        sticks_to_its_wish: false,
        is_touchy: false,
        told: Instant::now(),
    };
    conduct.amend_transaction(&mut transaction);
    let interval = transaction.interval;
    let id = conduct.draw(Draw::TransactionId);
    issuer.store.keep_transaction(&id, transaction);
    let (status, mut body) = match issuer.settings.dialect.waiting {
        Waiting::Accepted => return pending(issuer, &id, interval),
        Waiting::IssuancePending => (StatusCode::ACCEPTED, json!({"transaction_id": id})),
        Waiting::AcceptanceToken => (StatusCode::OK, json!({"acceptance_token": id})),
    };
    fresh_nonce(issuer, conduct, &mut body);
    Answer::json(status, body).uncacheable()
}

/// The answer of a credential that is still to come.
pub fn pending(issuer: &Issuer, id: &str, seconds: f64) -> Answer {
    let interval = in_seconds(seconds);
    let (status, body) = match issuer.settings.dialect.waiting {
        Waiting::Accepted => {
            (StatusCode::ACCEPTED, json!({"transaction_id": id, "interval": interval}))
        }
        Waiting::IssuancePending => {
            (StatusCode::BAD_REQUEST, json!({"error": "issuance_pending", "interval": interval}))
        }
        // The draft has no word for waiting: as long as there is no credential, the token is there.
        Waiting::AcceptanceToken => (StatusCode::OK, json!({"acceptance_token": id})),
    };
    Answer::json(status, body).uncacheable()
}

/// Whole seconds without a fraction, as most wallets expect them.
fn in_seconds(seconds: f64) -> Value {
    if seconds.fract() == 0.0 { json!(seconds as u64) } else { json!(seconds) }
}

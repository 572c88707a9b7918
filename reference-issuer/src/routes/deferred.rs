//! The deferred credential endpoint: whoever was promised a credential asks whether it is there (OpenID4VCI 9).

use std::time::Instant;

use axum::http::StatusCode;

use crate::{
    answer::Answer,
    authorization::{self, authorize},
    credential_request::invalid_request,
    dialect::Waiting,
    encryption::{self, Opened},
    faults::{conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    refusal::{Refusal, Scheme},
    routes::credential::deliver,
    store::{Grant, Transaction},
    strict_json, transactions,
};

/// What asking found.
enum Found {
    /// Not begun here, or expired.
    Unknown,
    /// The credential was fetched before.
    Over,
    /// Begun under another offer.
    Foreign,
    /// Not yet.
    Pending {
        /// What the wallet is told to wait, in seconds.
        interval: f64,
    },
    /// Never.
    Denied,
    /// Now, and only now.
    Ready(Transaction),
}

/// Answers a deferred credential request.
pub fn answer(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Answer, Refusal> {
    let deferral = issuer.settings.deferral.ok_or_else(Refusal::crash)?;
    if issuer.settings.dialect.waiting == Waiting::AcceptanceToken {
        return by_acceptance_token(issuer, conduct, incoming);
    }
    let grant = authorize(issuer, conduct, incoming)?;
    let opened = encryption::open(issuer, conduct, incoming)?;
    let said = match &opened {
        Opened::Inside(inside) => {
            conduct.object(inside)?;
            inside
        }
        Opened::Clear | Opened::Unread => incoming,
    };
    let body =
        said.is_of_type("application/json").then(|| strict_json::read_object(&said.body)).flatten();
    conduct.require(Rule::BodyReadable, body.is_some(), || {
        invalid_request("the body is not the JSON of a deferred credential request")
    })?;
    let body = body.unwrap_or_default();
    let wish = body.get("credential_response_encryption");
    let was_encrypted = matches!(opened, Opened::Inside(_));
    let mut wanted = encryption::wanted(issuer, conduct, wish, was_encrypted)?;
    let id = body.get("transaction_id").and_then(|id| id.as_str());
    conduct.require(Rule::TransactionPresent, id.is_some(), || {
        invalid_request("transaction_id is missing, or is not text")
    })?;
    // Without an id only a lapse comes as far as this, and is put off.
    let Some(id) = id else { return Ok(transactions::pending(issuer, "", deferral.interval)) };
    let breach = |rule| conduct.require(rule, false, invalid_transaction);
    let takes_foreign = breach(Rule::TransactionOwn).is_ok();
    let answer = match look(issuer, (!takes_foreign).then_some(&*grant), id) {
        Found::Unknown => {
            breach(Rule::TransactionKnown)?;
            transactions::pending(issuer, id, deferral.interval)
        }
        Found::Foreign => {
            breach(Rule::TransactionOwn)?;
            transactions::pending(issuer, id, deferral.interval)
        }
        Found::Over => {
            breach(Rule::TransactionUnredeemed)?;
            deliver(issuer, conduct, &grant.entitlement, 0, &[None])?
        }
        Found::Pending { interval } => transactions::pending(issuer, id, interval),
        Found::Denied => {
            conduct.require(Rule::TransactionIssuable, false, denied)?;
            transactions::pending(issuer, id, deferral.interval)
        }
        Found::Ready(transaction) => {
            let Transaction { entitlement, place, keys, wish, sticks_to_its_wish, .. } =
                transaction;
            if sticks_to_its_wish {
                wanted = encryption::wanted(issuer, conduct, wish.as_ref(), true)?;
            }
            deliver(issuer, conduct, &entitlement, place, &keys)?
        }
    };
    match wanted {
        Some(wanted) => encryption::seal(issuer, conduct, wanted, answer),
        None => Ok(answer),
    }
}

/// Answers a request of draft 11, which has nothing but its access token.
fn by_acceptance_token(
    issuer: &Issuer,
    conduct: &Conduct,
    incoming: &Incoming,
) -> Result<Answer, Refusal> {
    let token = authorization::bearer(issuer, incoming)?;
    match look(issuer, None, &token) {
        Found::Unknown | Found::Foreign | Found::Over => {
            let unauthorized = StatusCode::UNAUTHORIZED;
            Err(Refusal::challenge(unauthorized, Scheme::Bearer, "invalid_token"))
        }
        Found::Pending { interval } => Ok(transactions::pending(issuer, &token, interval)),
        Found::Denied => Err(denied()),
        Found::Ready(Transaction { entitlement, place, keys, .. }) => {
            deliver(issuer, conduct, &entitlement, place, &keys)
        }
    }
}

/// Looks a transaction up; one whose credential is there is over with that. Under a grant it has to
/// be one of its own.
fn look(issuer: &Issuer, grant: Option<&Grant>, id: &str) -> Found {
    let found = issuer.store.transaction(id, |entry| {
        let Some(transaction) = entry else { return Found::Over };
        if grant.is_some_and(|grant| !grant.entitlement.covers(&transaction.entitlement)) {
            return Found::Foreign;
        }
        let interval = transaction.interval;
        let is_early = transaction.told.elapsed().as_secs_f64() < interval;
        transaction.told = Instant::now();
        if is_early && transaction.is_touchy {
            *entry = None;
            return Found::Over;
        }
        match &mut transaction.polls {
            None => Found::Pending { interval },
            Some(polls) if *polls > 0 => {
                *polls -= 1;
                Found::Pending { interval }
            }
            Some(_) if transaction.is_denied => Found::Denied,
            Some(_) => entry.take().map_or(Found::Over, Found::Ready),
        }
    });
    found.unwrap_or(Found::Unknown)
}

fn denied() -> Refusal {
    let why = "the credential cannot be issued any more";
    Refusal::bad_request("credential_request_denied", why)
}

fn invalid_transaction() -> Refusal {
    let why = "the transaction is unknown, or its credential was fetched before";
    Refusal::bad_request("invalid_transaction_id", why)
}

//! The credential endpoint: a token, proofs of possession, and one credential for each proved key.

use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    answer::Answer,
    authorization::{self, authorize},
    credential_request::{Asked, invalid_request},
    dialect::fresh_nonce,
    encryption::{self, Opened},
    entitlement::Entitlement,
    faults::{Draw, conduct::Conduct, rules::Rule},
    formats,
    incoming::Incoming,
    issuer::Issuer,
    proofs::prove,
    public_key::PublicKey,
    refusal::Refusal,
    transactions,
};

/// Answers a credential request.
pub fn answer(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Answer, Refusal> {
    let answer = serve(issuer, conduct, incoming);
    if answer.is_err() && conduct.policy().ends_tokens_at_errors {
        authorization::end(issuer, incoming);
    }
    answer
}

fn serve(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Answer, Refusal> {
    conduct.require(Rule::CredentialByPost, incoming.method == "POST", || {
        Refusal::wrong_method("POST")
    })?;
    let grant = authorize(issuer, conduct, incoming)?;
    let dialect = &issuer.settings.dialect;
    let opened = encryption::open(issuer, conduct, incoming)?;
    let asked = match &opened {
        Opened::Clear => Asked::read(conduct, incoming, dialect)?,
        Opened::Inside(inside) => {
            conduct.object(inside)?;
            Asked::read(conduct, inside, dialect)?
        }
        Opened::Unread => None,
    };
    let is_readable =
        asked.is_some() || matches!(opened, Opened::Unread) || incoming.body.is_empty();
    conduct.require(Rule::BodyReadable, is_readable, || {
        invalid_request("the body is not the JSON of a credential request")
    })?;
    let wanted = match &asked {
        Some(asked) => {
            let was_encrypted = matches!(opened, Opened::Inside(_));
            encryption::wanted(issuer, conduct, asked.encryption.as_ref(), was_encrypted)?
        }
        None => None,
    };
    let (place, keys) = match &asked {
        Some(asked) => {
            let place = asked.place(issuer, conduct, &grant)?;
            (place, prove(issuer, conduct, &grant, place, &asked.proofs)?)
        }
        None => (0, vec![None]),
    };
    let entitlement = &grant.entitlement;
    let deferral = issuer.settings.deferral;
    let answer = match deferral.filter(|deferral| transactions::is_put_off(deferral, entitlement)) {
        Some(deferral) => {
            let wish = asked.and_then(|asked| asked.encryption);
            transactions::begin(issuer, conduct, deferral, entitlement, place, keys, wish)
        }
        None => deliver(issuer, conduct, entitlement, place, &keys)?,
    };
    if issuer.settings.single_use_tokens {
        authorization::end(issuer, incoming);
    }
    match wanted {
        Some(wanted) => encryption::seal(issuer, conduct, wanted, answer),
        None => Ok(answer),
    }
}

/// The answer with the credentials themselves.
pub fn deliver(
    issuer: &Issuer,
    conduct: &Conduct,
    entitlement: &Arc<Entitlement>,
    place: usize,
    keys: &[Option<PublicKey>],
) -> Result<Answer, Refusal> {
    let mut body = made(issuer, conduct, entitlement, place, keys)?;
    fresh_nonce(issuer, conduct, &mut body);
    Ok(Answer::json(StatusCode::OK, body).uncacheable())
}

/// The credentials, and the id to notify of them by.
pub fn made(
    issuer: &Issuer,
    conduct: &Conduct,
    entitlement: &Arc<Entitlement>,
    place: usize,
    keys: &[Option<PublicKey>],
) -> Result<Value, Refusal> {
    let credential = issuer.credentials.get(place).ok_or_else(Refusal::crash)?;
    let credentials = formats::issue(issuer, conduct, credential, entitlement, keys)?;
    let mut body = issuer.settings.dialect.say_credentials(credential, credentials);
    if let Some(callbacks) = &issuer.callbacks {
        callbacks.issued(&entitlement.offer_id);
    }
    if issuer.settings.notifications {
        let id = conduct.draw(Draw::NotificationId);
        issuer.store.keep_notification(&id, Arc::clone(entitlement));
        body["notification_id"] = json!(id);
    }
    Ok(body)
}

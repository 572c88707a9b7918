//! How a guide's issuer is asked for an offer, on which side of it.

use axum::http::StatusCode;
use serde_json::Value;

use crate::{
    answer::Answer,
    faults::{conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    offers::{self, MintError, MintedOffer, OfferRequest},
    refusal::Refusal,
    strict_json,
};

/// How offers are asked for.
#[derive(Debug, Clone, Copy)]
pub struct OfferApi {
    /// Where, by `POST`.
    pub path: &'static str,
    /// On which side.
    pub side: Side,
    /// A request that is granted.
    pub example: &'static str,
    /// What a request asks for; an error code if nothing.
    pub read: fn(&Value) -> Result<OfferRequest, &'static str>,
    /// Status and body of the answer.
    pub write: fn(&MintedOffer) -> (StatusCode, Value),
    /// What it calls an unknown configuration.
    pub unknown_configuration: &'static str,
    /// What it calls any other fault of a request.
    pub invalid: &'static str,
}

/// One of the two sides of an issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The port that wallets see.
    Protocol,
    /// The port that only the operator sees.
    Management,
}

/// Answers an order.
pub fn answer(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Answer, Refusal> {
    let api = issuer.settings.offer_api().ok_or_else(Refusal::crash)?;
    let order = strict_json::read_object(&incoming.body).map(Value::Object);
    let wanted = match order.ok_or(api.invalid).and_then(|order| (api.read)(&order)) {
        Ok(wanted) => wanted,
        Err(code) => {
            let refusal = || Refusal::bad_request(code, "this is no order of an offer");
            conduct.require(Rule::OrderReadable, false, refusal)?;
            anything(issuer)
        }
    };
    let minted = match offers::mint(issuer, wanted) {
        Err(MintError::UnknownConfiguration(_)) => {
            let code = api.unknown_configuration;
            let refusal = || Refusal::bad_request(code, "there is no such configuration");
            conduct.require(Rule::OrderConfigurationKnown, false, refusal)?;
            offers::mint(issuer, anything(issuer))
        }
        minted => minted,
    };
    let minted = minted.map_err(|_| Refusal::bad_request(api.invalid, "nothing to be offered"))?;
    let (status, body) = (api.write)(&minted);
    Ok(Answer::json(status, body).uncacheable())
}

/// What a lapse makes of an order that is no good.
fn anything(issuer: &Issuer) -> OfferRequest {
    let first = issuer.credentials.first().map(|credential| credential.id.to_owned());
    OfferRequest {
        credential_configuration_ids: first.into_iter().collect(),
        by_reference: true,
        ..OfferRequest::default()
    }
}

//! The token endpoint: a pre-authorized code, once, for an access token.
//!
//! Everything that may refuse comes before the code is spent, so that a refused request leaves it good.

use std::{borrow::Cow, collections::HashSet, sync::Arc};

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    answer::Answer,
    client_authentication::authenticate,
    dpop::{self, Server},
    faults::{Draw, conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    offers::PRE_AUTHORIZED_CODE,
    public_key::Thumbprint,
    random,
    refusal::Refusal,
    settings::Dpop,
    store::{Code, Entitlement, Found, Grant, Policy},
    strict_json,
};

/// Answers a token request.
pub async fn answer(
    issuer: &Issuer,
    conduct: &Conduct<'_>,
    incoming: &Incoming,
) -> Result<Answer, Refusal> {
    let form = Form::read(conduct, incoming)?;
    let policy = conduct.policy();
    let client = authenticate(issuer, conduct, incoming)?;
    let client_id = client.or_else(|| form.get("client_id").map(str::to_owned));
    let is_named = client_id.is_some() || issuer.settings.anonymous;
    conduct.require(Rule::ClientNamed, is_named, || {
        Refusal::bad_request("invalid_client", "anonymous access is not supported")
    })?;

    let code = find_code(issuer, conduct, form.get("pre-authorized_code"))?;
    let key = check_dpop(issuer, conduct, incoming).inspect_err(|_| {
        if let Some(code) = code.as_ref().filter(|_| policy.spends_on_dpop_refusal) {
            issuer.store.spend_code(code);
        }
    })?;
    let entitlement = match &code {
        Some(code) => Arc::clone(&code.entitlement),
        None => Entitlement::waived(),
    };
    let selected = selected(issuer, &entitlement, form.get("authorization_details"))?;
    if let Some(code) = &code {
        check_tx_code(issuer, conduct, &policy, code, form.get("tx_code"))?;
        spend(issuer, conduct, &policy, code).await?;
    }

    let names_identifiers = issuer.settings.names_credential_identifiers || selected.is_some();
    let credentials = selected.unwrap_or_else(|| entitlement.credentials.clone());
    let identifiers = match names_identifiers {
        true => identifiers(issuer, &credentials),
        false => Vec::new(),
    };
    let grant = Grant { entitlement, credentials, identifiers, key, client_id };
    let access_token = conduct.draw(Draw::AccessToken);
    let body = token_response(issuer, &access_token, &grant);
    issuer.store.keep_token(&access_token, grant);
    Ok(Answer::json(StatusCode::OK, body).uncacheable())
}

/// Form parameters, none of them twice.
struct Form<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Form<'a> {
    /// Takes the form and the grant type; parameters without a value count as absent (RFC 6749, section 3.2).
    fn read(conduct: &Conduct, incoming: &'a Incoming) -> Result<Self, Refusal> {
        let invalid = |why| Refusal::bad_request("invalid_request", why);
        if !incoming.is_of_type("application/x-www-form-urlencoded") {
            return Err(invalid("the token request is not a form"));
        }
        let parameters = incoming.form();
        let mut names = HashSet::new();
        let is_unrepeated = parameters.iter().all(|(name, _)| names.insert(name));
        conduct.require(Rule::ParametersUnrepeated, is_unrepeated, || {
            invalid("a parameter is repeated")
        })?;
        drop(names);
        let form = Self(parameters);
        let grant_type = form.get("grant_type");
        conduct.require(Rule::GrantTypePresent, grant_type.is_some(), || {
            invalid("grant_type is missing")
        })?;
        let is_supported = grant_type.is_none_or(|own| own == PRE_AUTHORIZED_CODE);
        conduct.require(Rule::GrantTypeSupported, is_supported, || {
            Refusal::bad_request("unsupported_grant_type", "only pre-authorized codes are taken")
        })?;
        Ok(form)
    }

    fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(own, _)| own == name)?;
        (!value.is_empty()).then_some(value.as_ref())
    }
}

/// Looks the code up; `Ok(None)` only where a lapse waives a missing or bad one.
fn find_code(
    issuer: &Issuer,
    conduct: &Conduct,
    value: Option<&str>,
) -> Result<Option<Code>, Refusal> {
    conduct.require(Rule::CodePresent, value.is_some(), || {
        Refusal::bad_request("invalid_request", "pre-authorized_code is missing")
    })?;
    let Some(value) = value else {
        return Ok(None);
    };
    let rule = match issuer.store.code(value) {
        Found::Live(code) => return Ok(Some(code)),
        Found::Redeemed => Rule::CodeUnredeemed,
        Found::Unknown => Rule::CodeKnown,
    };
    conduct.require(rule, false, bad_code)?;
    Ok(None)
}

fn bad_code() -> Refusal {
    Refusal::bad_request("invalid_grant", "the pre-authorized code is unknown, expired or used")
}

fn check_dpop(
    issuer: &Issuer,
    conduct: &Conduct,
    incoming: &Incoming,
) -> Result<Option<Thumbprint>, Refusal> {
    match issuer.settings.dpop {
        Dpop::Off => Ok(None),
        policy => {
            dpop::check(issuer, conduct, incoming, Server::Authorization, policy == Dpop::Required)
        }
    }
}

/// The subset of the offer that `authorization_details` selects, if it is there (OpenID4VCI, section 6.1.1).
fn selected(
    issuer: &Issuer,
    entitlement: &Entitlement,
    details: Option<&str>,
) -> Result<Option<Vec<usize>>, Refusal> {
    let invalid = || {
        let why = "authorization_details do not select from the offer";
        Refusal::bad_request("invalid_authorization_details", why)
    };
    let Some(details) = details else {
        return Ok(None);
    };
    let Some(Value::Array(details)) = strict_json::read(details.as_bytes()) else {
        return Err(invalid());
    };
    let place = |detail: &Value| {
        let is_ours = detail.get("type")?.as_str() == Some("openid_credential");
        let id = detail.get("credential_configuration_id")?.as_str()?;
        let place = issuer.place_of(id)?;
        (is_ours && entitlement.credentials.contains(&place)).then_some(place)
    };
    let places: Option<Vec<usize>> = details.iter().map(place).collect();
    match places {
        Some(places) if !places.is_empty() => Ok(Some(places)),
        _ => Err(invalid()),
    }
}

fn check_tx_code(
    issuer: &Issuer,
    conduct: &Conduct,
    policy: &Policy,
    code: &Code,
    tx_code: Option<&str>,
) -> Result<(), Refusal> {
    let Some(expected) = &code.tx_code else {
        return conduct.require(Rule::TxCodeExpected, tx_code.is_none(), || {
            Refusal::bad_request("invalid_request", "this offer has no tx_code")
        });
    };
    conduct.require(Rule::TxCodePresent, tx_code.is_some(), || {
        Refusal::bad_request("invalid_request", "tx_code is missing")
    })?;
    let is_right = tx_code.is_none_or(|own| own == &**expected);
    conduct.require(Rule::TxCodeRight, is_right, || {
        issuer.store.note_wrong_try(code, policy);
        Refusal::bad_request("invalid_grant", "tx_code is wrong")
    })
}

/// Spends the code. Of several requests that got this far with one code, one finds it unspent.
async fn spend(
    issuer: &Issuer,
    conduct: &Conduct<'_>,
    policy: &Policy,
    code: &Code,
) -> Result<(), Refusal> {
    if let Some(window) = policy.race_window {
        tokio::time::sleep(window).await;
    }
    let is_first = issuer.store.spend_code(code) || policy.race_window.is_some();
    conduct.require(Rule::CodeUnredeemed, is_first, bad_code)
}

/// A fresh identifier for each credential.
fn identifiers(issuer: &Issuer, places: &[usize]) -> Vec<(String, usize)> {
    let named = places.iter().filter_map(|&place| {
        let credential = issuer.credentials.get(place)?;
        Some((format!("{}-{}", credential.id, random::short()), place))
    });
    named.collect()
}

fn token_response(issuer: &Issuer, access_token: &str, grant: &Grant) -> Value {
    let token_type = if grant.key.is_some() { "DPoP" } else { "Bearer" };
    let mut body = json!({
        "access_token": access_token,
        "token_type": token_type,
        "expires_in": issuer.settings.lifetimes.access_token.as_secs()
    });
    if !grant.identifiers.is_empty() {
        let details = grant.identifiers.iter().filter_map(|(identifier, place)| {
            let credential = issuer.credentials.get(*place)?;
            Some(json!({
                "type": "openid_credential",
                "credential_configuration_id": credential.id,
                "credential_identifiers": [identifier]
            }))
        });
        body["authorization_details"] = details.collect();
    }
    body
}

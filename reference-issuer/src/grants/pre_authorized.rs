//! A pre-authorized code, once, for an access token (OpenID4VCI, section 6.1).
//!
//! Everything that may refuse comes before the code is spent, so that a refused request leaves it good.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{dpop_key, grant_token, granted};
use crate::{
    answer::Answer,
    client_authentication::Client,
    entitlement::Entitlement,
    faults::{conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    random,
    refusal::Refusal,
    store::{Code, Found, Grant, Policy},
    strict_json,
    token_request::{Form, invalid_request},
};

/// Redeems a code.
pub async fn redeem(
    issuer: &Issuer,
    conduct: &Conduct<'_>,
    incoming: &Incoming,
    form: &Form<'_>,
    client: Client,
) -> Result<Answer, Refusal> {
    let policy = conduct.policy();
    let code = find_code(issuer, conduct, form.get("pre-authorized_code"))?;
    let key = dpop_key(issuer, conduct, incoming, false).inspect_err(|_| {
        if let Some(code) = code.as_ref().filter(|_| policy.spends_on_dpop_refusal) {
            issuer.store.spend_code(code);
        }
    })?;
    let entitlement = match &code {
        Some(code) => Arc::clone(&code.entitlement),
        None => Entitlement::waived(),
    };
    let selected = selected(issuer, conduct, &entitlement, form.get("authorization_details"))?;
    if let Some(code) = &code {
        check_tx_code(
            issuer,
            conduct,
            &policy,
            code,
            form.get(issuer.settings.dialect.user_code_parameter()),
        )?;
        spend(issuer, conduct, &policy, code).await?;
    }

    let names_identifiers = issuer.settings.names_credential_identifiers || selected.is_some();
    let credentials = selected.unwrap_or_else(|| entitlement.credentials.clone());
    let identifiers = match names_identifiers {
        true => identifiers(issuer, &credentials),
        false => Vec::new(),
    };
    let Client { id: client_id, instance } = client;
    let grant = Grant { entitlement, credentials, identifiers, key, client_id, instance };
    let grant = Arc::new(grant);
    let mut body = grant_token(issuer, conduct, Arc::clone(&grant));
    if issuer.settings.refresh_tokens {
        let refresh_token = random::long();
        body["refresh_token"] = json!(refresh_token);
        issuer.store.refresh_tokens.begin(&refresh_token, grant);
    }
    Ok(granted(body))
}

/// Looks the code up; `Ok(None)` only where a lapse waives a missing or bad one.
fn find_code(
    issuer: &Issuer,
    conduct: &Conduct,
    value: Option<&str>,
) -> Result<Option<Code>, Refusal> {
    conduct.require(Rule::CodePresent, value.is_some(), || {
        invalid_request("pre-authorized_code is missing")
    })?;
    let Some(value) = value else {
        return Ok(None);
    };
    let rule = match issuer.store.code(value) {
        Found::Live(code) => {
            let is_own = code.entitlement.tenant == issuer.tenant;
            conduct.require(Rule::CodeOwn, is_own, bad_code)?;
            return Ok(Some(code));
        }
        Found::Redeemed => Rule::CodeUnredeemed,
        Found::Expired => Rule::CodeUnexpired,
        Found::Unknown => Rule::CodeKnown,
    };
    conduct.require(rule, false, bad_code)?;
    Ok(None)
}

fn bad_code() -> Refusal {
    Refusal::bad_request("invalid_grant", "the pre-authorized code is unknown, expired or used")
}

/// The subset of the offer that `authorization_details` selects, if it is there (OpenID4VCI, section 6.1.1).
fn selected(
    issuer: &Issuer,
    conduct: &Conduct,
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
    let mut places = Vec::new();
    for detail in &details {
        let kind = detail.get("type").and_then(Value::as_str);
        conduct.require(Rule::DetailTyped, kind == Some("openid_credential"), invalid)?;
        conduct.require(Rule::DetailLocated, is_located(issuer, detail), invalid)?;
        let id = detail.get("credential_configuration_id").and_then(Value::as_str);
        conduct.require(Rule::DetailNamesConfiguration, id.is_some(), invalid)?;
        let place = id.and_then(|id| issuer.place_of(id));
        let is_offered = place.is_some_and(|place| entitlement.credentials.contains(&place));
        conduct.require(Rule::DetailOffered, is_offered || id.is_none(), invalid)?;
        conduct.require(Rule::DetailClaimsAgree, describes_each_once(detail), invalid)?;
        places.extend(place.filter(|_| is_offered));
    }
    if places.is_empty() {
        // Reached with details only where a lapse let them through.
        let is_empty = details.is_empty();
        return if is_empty { Err(invalid()) } else { Ok(Some(entitlement.credentials.clone())) };
    }
    Ok(Some(places))
}

/// Whether no claim is described twice (OpenID4VCI, appendix B.3). What is wanted is always issued, where it is known.
fn describes_each_once(detail: &Value) -> bool {
    let claims = detail.get("claims").and_then(Value::as_array);
    let paths: Vec<_> = claims.into_iter().flatten().map(|claim| claim.get("path")).collect();
    let later = |(place, path)| paths.iter().skip(place + 1).any(|other| other == path);
    !paths.iter().enumerate().any(later)
}

/// Whether a detail says for which issuer it is, where the server could serve several (OpenID4VCI, section 5.1.1).
fn is_located(issuer: &Issuer, detail: &Value) -> bool {
    if issuer.layout.origins.authorization_server.is_none() {
        return true;
    }
    let locations = detail.get("locations").and_then(Value::as_array);
    let own = issuer.layout.credential_issuer.as_str();
    locations.is_some_and(|locations| locations.iter().any(|location| location == own))
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
            invalid_request("this offer has no tx_code")
        });
    };
    conduct.require(Rule::TxCodePresent, tx_code.is_some(), || {
        invalid_request("tx_code is missing")
    })?;
    let is_right = tx_code.is_none_or(|own| own == &**expected);
    conduct.require(Rule::TxCodeRight, is_right, || {
        let is_dead = issuer.store.note_wrong_try(code, policy);
        if let Some(callbacks) = issuer.callbacks.as_ref().filter(|_| is_dead) {
            callbacks.failed(&code.entitlement.offer_id, "too many wrong transaction codes");
        }
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

/// Fresh identifiers for each credential: one, or two where wallets choose by authorization details.
fn identifiers(issuer: &Issuer, places: &[usize]) -> Vec<(String, usize)> {
    let each = if issuer.settings.takes_authorization_details { 2 } else { 1 };
    let named = places.iter().flat_map(|&place| (1..=each).map(move |number| (number, place)));
    let named = named.filter_map(|(number, place)| {
        let credential = issuer.credentials.get(place)?;
        let identifier = format!("{}-{number}-{}", credential.id, random::short());
        issuer.store.keep_identifier(&identifier, place);
        Some((identifier, place))
    });
    named.collect()
}

//! A refresh token for an access token (RFC 6749, section 6): the same rights, the same key, never more.

use std::sync::Arc;

use serde_json::json;

use super::{dpop_key, grant_token, granted};
use crate::{
    answer::Answer,
    client_authentication::Client,
    entitlement::Entitlement,
    faults::{conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    random,
    refresh_tokens::{Found, State},
    refusal::Refusal,
    store::{Grant, Policy},
    token_request::{Form, invalid_request},
};

/// Redeems a refresh token. One that is bound to a key stays as it is; another is replaced.
pub fn redeem(
    issuer: &Issuer,
    conduct: &Conduct,
    incoming: &Incoming,
    form: &Form,
    client: Client,
) -> Result<Answer, Refusal> {
    let policy = conduct.policy();
    let token = form.get("refresh_token");
    let token = token.ok_or_else(|| invalid_request("refresh_token is missing"))?;
    let found = issuer.store.refresh_tokens.find(token);
    conduct.require(Rule::RefreshTokenKnown, found.is_some(), bad_token)?;
    let before = match &found {
        Some(found) => {
            let is_own = found.line.grant.entitlement.tenant == issuer.tenant;
            conduct.require(Rule::RefreshTokenKnown, is_own, bad_token)?;
            check_line(conduct, &policy, found)?;
            Arc::clone(&found.line.grant)
        }
        None => Arc::new(Grant::waived(Entitlement::waived())),
    };
    if found.is_some() {
        conduct.require(Rule::RefreshClientSame, before.client_id == client.id, bad_token)?;
        let is_same = before.instance.is_none() || before.instance == client.instance;
        conduct.require(Rule::RefreshInstanceSame, is_same, bad_token)?;
    }
    conduct.require(Rule::RefreshEligible, !before.entitlement.has_ended(), bad_token)?;
    let key = dpop_key(issuer, conduct, incoming, before.key.is_some())?;
    let is_same_key = before.key.is_none() || before.key == key;
    conduct.require(Rule::RefreshKeySame, is_same_key, bad_token)?;
    let scope = form.get("scope");
    let is_within = scope.is_none_or(|scope| is_within(issuer, &before, scope));
    conduct.require(Rule::RefreshScopeWithin, is_within, || {
        Refusal::bad_request("invalid_scope", "scope is more than was granted")
    })?;

    let mut grant = Grant { key: before.key.or(key), ..Grant::clone(&before) };
    conduct.amend_refreshed(issuer, &mut grant);
    let mut body = grant_token(issuer, conduct, Arc::new(grant));
    if let Some(scope) = scope {
        body["scope"] = json!(scope);
    }
    let is_replaced = match before.key {
        Some(_) => policy.replaces_bound_refresh_tokens,
        None => policy.replaces_refresh_tokens,
    };
    if is_replaced && found.is_some() {
        let next = random::long();
        body["refresh_token"] = json!(next);
        issuer.store.refresh_tokens.replace(token, &next);
    }
    Ok(granted(body))
}

/// Whether the line is good, and this its latest token. An old one that comes back was stolen, now or
/// before, and ends the line (RFC 9700, section 4.14.2).
fn check_line(conduct: &Conduct, policy: &Policy, found: &Found) -> Result<(), Refusal> {
    let line = &found.line;
    conduct.require(Rule::RefreshLineUnrevoked, line.state() != State::Revoked, bad_token)?;
    conduct.require(Rule::RefreshLineWhole, line.state() != State::Reused, bad_token)?;
    if found.is_replaced && policy.ends_lines_at_reuse {
        line.note_reuse();
    }
    conduct.require(Rule::RefreshTokenLatest, !found.is_replaced, bad_token)
}

/// Whether each scope token is the scope of a credential that was granted.
fn is_within(issuer: &Issuer, grant: &Grant, scope: &str) -> bool {
    let granted = |token| {
        let place = issuer.place_of(token);
        place.is_some_and(|place| grant.credentials.contains(&place))
    };
    scope.split(' ').all(granted)
}

fn bad_token() -> Refusal {
    Refusal::bad_request("invalid_grant", "the refresh token is unknown, expired, used or revoked")
}

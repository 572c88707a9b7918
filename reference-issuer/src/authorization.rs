//! The access token of a credential request: where it may stand, and whose it must be.

use std::sync::Arc;

use axum::http::StatusCode;

use crate::{
    dpop::{self, Server},
    entitlement::Entitlement,
    faults::{conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    refusal::{Refusal, Scheme},
    store::Grant,
};

/// Finds what the access token entitles to. The body has not been looked at (RFC 6750, section 3).
///
/// Where a lapse waives a missing or unknown token, the grant is an anonymous one for the first credential.
pub fn authorize(
    issuer: &Issuer,
    conduct: &Conduct,
    incoming: &Incoming,
) -> Result<Arc<Grant>, Refusal> {
    let unauthenticated = || Refusal::unauthenticated(issuer.schemes());
    let Some((scheme, token)) = presented(incoming)? else {
        let in_query = incoming.query("access_token");
        let rule = match in_query {
            Some(_) => Rule::TokenInHeader,
            None => Rule::TokenPresent,
        };
        conduct.require(rule, false, unauthenticated)?;
        let grant = in_query.and_then(|token| issuer.store.token(&token));
        return Ok(grant.unwrap_or_else(anonymous));
    };
    let invalid = || Refusal::challenge(StatusCode::UNAUTHORIZED, scheme, "invalid_token");
    let grant = issuer.store.token(token);
    let Some(grant) = grant else {
        let rule = match issuer.store.token_has_expired(token) {
            true => Rule::TokenUnexpired,
            false => Rule::TokenKnown,
        };
        conduct.require(rule, false, invalid)?;
        return Ok(anonymous());
    };
    let is_own = grant.entitlement.tenant == issuer.tenant;
    conduct.require(Rule::TokenOwn, is_own, invalid)?;
    match (&grant.key, scheme) {
        (None, Scheme::Bearer) => {}
        (None, Scheme::Dpop) => conduct.require(Rule::DpopTokenBound, false, invalid)?,
        (Some(_), Scheme::Bearer) => conduct.require(Rule::DpopScheme, false, || {
            Refusal::challenge(StatusCode::UNAUTHORIZED, Scheme::Dpop, "invalid_token")
        })?,
        (Some(key), Scheme::Dpop) => {
            let server = Server::Resource { access_token: token, key };
            dpop::check(issuer, conduct, incoming, server, true)?;
        }
    }
    Ok(grant)
}

/// The bearer token of a request that is let in by it alone, whatever it stands for.
pub fn bearer(issuer: &Issuer, incoming: &Incoming) -> Result<String, Refusal> {
    match presented(incoming)? {
        Some((Scheme::Bearer, token)) => Ok(token.to_owned()),
        _ => Err(Refusal::unauthenticated(issuer.schemes())),
    }
}

/// Takes the access token of a request for good no more.
pub fn end(issuer: &Issuer, incoming: &Incoming) {
    if let Ok(Some((_, token))) = presented(incoming) {
        issuer.store.forget_token(token);
    }
}

/// Scheme and token of the `Authorization` header; `None` if there is no such header, or none of a known scheme.
fn presented(incoming: &Incoming) -> Result<Option<(Scheme, &str)>, Refusal> {
    let mut values = incoming.header("authorization");
    let Some(value) = values.next() else {
        return Ok(None);
    };
    let (name, token) = value.split_once(' ').unwrap_or((value, ""));
    let scheme = if name.eq_ignore_ascii_case("bearer") {
        Scheme::Bearer
    } else if name.eq_ignore_ascii_case("dpop") {
        Scheme::Dpop
    } else {
        return Ok(None);
    };
    if values.next().is_some() {
        let unauthorized = StatusCode::UNAUTHORIZED;
        return Err(Refusal::challenge(unauthorized, scheme, "invalid_token"));
    }
    Ok(Some((scheme, token.trim())))
}

fn anonymous() -> Arc<Grant> {
    Arc::new(Grant::waived(Entitlement::waived()))
}

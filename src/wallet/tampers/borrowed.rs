//! What is wrong because it is somebody else's, or because its time is over.

use serde_json::json;

use super::Tamper;
use super::token::{field, set};
use crate::protocol::{CredentialOffer, TokenResponse};
use crate::transcript::Station;
use crate::wallet::dpop;
use crate::wallet::draft::{Authorization, Content, Draft, Proof};
use crate::wallet::session::{Issuer, Session};

const fn row(
    name: &'static str,
    says: &'static str,
    at: &'static [Station],
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at, resends: false, change }
}

const TOKEN: &[Station] = &[Station::Token];
const CREDENTIAL: &[Station] = &[Station::Credential];

/// The rows of what is borrowed or kept too long.
pub const TAMPERS: &[Tamper] = &[
    row("another-issuers-code", "sends a code of another issuer", TOKEN, another_issuers_code),
    row(
        "another-issuers-token",
        "sends an access token of another issuer",
        CREDENTIAL,
        another_issuers_token,
    ),
    row(
        "proof-another-issuers-nonce",
        "sends a nonce of another issuer",
        CREDENTIAL,
        another_issuers_nonce,
    ),
    row(
        "another-users-identifier",
        "asks by a credential_identifier that another user was given",
        CREDENTIAL,
        another_users_identifier,
    ),
    row("expired-code", "sends a code whose time is over", TOKEN, |draft, session| {
        field(draft, "pre-authorized_code").ok_or("the request has no code")?;
        Ok(format!("the code of an offer that is {} s old", waited(session)?))
    }),
    row(
        "expired-token",
        "sends an access token whose time is over",
        CREDENTIAL,
        |draft, session| {
            draft.authorization.as_ref().ok_or("the request has no token")?;
            Ok(format!("the access token is {} s old", waited(session)?))
        },
    ),
    row("proof-aged-nonce", "sends a nonce that is old", CREDENTIAL, |draft, session| {
        let mut others = session.others.iter();
        let aged = others.find(|other| !other.is_stranger && other.waited.is_some());
        let aged = aged.ok_or("nothing was waited for")?;
        let c_nonce = aged.c_nonce.as_deref().ok_or("the issuer gives no c_nonce")?;
        set_nonce(draft, c_nonce)?;
        Ok(format!("nonce is one that was given {} s ago", waited(aged)?))
    }),
    row("proof-used-nonce", "sends a nonce that was used before", CREDENTIAL, |draft, session| {
        let spent = session.spent_nonce.as_deref().ok_or("no nonce was used before")?;
        set_nonce(draft, spent)?;
        Ok("nonce is that of an earlier request, which was granted".into())
    }),
    row("proof-dpop-nonce", "sends a DPoP nonce as c_nonce", CREDENTIAL, |draft, session| {
        let known = [Station::Credential, Station::Token];
        let found = known.iter().find_map(|station| session.dpop_nonces.get(station));
        let nonce = found.ok_or("no DPoP nonce was given")?;
        set_nonce(draft, nonce)?;
        Ok("nonce is a DPoP-Nonce of this issuer".into())
    }),
    row("nonce-by-get", "asks by GET instead of POST", &[Station::Nonce], |draft, _| {
        draft.method = "GET".into();
        Ok("the method is GET".into())
    }),
];

fn another_issuers_code(draft: &mut Draft, session: &Session) -> Result<String, String> {
    field(draft, "pre-authorized_code").ok_or("the request has no code")?;
    let mut strangers = session.others.iter().filter(|other| other.is_stranger);
    let stranger = strangers.find(|other| other.token.is_none());
    let stranger = stranger.ok_or("there is no unused offer of another issuer")?;
    let endpoint = |issuer: &Issuer| issuer.server().token_endpoint().map(str::to_owned);
    differ(session, stranger, endpoint, "both issuers have the same token_endpoint")?;
    let offer = stranger.offer.object.as_ref().map(CredentialOffer::new);
    let code = offer.and_then(|offer| offer.pre_authorized_code());
    let code = code.ok_or("the offer of the other issuer has no code")?.to_owned();
    set(draft, "pre-authorized_code", &code)?;
    if let Some(form) = draft.form() {
        form.retain(|(name, _)| name != "tx_code");
        form.extend(stranger.offer.tx_code.clone().map(|tx_code| ("tx_code".to_owned(), tx_code)));
    }
    Ok("pre-authorized_code is that of an offer of another issuer".into())
}

fn another_issuers_token(draft: &mut Draft, session: &Session) -> Result<String, String> {
    let mut strangers = session.others.iter().filter(|other| other.is_stranger);
    let found = strangers.find_map(|other| Some((other, other.token.as_ref()?)));
    let (stranger, token) = found.ok_or("there is no token of another issuer")?;
    let access_token = token.access_token.clone();
    draft.dpop = token
        .is_dpop_bound
        .then(|| dpop::proof(stranger, Station::Credential, &draft.url, Some(&access_token)))
        .map(|proof| Proof::Open(Box::new(proof)));
    let scheme = if token.is_dpop_bound { "DPoP" } else { "Bearer" };
    draft.authorization = Some(Authorization { scheme: scheme.into(), token: access_token });
    Ok("the access token is that of another issuer".into())
}

fn another_issuers_nonce(draft: &mut Draft, session: &Session) -> Result<String, String> {
    let mut strangers = session.others.iter().filter(|other| other.is_stranger);
    let found = strangers.find_map(|other| Some((other, other.c_nonce.as_deref()?)));
    let (stranger, c_nonce) = found.ok_or("there is no c_nonce of another issuer")?;
    let endpoint = |issuer: &Issuer| issuer.credential().nonce_endpoint().map(str::to_owned);
    differ(session, stranger, endpoint, "both issuers have the same nonce_endpoint")?;
    set_nonce(draft, c_nonce)?;
    Ok("nonce is that of another issuer".into())
}

fn another_users_identifier(draft: &mut Draft, session: &Session) -> Result<String, String> {
    const NONE: &str = "no token response names credential_identifiers";
    let own = session.token.as_ref().map(|token| identifiers(&token.response)).unwrap_or_default();
    let mut others = session.others.iter().filter(|other| !other.is_stranger);
    let theirs = others.find_map(|other| {
        let theirs = identifiers(&other.token.as_ref()?.response);
        theirs.into_iter().find(|name| !own.contains(name)).map(str::to_owned)
    });
    let Content::Json(serde_json::Value::Object(request)) = &mut draft.content else {
        return Err("the request is not a JSON object".to_owned());
    };
    if !request.contains_key("credential_identifier") {
        return Err(NONE.to_owned());
    }
    let theirs = theirs.ok_or("both users have the same credential_identifiers")?;
    request.insert("credential_identifier".into(), json!(theirs));
    Ok("credential_identifier is one of another user".into())
}

fn identifiers(response: &serde_json::Value) -> Vec<&str> {
    let response = TokenResponse::new(response);
    let lists = response.authorization_details();
    let lists = lists.filter_map(|detail| detail.get("credential_identifiers")?.as_array());
    lists.flatten().filter_map(serde_json::Value::as_str).collect()
}

/// What two issuers share is not another's.
fn differ(
    session: &Session,
    stranger: &Session,
    endpoint: fn(&Issuer) -> Option<String>,
    otherwise: &str,
) -> Result<(), String> {
    let of = |session: &Session| session.issuer.as_deref().and_then(endpoint);
    (of(session) != of(stranger)).then_some(()).ok_or_else(|| otherwise.to_owned())
}

fn set_nonce(draft: &mut Draft, nonce: &str) -> Result<(), String> {
    let proof = draft.key_proofs.first_mut();
    let proof = proof.ok_or("the configuration asks for no key proof")?;
    if !proof.claims.contains_key("nonce") {
        return Err("the issuer gives no c_nonce".to_owned());
    }
    proof.claims.insert("nonce".into(), json!(nonce));
    Ok(())
}

fn waited(session: &Session) -> Result<u64, String> {
    session.waited.map(|time| time.as_secs()).ok_or_else(|| "nothing was waited for".to_owned())
}

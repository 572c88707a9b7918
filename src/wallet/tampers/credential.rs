//! What can be wrong with a credential request, its key proofs apart.

use serde_json::{Map, Value, json};

use super::Tamper;
use crate::protocol::CredentialOffer;
use crate::transcript::Station;
use crate::wallet::dpop::{self, fresh_identifier};
use crate::wallet::draft::{Authorization, Content, Draft, Proof};
use crate::wallet::session::Session;

const fn row(
    name: &'static str,
    says: &'static str,
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at: &[Station::Credential], resends: false, change }
}

/// The endpoints that take an access token.
const RESOURCES: &[Station] = &[Station::Credential, Station::Deferred, Station::Notification];

const fn at_resources(
    name: &'static str,
    says: &'static str,
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at: RESOURCES, resends: false, change }
}

/// The rows of the credential request, and what can be wrong with any that presents a token.
pub const TAMPERS: &[Tamper] = &[
    at_resources("missing-token", "sends no access token", |draft, _| {
        draft.authorization = None;
        draft.dpop = None;
        Ok("no Authorization header".into())
    }),
    at_resources("invalid-token", "sends an access token that was never issued", invalid_token),
    row("token-in-query", "sends the access token in the query of the URL", token_in_query),
    row("unknown-configuration", "asks for a configuration that does not exist", |draft, _| {
        let id = format!("vcispec-unknown-{}", fresh_identifier());
        ask_for(draft, &id)?;
        Ok(format!("credential_configuration_id is {id}"))
    }),
    row(
        "unoffered-configuration",
        "asks for a configuration that the offer does not name",
        unoffered,
    ),
    row("malformed-json", "sends a body that is not JSON", |draft, _| {
        draft.content = Content::Text("{\"credential_configuration_id\":".into());
        Ok("the body ends in the middle of an object".into())
    }),
    at_resources(
        "unknown-member",
        "adds a member that no specification defines",
        |draft, session| {
            if draft.station == Station::Deferred && session.transaction.is_none() {
                return Err("nothing is to come any more".into());
            }
            request(draft)?.insert("zzz_unknown".into(), json!({ "zzz": 1 }));
            Ok("zzz_unknown in the request".into())
        },
    ),
];

fn invalid_token(draft: &mut Draft, session: &Session) -> Result<String, String> {
    let token = fresh_identifier();
    let uses_dpop = session.uses_dpop();
    draft.dpop = uses_dpop
        .then(|| dpop::proof(session, draft.station, &draft.url, Some(&token)))
        .map(|proof| Proof::Open(Box::new(proof)));
    let scheme = if uses_dpop { "DPoP" } else { "Bearer" };
    draft.authorization = Some(Authorization { scheme: scheme.into(), token });
    Ok("the access token is a fresh random value".into())
}

fn token_in_query(draft: &mut Draft, _: &Session) -> Result<String, String> {
    let authorization = draft.authorization.take().ok_or("the request has no token")?;
    draft.url.query_pairs_mut().append_pair("access_token", &authorization.token);
    Ok("access_token in the query, no Authorization header".into())
}

fn unoffered(draft: &mut Draft, session: &Session) -> Result<String, String> {
    let offer = session.offer_object.as_ref().ok_or("there is no offer")?;
    let offered = CredentialOffer::new(offer).credential_configuration_ids();
    let issuer = session.issuer.as_ref().ok_or("the metadata is not known")?;
    let other = issuer
        .credential()
        .configurations()
        .map(|(id, _)| id.to_owned())
        .find(|id| !offered.contains(&id.as_str()))
        .ok_or("every configuration of the issuer is in the offer")?;
    ask_for(draft, &other)?;
    Ok(format!("credential_configuration_id is {other}"))
}

fn ask_for(draft: &mut Draft, id: &str) -> Result<(), String> {
    let request = request(draft)?;
    request.shift_remove("credential_identifier");
    request.insert("credential_configuration_id".into(), json!(id));
    Ok(())
}

/// The JSON object that is sent.
pub(super) fn request(draft: &mut Draft) -> Result<&mut Map<String, Value>, String> {
    match &mut draft.content {
        Content::Json(Value::Object(object)) => Ok(object),
        _ => Err("the request is not a JSON object".to_owned()),
    }
}

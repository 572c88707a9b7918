//! What can be wrong with a credential request, its key proofs apart.

use serde_json::{Map, Value, json};

use super::Tamper;
use crate::protocol::former::offered_ids;
use crate::protocol::traits::{ProofMember, Traits};
use crate::transcript::Station;
use crate::wallet::credential::identifier;
use crate::wallet::dpop::{self, fresh_identifier};
use crate::wallet::draft::{Authorization, Content, Draft, Proof};
use crate::wallet::session::Session;

/// What asks as 1.0 has it, in whatever way the wallet asks otherwise.
pub const CURRENT_REQUEST: &str = "current-request";

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
        ask_for_none(draft, &id)
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
    row(CURRENT_REQUEST, "asks as 1.0 has it, whatever else the issuer understands", current),
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
    let offer = session.offer.object.as_ref().ok_or("there is no offer")?;
    let issuer = session.issuer.as_ref().ok_or("the metadata is not known")?;
    let offered = offered_ids(offer, &issuer.metadata);
    let (other, configuration) = issuer
        .credential()
        .configurations()
        .find(|(id, _)| !offered.iter().any(|offered| offered == id))
        .ok_or("every configuration of the issuer is in the offer")?;
    ask_for(draft, session.traits().asked(other, None, Some(configuration)))?;
    Ok(format!("credential_configuration_id is {other}"))
}

/// The members that say what is asked for, in any draft.
const ASKED: &[&str] = &[
    "credential_identifier",
    "credential_configuration_id",
    "format",
    "vct",
    "doctype",
    "types",
    "credential_definition",
];

fn ask_for(draft: &mut Draft, asked: Map<String, Value>) -> Result<(), String> {
    let request = request(draft)?;
    request.retain(|name, _| !ASKED.contains(&name.as_str()));
    request.extend(asked);
    Ok(())
}

/// Asks for what does not exist: by its id, or by a type where requests say a format.
fn ask_for_none(draft: &mut Draft, id: &str) -> Result<String, String> {
    let sent = request(draft)?;
    let Some(format) = sent.get("format").cloned() else {
        ask_for(draft, by_id(id))?;
        return Ok(format!("credential_configuration_id is {id}"));
    };
    let (name, value) =
        match ["vct", "doctype", "types"].iter().find(|name| sent.contains_key(**name)) {
            Some(name @ &"types") => (*name, json!([id])),
            Some(name) => (*name, json!(id)),
            None => ("credential_definition", json!({ "type": [id] })),
        };
    let asked = [("format".to_owned(), format), (name.to_owned(), value)];
    ask_for(draft, asked.into_iter().collect())?;
    Ok(format!("{name} is {id}"))
}

fn current(draft: &mut Draft, session: &Session) -> Result<String, String> {
    let id = session.asked_for.as_deref().ok_or("no configuration is asked for")?;
    let identifier = identifier(session, id);
    ask_for(draft, Traits::default().asked(id, identifier.as_deref(), None))?;
    draft.proof_member = ProofMember::Proofs;
    Ok("an id, and proofs as an array".into())
}

fn by_id(id: &str) -> Map<String, Value> {
    [("credential_configuration_id".to_owned(), json!(id))].into_iter().collect()
}

/// The JSON object that is sent.
pub(super) fn request(draft: &mut Draft) -> Result<&mut Map<String, Value>, String> {
    match &mut draft.content {
        Content::Json(Value::Object(object)) => Ok(object),
        _ => Err("the request is not a JSON object".to_owned()),
    }
}

//! How the wallet finds the authorization server and reads its metadata: RFC 8414 first,
//! OpenID Connect Discovery second. An issuer that has its `token_endpoint` in its own metadata, as
//! before there were others, is its own server where no other document names one.

use serde_json::Value;

use super::issuer_metadata::first_object;
use super::session::{Session, Stop};
use crate::protocol::dialect::Speech;
use crate::protocol::{AsMetadata, IssuerMetadata, Location, PRE_AUTHORIZED_CODE, WellKnown};
use crate::transcript::Station;

/// The most entries of `authorization_servers` that are looked at.
const MOST_SERVERS: usize = 4;

/// The metadata of the server to ask for a token: the one that the offer names, else the first
/// that lists the Pre-Authorized Code grant, else the first that can be read.
pub async fn read(
    session: &Session,
    identifier: &str,
    issuer_metadata: &Value,
    named: Option<&str>,
) -> Result<Value, Stop> {
    let listed = IssuerMetadata::new(issuer_metadata).authorization_servers();
    let servers: Vec<&str> = match named {
        Some(named) => vec![named],
        None if listed.is_empty() => vec![identifier],
        None => listed,
    };
    let mut first = None;
    for server in servers.iter().take(MOST_SERVERS) {
        let Some(metadata) = read_one(session, server).await? else {
            continue;
        };
        if servers.len() == 1 || AsMetadata::new(&metadata).lists_grant(PRE_AUTHORIZED_CODE) {
            first = Some(metadata);
            break;
        }
        first.get_or_insert(metadata);
    }
    let names_an_endpoint = |metadata: &Value| AsMetadata::new(metadata).token_endpoint().is_some();
    if !first.as_ref().is_some_and(names_an_endpoint)
        && session.speech != Speech::Final
        && names_an_endpoint(issuer_metadata)
    {
        return Ok(issuer_metadata.clone());
    }
    first.ok_or_else(|| {
        let servers = servers.join(", ");
        Stop::Refused(format!("no Authorization Server Metadata was found for {servers}"))
    })
}

async fn read_one(session: &Session, server: &str) -> Result<Option<Value>, Stop> {
    let mut places = Vec::new();
    for (kind, location) in [
        (WellKnown::AuthorizationServer, Location::Inserted),
        (WellKnown::OpenidConfiguration, Location::Appended),
        (WellKnown::AuthorizationServer, Location::Appended),
    ] {
        if let Some(place) = kind.url(server, location)
            && !places.contains(&place)
        {
            places.push(place);
        }
    }
    Ok(first_object(session, Station::AsMetadata, places).await?.map(|(_, metadata)| metadata))
}

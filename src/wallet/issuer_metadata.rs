//! How the wallet reads Credential Issuer Metadata: the well-known segment inserted before the
//! path, and where only the old, appended place answers, there.

use serde_json::Value;
use url::Url;

use super::ask::get;
use super::session::{Session, Stop};
use crate::protocol::{Location, WellKnown};
use crate::transcript::Station;

/// The metadata of an issuer, from the first of its two places that gives a JSON object, and whether
/// that was the appended one where there are two.
pub async fn read(session: &Session, identifier: &str) -> Result<(Value, bool), Stop> {
    let places = [Location::Inserted, Location::Appended]
        .map(|location| WellKnown::CredentialIssuer.url(identifier, location));
    let [Some(inserted), Some(appended)] = places else {
        return Err(Stop::Refused(format!(
            "expected a URL with a host as Credential Issuer Identifier, found {identifier:?}"
        )));
    };
    // Whether a slash at the end belongs to the path is not said (OpenID4VCI 12.2.2).
    let stripped = identifier.strip_suffix('/').unwrap_or(identifier);
    let without_slash = WellKnown::CredentialIssuer.url(stripped, Location::Inserted);
    let mut places = vec![inserted];
    for place in without_slash.into_iter().chain([appended]) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let last = places.len().saturating_sub(1);
    let found = first_object(session, Station::IssuerMetadata, places).await?;
    let (place, metadata) = found.ok_or_else(|| {
        Stop::Refused(format!("no Credential Issuer Metadata was found for {identifier}"))
    })?;
    Ok((metadata, place > 0 && place == last))
}

/// The first JSON object that one of these places gives, and which of them it was. A failure below HTTP at the last place
/// is a failure, at an earlier one the next is tried.
pub async fn first_object(
    session: &Session,
    station: Station,
    places: Vec<Url>,
) -> Result<Option<(usize, Value)>, Stop> {
    let mut failed = None;
    for (number, place) in places.into_iter().enumerate() {
        match get(session, station, place).await {
            Ok(Some(json)) if json.is_object() => return Ok(Some((number, json))),
            Ok(_) => failed = None,
            Err(stop) => failed = Some(stop),
        }
    }
    failed.map_or(Ok(None), Err)
}

//! A credential request as it was sent: what it asks for, in exactly one of two ways (OpenID4VCI 8.2).

use axum::http::StatusCode;
use serde_json::{Map, Value};

use crate::{
    dialect::{AskedBy, Dialect, Named},
    faults::{conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    refusal::{Refusal, Scheme},
    store::Grant,
    strict_json,
};

/// A credential request whose members have the right types.
pub struct Asked {
    /// `credential_identifier`.
    pub identifier: Option<String>,
    /// `credential_configuration_id`.
    pub configuration: Option<String>,
    /// What older drafts name it by.
    pub named: Option<Named>,
    /// `proofs`.
    pub proofs: Option<Map<String, Value>>,
    /// `credential_response_encryption`.
    pub encryption: Option<Value>,
}

impl Asked {
    /// Reads the body; `Ok(None)` if it is not the JSON of a credential request.
    pub fn read(
        conduct: &Conduct,
        incoming: &Incoming,
        dialect: &Dialect,
    ) -> Result<Option<Self>, Refusal> {
        conduct.require(Rule::BodyPresent, !incoming.body.is_empty(), || {
            invalid_request("the body is empty")
        })?;
        let is_typed = incoming.is_of_type("application/json") || incoming.body.is_empty();
        conduct.require(Rule::BodyTyped, is_typed, || {
            invalid_request("the body is not labelled as JSON")
        })?;
        let strict = strict_json::read_object(&incoming.body);
        let lenient: Option<Map<String, Value>> = serde_json::from_slice(&incoming.body).ok();
        conduct.require(Rule::BodyUnrepeated, strict.is_some() || lenient.is_none(), || {
            invalid_request("a member of the body is repeated")
        })?;
        Ok(strict.or(lenient).and_then(|body| Self::of(body, dialect)))
    }

    /// Reads the members of a credential request.
    pub fn of(mut body: Map<String, Value>, dialect: &Dialect) -> Option<Self> {
        dialect.hear_proofs(&mut body)?;
        dialect.hear_encryption(&mut body);
        Some(Self {
            named: dialect.hear_format(&mut body)?,
            identifier: text(&mut body, "credential_identifier")?,
            configuration: text(&mut body, "credential_configuration_id")?,
            proofs: match body.remove("proofs") {
                None => None,
                Some(Value::Object(proofs)) => Some(proofs),
                Some(_) => return None,
            },
            encryption: body.remove("credential_response_encryption"),
        })
    }

    /// The place of the credential asked for, in exactly one of two ways.
    pub fn place(
        &self,
        issuer: &Issuer,
        conduct: &Conduct,
        grant: &Grant,
    ) -> Result<usize, Refusal> {
        match (&self.identifier, &self.configuration, &self.named) {
            (Some(identifier), None, None) => {
                let mut identifiers = grant.identifiers.iter();
                let found = identifiers.find(|(own, _)| own == identifier);
                let unknown = || {
                    let why = "the access token names no such credential_identifier";
                    Refusal::bad_request("unknown_credential_identifier", why)
                };
                if let Some((_, place)) = found {
                    return Ok(*place);
                }
                let place = issuer.store.identified(identifier);
                let rule = match place {
                    Some(_) => Rule::IdentifierOwn,
                    None => Rule::IdentifierKnown,
                };
                conduct.require(rule, false, unknown)?;
                Ok(place.unwrap_or_default())
            }
            (None, Some(configuration), _) => {
                let place = issuer.place_of(configuration);
                conduct.require(Rule::ConfigurationKnown, place.is_some(), || {
                    let why = "the metadata have no such credential_configuration_id";
                    Refusal::bad_request("unknown_credential_configuration", why)
                })?;
                let place = place.unwrap_or_default();
                granted(conduct, grant, place)
            }
            (None, None, Some(named)) => granted(conduct, grant, named.place(issuer, grant)?),
            (None, None, None)
                if issuer.settings.dialect.asked_by == AskedBy::Any
                    && grant.credentials.len() == 1 =>
            {
                Ok(grant.credentials.first().copied().unwrap_or_default())
            }
            _ => {
                let why = "expected one of credential_identifier and credential_configuration_id";
                conduct.require(Rule::RequestNamesOne, false, || invalid_request(why))?;
                Ok(grant.credentials.first().copied().unwrap_or_default())
            }
        }
    }
}

/// The place of a credential that the offer had, where no identifier is due.
fn granted(conduct: &Conduct, grant: &Grant, place: usize) -> Result<usize, Refusal> {
    let is_offered = grant.credentials.contains(&place);
    conduct.require(Rule::ConfigurationOffered, is_offered, || {
        let scheme = match grant.key {
            Some(_) => Scheme::Dpop,
            None => Scheme::Bearer,
        };
        Refusal::challenge(StatusCode::FORBIDDEN, scheme, "insufficient_scope")
    })?;
    conduct.require(Rule::IdentifiersUsed, grant.identifiers.is_empty(), || {
        invalid_request("the token answer named credential_identifiers, which must be used")
    })?;
    Ok(place)
}

/// A member that is text if it is there: `None` when it is there and something else.
fn text(body: &mut Map<String, Value>, name: &str) -> Option<Option<String>> {
    match body.remove(name) {
        None => Some(None),
        Some(Value::String(text)) => Some(Some(text)),
        Some(_) => None,
    }
}

/// The refusal of a request that is malformed.
pub fn invalid_request(why: &'static str) -> Refusal {
    Refusal::bad_request("invalid_credential_request", why)
}

//! A credential request as it was sent: what it asks for, in exactly one of two ways (OpenID4VCI 8.2).

use axum::http::StatusCode;
use serde_json::{Map, Value};

use crate::{
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
    /// `proofs`.
    pub proofs: Option<Map<String, Value>>,
    /// `credential_response_encryption`.
    pub encryption: Option<Value>,
}

impl Asked {
    /// Reads the body, if it is the JSON of a credential request.
    pub fn read(incoming: &Incoming) -> Option<Self> {
        if !incoming.is_of_type("application/json") {
            return None;
        }
        let mut body = strict_json::read_object(&incoming.body)?;
        Some(Self {
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
        match (&self.identifier, &self.configuration) {
            (Some(identifier), None) => {
                let mut identifiers = grant.identifiers.iter();
                let found = identifiers.find(|(own, _)| own == identifier);
                let (_, place) = found.ok_or_else(|| {
                    let why = "the access token names no such credential_identifier";
                    Refusal::bad_request("unknown_credential_identifier", why)
                })?;
                Ok(*place)
            }
            (None, Some(configuration)) => {
                let place = issuer.place_of(configuration);
                conduct.require(Rule::ConfigurationKnown, place.is_some(), || {
                    let why = "the metadata have no such credential_configuration_id";
                    Refusal::bad_request("unknown_credential_configuration", why)
                })?;
                let place = place.unwrap_or_default();
                let is_offered = grant.credentials.contains(&place);
                conduct.require(Rule::ConfigurationOffered, is_offered, || {
                    let scheme = match grant.key {
                        Some(_) => Scheme::Dpop,
                        None => Scheme::Bearer,
                    };
                    Refusal::challenge(StatusCode::FORBIDDEN, scheme, "insufficient_scope")
                })?;
                if !grant.identifiers.is_empty() {
                    let why = "the token answer named credential_identifiers, which must be used";
                    return Err(invalid_request(why));
                }
                Ok(place)
            }
            _ => {
                let why = "expected one of credential_identifier and credential_configuration_id";
                Err(invalid_request(why))
            }
        }
    }
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

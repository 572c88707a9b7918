//! A token request as it was sent: a form, none of its parameters twice.

use std::{borrow::Cow, collections::HashSet};

use crate::{
    client_authentication::{Client, authenticate},
    faults::{conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    offers::PRE_AUTHORIZED_CODE,
    refusal::Refusal,
    strict_json,
};

/// The grant type of a refresh token (RFC 6749, section 6).
pub const REFRESH_TOKEN: &str = "refresh_token";

/// Form parameters; those without a value count as absent (RFC 6749, section 3.2).
pub struct Form<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Form<'a> {
    /// Takes the form, whatever it asks for.
    pub fn read(conduct: &Conduct, incoming: &'a Incoming) -> Result<Self, Refusal> {
        let is_post = incoming.method == "POST";
        conduct.require(Rule::TokenByPost, is_post, || Refusal::wrong_method("POST"))?;
        let is_form = !is_post || incoming.is_of_type("application/x-www-form-urlencoded");
        conduct
            .require(Rule::FormTyped, is_form, || invalid_request("the request is not a form"))?;
        let parameters = if is_form { incoming.form() } else { members(incoming) };
        let mut names = HashSet::new();
        let is_unrepeated = parameters.iter().all(|(name, _)| names.insert(name));
        conduct.require(Rule::ParametersUnrepeated, is_unrepeated, || {
            invalid_request("a parameter is repeated")
        })?;
        drop(names);
        Ok(Self(parameters))
    }

    /// Whether it is a grant type that this server supports.
    pub fn check_grant_type(&self, issuer: &Issuer, conduct: &Conduct) -> Result<(), Refusal> {
        let grant_type = self.get("grant_type");
        conduct.require(Rule::GrantTypePresent, grant_type.is_some(), || {
            invalid_request("grant_type is missing")
        })?;
        let is_supported =
            grant_type.is_none_or(|own| own == PRE_AUTHORIZED_CODE || self.is_refresh(issuer));
        conduct.require(Rule::GrantTypeSupported, is_supported, || {
            Refusal::bad_request("unsupported_grant_type", "this grant type is not taken")
        })
    }

    /// Whether it asks for a token by a refresh token, where there are any.
    pub fn is_refresh(&self, issuer: &Issuer) -> bool {
        issuer.settings.refresh_tokens && self.get("grant_type") == Some(REFRESH_TOKEN)
    }

    /// The client that asks; without an id for an anonymous one, where those are served.
    pub fn client(
        &self,
        issuer: &Issuer,
        conduct: &Conduct,
        incoming: &Incoming,
    ) -> Result<Client, Refusal> {
        let mut client = authenticate(issuer, conduct, incoming)?;
        client.id = client.id.or_else(|| self.get("client_id").map(str::to_owned));
        let is_named = client.id.is_some() || issuer.settings.anonymous;
        conduct.require(Rule::ClientNamed, is_named, || {
            Refusal::bad_request("invalid_client", "anonymous access is not supported")
        })?;
        Ok(client)
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(own, _)| own == name)?;
        (!value.is_empty()).then_some(value.as_ref())
    }
}

/// The members of a JSON body that are text, as parameters.
fn members(incoming: &Incoming) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
    let object = strict_json::read_object(&incoming.body).unwrap_or_default();
    let text = |(name, value): (String, serde_json::Value)| {
        Some((Cow::Owned(name), Cow::Owned(value.as_str()?.to_owned())))
    };
    object.into_iter().filter_map(text).collect()
}

/// The refusal of a request that is malformed.
pub fn invalid_request(why: &'static str) -> Refusal {
    Refusal::bad_request("invalid_request", why)
}

//! The places of a request that a tamper of one's own can change, and those of an answer that can
//! be saved.

use crate::protocol::ClaimsPath;
use crate::transcript::Station;

/// A place in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// `form.NAME`: a parameter of the form.
    Form(String),
    /// `body.PATH`: a member of the JSON body.
    Body(ClaimsPath),
    /// `header.NAME`: a header field.
    Header(String),
    /// `query.NAME`: a parameter of the URL.
    Query(String),
    /// `proof.header.PATH`, `proof.claims.PATH`: in every key proof, before it is signed.
    Proof(JwtPart, ClaimsPath),
    /// `dpop.header.PATH`, `dpop.claims.PATH`: in the DPoP proof, before it is signed.
    Dpop(JwtPart, ClaimsPath),
    /// `attestation.header.PATH`, `attestation.claims.PATH`: in every key attestation, before it is
    /// signed.
    Attestation(JwtPart, ClaimsPath),
    /// `client_attestation.header.PATH`, `client_attestation.claims.PATH`: in the attestation of
    /// the client, before it is signed.
    ClientAttestation(JwtPart, ClaimsPath),
    /// `client_attestation_pop.header.PATH`, `client_attestation_pop.claims.PATH`: in the proof
    /// that goes with it, before it is signed.
    ClientProof(JwtPart, ClaimsPath),
    /// `client_assertion.header.PATH`, `client_assertion.claims.PATH`: in the client's assertion,
    /// before it is signed.
    ClientAssertion(JwtPart, ClaimsPath),
    /// `authorization.scheme`: the scheme that the access token is sent with.
    Scheme,
    /// `authorization.token`: the access token.
    Token,
    /// `method`: the HTTP method.
    Method,
}

/// A part of a JWT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JwtPart {
    /// The protected header.
    Header,
    /// The claims.
    Claims,
}

/// A place in an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// `status`
    Status,
    /// `header.NAME`
    Header(String),
    /// `body.PATH`
    Body(ClaimsPath),
}

/// How the places of a request are written.
pub(super) const PLACES: &[&str] = &[
    "form.NAME",
    "body.PATH",
    "header.NAME",
    "query.NAME",
    "proof.header.PATH",
    "proof.claims.PATH",
    "dpop.header.PATH",
    "dpop.claims.PATH",
    "attestation.header.PATH",
    "attestation.claims.PATH",
    "client_attestation.header.PATH",
    "client_attestation.claims.PATH",
    "client_attestation_pop.header.PATH",
    "client_attestation_pop.claims.PATH",
    "client_assertion.header.PATH",
    "client_assertion.claims.PATH",
    "authorization.scheme",
    "authorization.token",
    "method",
];

/// Header fields that the client writes by itself.
const NOT_OURS: &[&str] =
    &["host", "content-length", "transfer-encoding", "connection", "traceparent", "user-agent"];

impl Place {
    /// Reads a place.
    pub fn parse(text: &str) -> Result<Self, String> {
        let unknown = || format!("expected a place in a request, found {text:?}");
        let path = |text: &str| ClaimsPath::parse(text).map_err(|error| error.to_string());
        let jwt = |rest: &str| {
            let (part, rest) = rest.split_once('.').ok_or_else(unknown)?;
            let part = match part {
                "header" => JwtPart::Header,
                "claims" => JwtPart::Claims,
                _ => return Err(unknown()),
            };
            Ok((part, path(rest)?))
        };
        match text.split_once('.') {
            None if text == "method" => Ok(Self::Method),
            Some(("authorization", "scheme")) => Ok(Self::Scheme),
            Some(("authorization", "token")) => Ok(Self::Token),
            Some(("form", name)) if !name.is_empty() => Ok(Self::Form(name.to_owned())),
            Some(("query", name)) if !name.is_empty() => Ok(Self::Query(name.to_owned())),
            Some(("header", name)) => field(name).map(Self::Header),
            Some(("body", rest)) => path(rest).map(Self::Body),
            Some(("proof", rest)) => jwt(rest).map(|(part, path)| Self::Proof(part, path)),
            Some(("dpop", rest)) => jwt(rest).map(|(part, path)| Self::Dpop(part, path)),
            Some(("attestation", rest)) => {
                jwt(rest).map(|(part, path)| Self::Attestation(part, path))
            }
            Some(("client_attestation", rest)) => {
                jwt(rest).map(|(part, path)| Self::ClientAttestation(part, path))
            }
            Some(("client_attestation_pop", rest)) => {
                jwt(rest).map(|(part, path)| Self::ClientProof(part, path))
            }
            Some(("client_assertion", rest)) => {
                jwt(rest).map(|(part, path)| Self::ClientAssertion(part, path))
            }
            _ => Err(unknown()),
        }
    }

    /// The endpoints whose requests can be tampered with.
    pub(super) const ANYWHERE: &[Station] = &[
        Station::Token,
        Station::Nonce,
        Station::Credential,
        Station::Deferred,
        Station::Notification,
    ];

    /// The endpoints whose requests have such a place.
    pub fn stations(&self) -> &'static [Station] {
        match self {
            Self::Form(_)
            | Self::ClientAttestation(..)
            | Self::ClientProof(..)
            | Self::ClientAssertion(..) => &[Station::Token],
            Self::Proof(..) | Self::Attestation(..) => &[Station::Credential],
            Self::Body(_) | Self::Scheme | Self::Token => {
                &[Station::Credential, Station::Deferred, Station::Notification]
            }
            Self::Dpop(..) => {
                &[Station::Token, Station::Credential, Station::Deferred, Station::Notification]
            }
            Self::Header(_) | Self::Query(_) | Self::Method => Self::ANYWHERE,
        }
    }
}

impl Source {
    /// Reads a place.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.split_once('.') {
            None if text == "status" => Ok(Self::Status),
            Some(("header", name)) if !name.is_empty() => Ok(Self::Header(name.to_owned())),
            Some(("body", rest)) => {
                ClaimsPath::parse(rest).map(Self::Body).map_err(|error| error.to_string())
            }
            _ => Err(format!("expected status, header.NAME or body.PATH, found {text:?}")),
        }
    }
}

/// The name of a header field, in small letters.
fn field(name: &str) -> Result<String, String> {
    let name = name.to_ascii_lowercase();
    if NOT_OURS.contains(&name.as_str()) {
        return Err(format!("{name} is written by the HTTP client and cannot be changed"));
    }
    match is_field_name(&name) {
        true => Ok(name),
        false => Err(format!("expected the name of a header field, found {name:?}")),
    }
}

/// Whether a text is a token of RFC 9110, 5.6.2.
pub(super) fn is_field_name(name: &str) -> bool {
    let is_part = |octet: u8| octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&octet);
    !name.is_empty() && name.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read() {
        for text in [
            "form.pre-authorized_code",
            "body.credential_configuration_id",
            "header.X-Test",
            "query.a",
            "proof.header.typ",
            "proof.claims.cnf.jwk",
            "dpop.claims.htu",
            "authorization.scheme",
            "method",
        ] {
            assert!(Place::parse(text).is_ok(), "{text}");
        }
        for text in ["", "form", "form.", "proof.aud", "header.host", "header.a b", "dpop.claims."]
        {
            assert!(Place::parse(text).is_err(), "{text}");
        }
        assert!(Source::parse("body.c_nonce").is_ok() && Source::parse("c_nonce").is_err());
    }
}

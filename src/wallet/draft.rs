//! A request before it is sent: its parts still open, so that one of them can be made wrong.

use std::borrow::Cow;

use serde_json::{Value, json};
use url::Url;

use crate::jose::JwtDraft;
use crate::transcript::{Headers, Station};

/// A request of the wallet, not yet signed and not yet written out.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Where it goes.
    pub station: Station,
    /// The HTTP method.
    pub method: Cow<'static, str>,
    /// The endpoint.
    pub url: Url,
    /// Further header fields. One that would be written anyway is written like this.
    pub headers: Headers,
    /// Header fields that are not written though they should be, in small letters.
    pub left_out: Vec<String>,
    /// The content, without key proofs.
    pub content: Content,
    /// The access token and the scheme it is sent with.
    pub authorization: Option<Authorization>,
    /// The DPoP proof.
    pub dpop: Option<Proof>,
    /// The key proofs; none at all leaves `proofs` out.
    pub key_proofs: Vec<JwtDraft>,
}

/// The content of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// No content.
    Empty,
    /// `application/x-www-form-urlencoded`, repeated names allowed.
    Form(Vec<(String, String)>),
    /// `application/json`.
    Json(Value),
    /// `application/json` in name only.
    Text(String),
}

/// An access token with its scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// `Bearer` or `DPoP`.
    pub scheme: Cow<'static, str>,
    /// The access token.
    pub token: String,
}

/// A DPoP proof: still open, or as it was sent before.
#[derive(Clone, Debug)]
pub enum Proof {
    /// To be signed.
    Open(Box<JwtDraft>),
    /// Already on the wire once.
    Sent(String),
}

/// A request as it goes on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Ready {
    /// Where it goes.
    pub station: Station,
    /// The HTTP method.
    pub method: Cow<'static, str>,
    /// The URL.
    pub url: Url,
    /// The header fields.
    pub headers: Headers,
    /// The content.
    pub body: String,
}

impl Draft {
    /// A POST without content to an endpoint.
    pub fn post(station: Station, url: Url) -> Self {
        Self {
            station,
            method: "POST".into(),
            url,
            headers: Headers::default(),
            left_out: Vec::new(),
            content: Content::Empty,
            authorization: None,
            dpop: None,
            key_proofs: Vec::new(),
        }
    }

    /// The form fields; nothing happens on a request that has none.
    pub fn form(&mut self) -> Option<&mut Vec<(String, String)>> {
        match &mut self.content {
            Content::Form(fields) => Some(fields),
            _ => None,
        }
    }

    /// The DPoP proof that is still to be signed.
    pub fn open_dpop(&mut self) -> Option<&mut JwtDraft> {
        match &mut self.dpop {
            Some(Proof::Open(draft)) => Some(draft),
            _ => None,
        }
    }

    /// Whether the request will have that header field, given in small letters.
    pub fn writes_header(&self, name: &str) -> bool {
        let by_itself = match name {
            "accept" => true,
            "authorization" => self.authorization.is_some(),
            "dpop" => self.dpop.is_some(),
            "content-type" => self.content != Content::Empty,
            _ => false,
        };
        (by_itself || self.headers.get(name).is_some())
            && !self.left_out.iter().any(|out| out == name)
    }

    /// Signs what is to be signed and writes everything out.
    pub fn ready(self) -> Ready {
        let mut headers = self.headers;
        let mut write = |name: &str, value: String| {
            if headers.get(name).is_none() && !self.left_out.iter().any(|out| out == name) {
                headers.push(name, value);
            }
        };
        write("accept", "application/json".into());
        if let Some(authorization) = &self.authorization {
            let Authorization { scheme, token } = authorization;
            write("authorization", format!("{scheme} {token}"));
        }
        match self.dpop {
            Some(Proof::Open(draft)) => write("dpop", draft.compact()),
            Some(Proof::Sent(compact)) => write("dpop", compact),
            None => {}
        }
        let body = match self.content {
            Content::Empty => String::new(),
            Content::Form(fields) => {
                write("content-type", "application/x-www-form-urlencoded".into());
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
            }
            Content::Json(mut json) => {
                write("content-type", "application/json".into());
                if let (Some(object), false) = (json.as_object_mut(), self.key_proofs.is_empty()) {
                    let jwts: Vec<String> = self.key_proofs.iter().map(JwtDraft::compact).collect();
                    object.insert("proofs".into(), json!({ "jwt": jwts }));
                }
                json.to_string()
            }
            Content::Text(text) => {
                write("content-type", "application/json".into());
                text
            }
        };
        Ready { station: self.station, method: self.method, url: self.url, headers, body }
    }
}

//! Why a request is refused, and how the refusal is said: as a JSON error or as a challenge.

use axum::http::{HeaderValue, StatusCode, header};
use serde_json::json;

use crate::{
    algorithm::{self, Algorithm},
    answer::Answer,
};

/// An authentication scheme that the credential endpoint knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// RFC 6750.
    Bearer,
    /// RFC 9449.
    Dpop,
}

/// A refusal: a status, an error code, and where the code is put.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    code: Option<&'static str>,
    description: &'static str,
    /// Schemes to challenge with; none makes it a JSON error.
    schemes: &'static [Scheme],
    /// A DPoP nonce to go with it.
    dpop_nonce: Option<String>,
    /// The method that would have been right.
    allow: Option<&'static str>,
}

impl Refusal {
    /// A JSON error with status 400 (RFC 6749, section 5.2; OpenID4VCI, section 8.3.1.2).
    ///
    /// The description must keep to printable ASCII without `"` and `\`.
    pub fn bad_request(code: &'static str, description: &'static str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code: Some(code),
            description,
            schemes: &[],
            dpop_nonce: None,
            allow: None,
        }
    }

    /// A challenge without an error code: the request carried no credentials (RFC 6750, section 3.1).
    pub fn unauthenticated(schemes: &'static [Scheme]) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            code: None,
            description: "",
            schemes,
            dpop_nonce: None,
            allow: None,
        }
    }

    /// A challenge with an error code (RFC 6750, section 3; RFC 9449, section 7.1).
    pub fn challenge(status: StatusCode, scheme: Scheme, code: &'static str) -> Self {
        let schemes: &[Scheme] = match scheme {
            Scheme::Bearer => &[Scheme::Bearer],
            Scheme::Dpop => &[Scheme::Dpop],
        };
        Self { status, code: Some(code), description: "", schemes, dpop_nonce: None, allow: None }
    }

    /// A method that the endpoint does not take (RFC 9110, section 15.5.6).
    pub fn wrong_method(allow: &'static str) -> Self {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Self { status, allow: Some(allow), ..Self::unauthenticated(&[]) }
    }

    /// A body over the limit, without a body of its own (RFC 9110, section 15.5.14).
    pub fn too_large() -> Self {
        Self { status: StatusCode::PAYLOAD_TOO_LARGE, ..Self::unauthenticated(&[]) }
    }

    /// What a fault answers in place of a refusal, or an impossible failure of the issuer's own.
    pub fn crash() -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            ..Self::bad_request("server_error", "the issuer met an internal error")
        }
    }

    /// The same refusal, handing out a DPoP nonce.
    pub fn with_nonce(mut self, nonce: String) -> Self {
        self.dpop_nonce = Some(nonce);
        self
    }

    /// The same refusal under another status and code, as a JSON error.
    pub fn answering(mut self, status: u16, code: &'static str) -> Self {
        self.status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        self.code = Some(code);
        self.schemes = &[];
        self
    }

    /// The answer that says so; never cacheable. A challenge for DPoP names these algorithms.
    pub fn into_answer(self, algorithms: &[Algorithm]) -> Answer {
        let mut answer = match self.code {
            Some(code) if self.schemes.is_empty() => {
                let body = json!({"error": code, "error_description": self.description});
                Answer::json(self.status, body)
            }
            _ => Answer::empty(self.status),
        };
        for scheme in self.schemes {
            let challenge = challenge(*scheme, self.code, algorithms);
            if let Ok(value) = HeaderValue::try_from(challenge) {
                answer.headers.append(header::WWW_AUTHENTICATE, value);
            }
        }
        if let Some(method) = self.allow {
            answer = answer.set(header::ALLOW, method);
        }
        if let Some(value) = self.dpop_nonce.and_then(|nonce| HeaderValue::try_from(nonce).ok()) {
            answer.headers.insert("dpop-nonce", value);
        }
        answer.uncacheable()
    }
}

fn challenge(scheme: Scheme, code: Option<&str>, algorithms: &[Algorithm]) -> String {
    let error = code.map(|code| format!(", error=\"{code}\"")).unwrap_or_default();
    match scheme {
        Scheme::Bearer => format!("Bearer realm=\"credentials\"{error}"),
        Scheme::Dpop => {
            format!("DPoP algs=\"{}\"{error}", algorithm::names(algorithms).join(" "))
        }
    }
}

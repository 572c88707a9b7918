//! An answer before it is written: still open to a fault, and cheap when there is none.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};

/// One outgoing answer.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// Header fields.
    pub headers: HeaderMap,
    body: Content,
}

#[derive(Debug)]
enum Content {
    Empty,
    /// JSON written once, at start.
    Prepared(Bytes),
    Json(Value),
    Text(String),
}

impl Answer {
    /// A JSON answer.
    pub fn json(status: StatusCode, body: Value) -> Self {
        Self::with(status, Content::Json(body)).typed("application/json")
    }

    /// A 200 answer of JSON that was written at start.
    pub fn prepared(body: &Bytes) -> Self {
        Self::with(StatusCode::OK, Content::Prepared(body.clone())).typed("application/json")
    }

    /// An answer without a body.
    pub fn empty(status: StatusCode) -> Self {
        Self::with(status, Content::Empty)
    }

    /// Forbids caches to keep it.
    pub fn uncacheable(self) -> Self {
        self.set(header::CACHE_CONTROL, "no-store")
    }

    /// Names its media type.
    pub fn typed(mut self, media_type: &'static str) -> Self {
        self.retype(media_type);
        self
    }

    /// Replaces its body by text.
    pub fn replace_by_text(&mut self, body: String) {
        self.body = Content::Text(body);
    }

    /// Replaces its media type.
    pub fn retype(&mut self, media_type: &'static str) {
        let media_type = HeaderValue::from_static(media_type);
        self.headers.insert(header::CONTENT_TYPE, media_type);
    }

    /// Sets a header field, whatever it was before.
    pub fn set(mut self, name: HeaderName, value: &'static str) -> Self {
        self.put(name, value);
        self
    }

    /// Puts a header field, whatever it was before.
    pub fn put(&mut self, name: HeaderName, value: &'static str) {
        self.headers.insert(name, HeaderValue::from_static(value));
    }

    /// The JSON object in the body, if that is what the body is.
    pub fn object(&mut self) -> Option<&mut Map<String, Value>> {
        if let Content::Prepared(text) = &self.body {
            self.body = Content::Json(serde_json::from_slice(text).ok()?);
        }
        match &mut self.body {
            Content::Json(Value::Object(object)) => Some(object),
            _ => None,
        }
    }

    fn with(status: StatusCode, body: Content) -> Self {
        Self { status, headers: HeaderMap::new(), body }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let body = match self.body {
            Content::Empty => Body::empty(),
            Content::Prepared(text) => Body::from(text),
            Content::Json(value) => Body::from(serde_json::to_vec(&value).unwrap_or_default()),
            Content::Text(text) => Body::from(text),
        };
        (self.status, self.headers, body).into_response()
    }
}

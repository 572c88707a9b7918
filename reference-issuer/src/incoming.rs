//! A request as the handlers see it: bounded, and read without judgement.

use std::borrow::Cow;

use axum::{
    body::{Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
};
use url::form_urlencoded;

use crate::{refusal::Refusal, station::Station};

/// Largest request body, in bytes; fifty key proofs take about forty thousand.
const LARGEST_BODY: usize = 512 * 1024;

/// One request.
#[derive(Debug)]
pub struct Incoming {
    /// What was asked for.
    pub station: Station,
    /// Request method; case matters.
    pub method: String,
    /// The last segment of the path.
    pub name: String,
    /// Header fields.
    pub headers: HeaderMap,
    /// Request body.
    pub body: Bytes,
    query: Option<String>,
}

impl Incoming {
    /// Takes in the whole request, refusing a body over the limit.
    pub async fn read(station: Station, request: Request) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, LARGEST_BODY).await.map_err(|_| Refusal::too_large())?;
        let path = parts.uri.path();
        Ok(Self {
            station,
            method: parts.method.to_string(),
            name: path.rsplit('/').next().unwrap_or_default().to_owned(),
            query: parts.uri.query().map(str::to_owned),
            headers: parts.headers,
            body,
        })
    }

    /// The same request with the JSON that was encrypted in it.
    pub fn with_json(&self, text: Vec<u8>) -> Self {
        let mut headers = self.headers.clone();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Self {
            station: self.station,
            method: self.method.clone(),
            name: self.name.clone(),
            headers,
            body: Bytes::from(text),
            query: self.query.clone(),
        }
    }

    /// The values of a header field; one that is not ASCII reads as empty.
    pub fn header(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default())
    }

    /// Whether the media type of the body is this one, parameters aside.
    pub fn is_of_type(&self, media_type: &str) -> bool {
        let mut values = self.header(header::CONTENT_TYPE.as_str());
        let own = values.next().unwrap_or_default();
        let own = own.split(';').next().unwrap_or_default().trim();
        own.eq_ignore_ascii_case(media_type) && values.next().is_none()
    }

    /// The form parameters in order: of the body, or of a GET.
    pub fn form(&self) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
        match self.query.as_deref().filter(|_| self.method == "GET") {
            Some(query) => form_urlencoded::parse(query.as_bytes()).collect(),
            None => form_urlencoded::parse(&self.body).collect(),
        }
    }

    /// Whether the address has a query.
    pub fn has_query(&self) -> bool {
        self.query.is_some()
    }

    /// A query parameter.
    pub fn query(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_deref()?.as_bytes())
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.into_owned())
    }
}

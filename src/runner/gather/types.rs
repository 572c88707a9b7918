//! The metadata of the credentials' types, and of the types that those extend (SD-JWT VC,
//! Retrieving Type Metadata).

use serde_json::Value;
use url::Url;

use super::{Gathered, MOST_DOCUMENTS, named};
use crate::protocol::TypeMetadata;
use crate::transcript::{Station, Transcript};
use crate::wallet::{Document, Http};

impl Gathered {
    /// Fetches each `vct` that is a URL and what it extends, as long as there is something new
    /// and not too much of it.
    pub(super) async fn types(
        &self,
        transcript: &mut Transcript,
        http: &Http,
        own: &[String],
        allowed: &[String],
    ) {
        let mut fetched: Vec<Url> = Vec::new();
        for vct in named(transcript, |opened| opened.vct()) {
            let mut next = location(&vct, http);
            while let Some(url) = next {
                if fetched.len() == MOST_DOCUMENTS || fetched.contains(&url) {
                    break;
                }
                fetched.push(url.clone());
                let metadata = Document::at(Station::TypeMetadata, url);
                let found = self.fetch(transcript, http, metadata, own, allowed).await;
                next = found.as_ref().and_then(|json| extended(json, http));
            }
        }
    }
}

fn extended(json: &Value, http: &Http) -> Option<Url> {
    location(TypeMetadata::new(json).extends()?, http)
}

fn location(vct: &str, http: &Http) -> Option<Url> {
    TypeMetadata::location(vct, |url| http.allows(url))
}

//! A look at the issuer: its metadata and that of its Authorization Server, read as a wallet reads
//! them, in bounded time. What cannot be found out is no reason to stop.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::runner::Knowledge;
use crate::scenario::Scenario;
use crate::transcript::Ending;
use crate::wallet::{Drive, Http, HttpOptions, Identity, drive};

/// The longest that one answer is waited for.
const ONE_ANSWER: Duration = Duration::from_secs(10);
/// The longest that the whole look takes.
const EVERYTHING: Duration = Duration::from_secs(45);

/// What an issuer says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The Credential Issuer Metadata.
    pub issuer: Option<Value>,
    /// The Authorization Server Metadata.
    pub server: Option<Value>,
    /// Why something is missing.
    pub obstacle: Option<String>,
}

/// The options of a client for looking around.
pub fn bounded(options: HttpOptions) -> HttpOptions {
    HttpOptions {
        timeout: options.timeout.min(ONE_ANSWER),
        connect_timeout: options.connect_timeout.min(ONE_ANSWER),
        ..options
    }
}

/// Looks at an issuer.
pub async fn at(identifier: &str, http: Arc<Http>) -> Found {
    let with = Drive {
        credential_issuer: Some(identifier.to_owned()),
        ..Drive::new(http, Arc::new(Identity::fleeting()))
    };
    let Ok(transcript) =
        tokio::time::timeout(EVERYTHING, drive(&Scenario::look(false), &with)).await
    else {
        let seconds = EVERYTHING.as_secs();
        let obstacle = Some(format!("no answer within {seconds} seconds"));
        return Found { obstacle, ..Found::default() };
    };
    let known = Knowledge::of(Some(identifier.to_owned())).with(&transcript);
    let obstacle = match transcript.ending {
        Ending::Stopped { why, .. } | Ending::Failed { why } => Some(why),
        _ => None,
    };
    Found { issuer: known.issuer, server: known.server, obstacle }
}

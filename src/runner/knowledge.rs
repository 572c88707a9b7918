//! What is known of an issuer before a scenario starts.

use serde_json::Value;

use crate::protocol::{AsMetadata, CredentialOffer};
use crate::transcript::{Station, Transcript};

/// The issuer and its documents, as far as they have been seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Knowledge {
    /// The Credential Issuer Identifier, given or named by an offer.
    pub identifier: Option<String>,
    /// The Credential Issuer Metadata.
    pub issuer: Option<Value>,
    /// The Authorization Server Metadata.
    pub server: Option<Value>,
}

impl Knowledge {
    /// What is known of an issuer that was named and not yet asked.
    pub fn of(identifier: Option<String>) -> Self {
        Self { identifier, ..Self::default() }
    }

    /// What a transcript adds to it.
    pub fn with(self, transcript: &Transcript) -> Self {
        let objects = |station| -> Vec<Value> {
            transcript
                .at(station)
                .filter_map(|exchange| exchange.answer())
                .filter(|answer| answer.is_success())
                .filter_map(|answer| answer.body.json())
                .filter(Value::is_object)
                .collect()
        };
        let servers = objects(Station::AsMetadata);
        let servers: Vec<&Value> = servers.iter().collect();
        let offered = || {
            let objects = transcript.offers.iter().filter_map(|offer| offer.object.as_ref());
            let mut named =
                objects.filter_map(|offer| CredentialOffer::new(offer).credential_issuer());
            named.next().map(str::to_owned)
        };
        Self {
            identifier: self.identifier.or_else(offered),
            issuer: objects(Station::IssuerMetadata).pop().or(self.issuer),
            server: AsMetadata::preferred(&servers).cloned().or(self.server),
        }
    }
}

//! Every status list entry that was handed out in a run, in the order of the answers of each
//! scenario.

use crate::checks::Finding;
use crate::formats::{StatusReference, status_claim};
use crate::protocol::CredentialResponse;
use crate::transcript::{Run, Station};

/// An entry, and who was given it.
pub struct Entry {
    /// Id of the scenario.
    pub scenario: String,
    /// Number of the exchange.
    pub exchange: u32,
    /// The credential.
    pub credential: String,
    /// Where its status is.
    pub reference: StatusReference,
}

impl Entry {
    /// Where it was seen, in words.
    pub fn place(&self) -> String {
        format!("{}, exchange {}", self.scenario, self.exchange)
    }
}

/// Every entry; a finding where there are not as many as it takes.
pub fn all(run: &Run, least: usize, otherwise: &'static str) -> Result<Vec<Entry>, Finding> {
    let mut entries = Vec::new();
    let mut credentials = 0;
    for transcript in &run.transcripts {
        let answers = transcript
            .exchanges
            .iter()
            .filter(|exchange| matches!(exchange.station, Station::Credential | Station::Deferred));
        for exchange in answers {
            let Some(json) = exchange.answer().and_then(|answer| answer.said().json()) else {
                continue;
            };
            for credential in CredentialResponse::new(&json).credentials() {
                credentials += 1;
                let Some(status) = status_claim(credential) else { continue };
                let Ok(reference) = StatusReference::read(&status) else { continue };
                entries.push(Entry {
                    scenario: transcript.scenario.clone(),
                    exchange: exchange.number,
                    credential: credential.to_owned(),
                    reference,
                });
            }
        }
    }
    match (credentials, entries.len()) {
        (0, _) => Err(Finding::Silent(super::NO_CREDENTIAL)),
        (_, 0) => Err(Finding::Exempt(super::NO_LIST)),
        (_, count) if count < least => Err(Finding::Exempt(otherwise)),
        _ => Ok(entries),
    }
}

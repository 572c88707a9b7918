//! The credentials of a whole run, for what only many of them together can show. They are taken
//! apart and not verified: that is each scenario's matter.

use std::collections::HashSet;

use crate::formats::SdJwt;
use crate::protocol::CredentialResponse;
use crate::transcript::Run;

/// An SD-JWT and where it came.
pub struct Seen {
    /// Place of its scenario in the run.
    pub transcript: usize,
    /// The SD-JWT.
    pub sd_jwt: SdJwt,
}

/// The SD-JWTs that untampered requests were granted, each once.
pub fn sd_jwts(run: &Run) -> Vec<Seen> {
    let mut texts = HashSet::new();
    let mut seen = Vec::new();
    for (transcript, one) in run.transcripts.iter().enumerate() {
        for exchange in one.at_issuance() {
            let answer = exchange.answer().filter(|answer| answer.is_success());
            let honest = exchange.tamper.is_none() && !exchange.superseded;
            let Some(json) = answer.filter(|_| honest).and_then(|answer| answer.said().json())
            else {
                continue;
            };
            for text in CredentialResponse::new(&json).credentials() {
                if text.contains('~')
                    && texts.insert(text.to_owned())
                    && let Ok(sd_jwt) = SdJwt::open(text)
                {
                    seen.push(Seen { transcript, sd_jwt });
                }
            }
        }
    }
    seen
}

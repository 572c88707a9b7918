//! Token requests by the pre-authorized code that they try to redeem.

use crate::checks::{Answered, Scene};
use crate::transcript::{Exchange, Station};

/// Everything that was tried with one code, in the order of sending.
pub(super) struct Redemption<'s> {
    /// Each request that got an answer; tampered and superseded ones too.
    pub(super) attempts: Vec<Answered<'s>>,
    code: String,
}

impl<'s> Redemption<'s> {
    /// The attempts that were answered with an access token.
    pub(super) fn successes(&self) -> impl Iterator<Item = &Answered<'s>> {
        self.attempts.iter().filter(|attempt| yields_token(attempt))
    }
}

/// The attempts of a scenario, by code.
pub(super) fn redemptions<'s>(scene: &'s Scene<'_>) -> Vec<Redemption<'s>> {
    let mut redemptions: Vec<Redemption<'s>> = Vec::new();
    for attempt in scene.answered() {
        if attempt.exchange.station != Station::Token {
            continue;
        }
        let Some(code) = sent_code(attempt.exchange) else {
            continue;
        };
        match redemptions.iter_mut().find(|known| known.code == code) {
            Some(known) => known.attempts.push(attempt),
            None => redemptions.push(Redemption { attempts: vec![attempt], code }),
        }
    }
    redemptions
}

/// The `pre-authorized_code` that a token request sent.
pub(super) fn sent_code(exchange: &Exchange) -> Option<String> {
    exchange.form_value("pre-authorized_code")
}

/// Whether an answer hands over an access token, whatever else it says.
pub(super) fn yields_token(attempt: &Answered<'_>) -> bool {
    attempt.member("access_token").is_some()
}

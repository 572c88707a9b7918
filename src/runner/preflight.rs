//! What keeps a whole run from judging anything: found with the first scenario and the first
//! offer, so that the rest is not tried in vain. Nothing is sent for it that would not be sent
//! anyway, and no offer is spent.

use crate::offers::OfferError;
use crate::scenario::Scenario;
use crate::transcript::{Ending, Transcript};
use crate::wallet::LACKS_TX_CODE;

/// Something that everything else depends on and that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// No answer came from the issuer, only failures below HTTP.
    Unreachable {
        /// The last failure in words.
        why: String,
    },
    /// The first offer could not be had.
    NoOffer {
        /// The source's words.
        why: String,
        /// Whether the configuration has to change for it.
        is_configuration: bool,
    },
}

impl Obstacle {
    /// The obstacle that the first scenario met: it asked and nothing at all was answered, or its
    /// offer turned out to be one that cannot be redeemed.
    pub(super) fn met_by(transcript: &Transcript) -> Option<Self> {
        let answered = transcript.exchanges.iter().any(|exchange| exchange.answer().is_some());
        match &transcript.ending {
            Ending::Failed { why } if why == LACKS_TX_CODE => {
                Some(Self::NoOffer { why: why.clone(), is_configuration: true })
            }
            Ending::Failed { why } if !answered && !transcript.exchanges.is_empty() => {
                Some(Self::Unreachable { why: why.clone() })
            }
            _ => None,
        }
    }

    /// The obstacle that a source is which gives no offer.
    pub(super) fn of(error: &OfferError) -> Self {
        Self::NoOffer { why: in_words(error), is_configuration: error.is_configuration() }
    }

    /// How a scenario ends that would have been run; none where the obstacle is none for it.
    pub(super) fn ends(&self, scenario: &Scenario) -> Option<Ending> {
        match self {
            Self::NoOffer { is_configuration: false, .. } if !scenario.uses_offers() => None,
            Self::Unreachable { why } | Self::NoOffer { why, .. } => {
                Some(Ending::Failed { why: why.clone() })
            }
        }
    }
}

/// Why there is no offer, in one line.
pub(super) fn in_words(error: &OfferError) -> String {
    error.to_string().replace("\n  | ", "; it said: ")
}

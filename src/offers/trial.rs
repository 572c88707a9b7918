//! The first offer of a run, taken before the run to see whether there are any, and kept for
//! whoever needs it first: offers are too dear to be thrown away.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{FreshOffer, Wanted};

/// An offer that waits for somebody, or none.
#[derive(Default)]
pub(super) struct Trial(Mutex<Option<Kept>>);

struct Kept {
    asked_for: Wanted,
    offer: FreshOffer,
}

impl Trial {
    /// Keeps an offer, and what its source was asked for.
    pub(super) fn keep(&self, asked_for: Wanted, offer: FreshOffer) {
        *self.kept() = Some(Kept { asked_for, offer });
    }

    /// Gives it to the first for whom this source would be asked for the same.
    pub(super) fn take(&self, source: &str, asked_for: &Wanted) -> Option<FreshOffer> {
        let same = |kept: &mut Kept| kept.offer.source == source && kept.asked_for == *asked_for;
        self.kept().take_if(same).map(|kept| kept.offer)
    }

    /// Whether an offer waits.
    pub(super) fn has_one(&self) -> bool {
        self.kept().is_some()
    }

    fn kept(&self) -> MutexGuard<'_, Option<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Trial {
    /// The offer is a secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Trial").field(&self.kept().is_some()).finish()
    }
}

//! How many offers a run has taken, and may take.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::OfferError;

/// A count of offers, with or without a limit (`--max-offers`).
#[derive(Debug, Default)]
pub struct Budget {
    limit: Option<usize>,
    taken: AtomicUsize,
}

impl Budget {
    /// No offers taken yet.
    pub fn new(limit: Option<usize>) -> Self {
        Self { limit, taken: AtomicUsize::new(0) }
    }

    /// The limit.
    pub fn limit(&self) -> Option<usize> {
        self.limit
    }

    /// How many offers were taken, or are being minted.
    pub fn taken(&self) -> usize {
        self.taken.load(Ordering::Acquire)
    }

    /// Counts one offer before it is minted, so that at no time more are under way than the
    /// limit allows.
    pub(super) fn reserve(&self) -> Result<(), OfferError> {
        let limit = self.limit.unwrap_or(usize::MAX);
        let below = |taken: usize| (taken < limit).then_some(taken + 1);
        match self.taken.fetch_update(Ordering::AcqRel, Ordering::Acquire, below) {
            Ok(_) => Ok(()),
            Err(_) => Err(OfferError::BudgetSpent { limit }),
        }
    }

    /// Takes one back that was not minted after all.
    pub(super) fn give_back(&self) {
        self.taken.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_holds_and_what_failed_does_not_count() {
        let budget = Budget::new(Some(1));
        assert!(budget.reserve().is_ok());
        assert!(matches!(budget.reserve(), Err(OfferError::BudgetSpent { limit: 1 })));
        budget.give_back();
        assert!(budget.reserve().is_ok());
        assert_eq!(budget.taken(), 1);
    }
}

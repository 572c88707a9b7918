//! Faults of deferred issuance.

use super::Fault;

pub(super) const FAULTS: &[Fault] = &[];

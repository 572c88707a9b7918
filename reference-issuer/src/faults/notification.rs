//! Faults of the notification endpoint.

use super::Fault;

pub(super) const FAULTS: &[Fault] = &[];

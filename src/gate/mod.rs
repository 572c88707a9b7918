//! What a judged run is held against before it is told: failures that are known, an earlier run,
//! the recorded snapshot of an issuer. Pure, like the judge.

mod baseline;
mod diff;

pub use baseline::{Baseline, Entry, Proposal, Suite, check_names, propose, reconcile, undecided};
pub use diff::{Change, Circumstance, Diff, DocumentDiff, MemberChange, diff};

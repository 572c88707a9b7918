//! The chain of certificates that comes with a signature: what holds, and what an anchor adds to it.

use crate::checks::Finding;
use crate::jose::chain::NOT_ANCHORED;
use crate::jose::{ChainReport, ChainStanding};

/// Whether the chain of a credential holds and ends in an anchor.
pub(in crate::checks) fn weigh(report: &ChainReport) -> Finding {
    weigh_or(report, || Finding::breaks("a certificate chain that holds", NOT_ANCHORED))
}

/// The same where it is for others to say what an end without an anchor means.
pub(in crate::checks) fn weigh_or(
    report: &ChainReport,
    not_anchored: impl FnOnce() -> Finding,
) -> Finding {
    match report.standing() {
        ChainStanding::Broken(faults) => {
            Finding::breaks("a certificate chain that holds", faults.join("; "))
        }
        ChainStanding::NotAnchored => not_anchored(),
        ChainStanding::Unverifiable => Finding::HoldsAsFar(
            "a certificate is signed with an algorithm that is not verified here".to_owned(),
        ),
        ChainStanding::HoldsInItself => {
            Finding::HoldsAsFar("the chain holds in itself; no trust anchor was given".to_owned())
        }
        ChainStanding::Anchored { .. } => Finding::Holds,
    }
}

//! What a judged run is held against before it is told: failures that are known, an earlier run,
//! the recorded snapshot of an issuer. Pure, like the judge.

mod baseline;
mod diff;
mod drift;
mod shape;
mod shapes;

use crate::checks;

pub use baseline::{Baseline, Entry, Proposal, Suite, check_names, propose, reconcile, undecided};
pub use diff::{Change, Circumstance, Diff, DocumentDiff, MemberChange, diff};

/// `check@endpoint` by today's id of the check, which may have had another one when the name was
/// written down.
fn current_name(name: &str) -> String {
    let (id, endpoint) = name.split_once('@').map_or((name, None), |(id, at)| (id, Some(at)));
    let id = checks::find(id).map_or(id, |check| check.id);
    match endpoint {
        Some(endpoint) => format!("{id}@{endpoint}"),
        None => id.to_owned(),
    }
}
pub use drift::{Comparison, drift};
pub use shape::Shape;
pub use shapes::{Reached, ScenarioShapes, Seen, Shapes, SnapshotError};

#[cfg(test)]
mod tests;

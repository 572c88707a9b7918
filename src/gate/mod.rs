//! What a judged run is held against before it is told: failures that are known, an earlier run,
//! the recorded snapshot of an issuer. Pure, like the judge.

mod drift;
mod shape;
mod shapes;

pub use drift::{Comparison, drift};
pub use shape::Shape;
pub use shapes::{Reached, ScenarioShapes, Seen, Shapes, SnapshotError};

#[cfg(test)]
mod tests;

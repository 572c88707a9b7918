//! What the author of a scenario expects, held against what the issuer answered.
//!
//! The one check that is not of the specification: it stands in no table of requirements, and in
//! a report only where a scenario expects something.

mod answer;
mod credential;
mod entry;
mod is_met;
mod value;

pub use is_met::EXPECTATION;
pub(super) use is_met::judge;

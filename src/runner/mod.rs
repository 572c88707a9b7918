//! Scenarios × wallet → transcripts: what is run, in which order, with which offers, and what
//! judging will need besides.

mod gather;
mod isolate;
mod knowledge;
mod needs;
mod orders;
mod outlook;
mod preflight;
mod run;
mod unmet;

pub use gather::gather_for;
pub use isolate::isolated;
pub use knowledge::Knowledge;
pub use needs::{Decision, wanted_by};
pub use outlook::{outlook, wishes, wishes_of};
pub use preflight::Obstacle;
pub use run::{Event, Plan, Progress, run};

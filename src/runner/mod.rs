//! Scenarios × wallet → transcripts: what is run, in which order, with which offers, and what
//! judging will need besides.

mod callbacks;
mod gather;
mod isolate;
mod needs;
mod orders;
mod preflight;
mod run;

pub use callbacks::Receiver;
pub use gather::gather_for;
pub use isolate::isolated;
pub use needs::{Decision, Knowledge, wanted_by};
pub use preflight::Obstacle;
pub use run::{Event, Plan, Progress, outlook, run, wishes, wishes_of};

//! Rules that hold at several stations.

pub(super) mod algorithms;
pub(super) mod certificate_chain;
pub(super) mod guessing;
pub(super) mod identifier;
pub(super) mod served;
pub(super) mod shape;
pub(super) mod well_known;

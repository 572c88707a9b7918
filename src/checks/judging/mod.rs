//! How a check is judged: what it is, whom it concerns, what its findings count, and the loop over all of them.

pub(super) mod applicability;
pub(super) mod check;
pub(super) mod edition;
pub(super) mod former;
pub(super) mod judge;
pub(super) mod judge_run;
pub(super) mod policy;
pub(super) mod profile;
pub(super) mod proves_nothing;
pub(super) mod ranking;
pub(super) mod refusal;
pub(super) mod selection;
pub(super) mod verdict;

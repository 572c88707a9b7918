//! The judge: one obligation is one small file, by station.
//!
//! A check's id is its path: `src/checks/nonce/is_uncacheable.rs` is `nonce/is-uncacheable`.
//! The framework in this folder loops over transcripts; a check only says what must hold of
//! what it is shown, and nothing here can wait, read a clock or open a socket.

mod applicability;
mod check;
mod edition;
mod expect;
mod guessing;
mod identifier;
mod issued;
mod judge;
mod judge_run;
mod policy;
mod profile;
mod proves_nothing;
mod refusal;
mod requested;
mod scene;
mod selection;
mod served;
mod shape;
#[cfg(test)]
mod staged_credentials;
#[cfg(test)]
mod staging;
mod verdict;
mod well_known;

pub mod offer;
pub mod issuer_metadata;
pub mod as_metadata;
pub mod token;
pub mod dpop;
pub mod nonce;
pub mod credential;
pub mod proof;
pub mod batch;
pub mod sd_jwt;
pub mod unlinkability;
pub mod http;
pub mod haip;
pub mod eaa_de;
pub mod requirements;

pub use applicability::Applies;
pub use check::{Anchor, Breach, Check, Finding, Judge, Level};
pub use edition::{EDITIONS, Edition, UnknownEdition};
pub use expect::EXPECTATION;
pub use issued::{Credential, Issued, Opened, OpenedSdJwt};
pub use judge::{Judgement, judge};
pub use policy::Policy;
pub use profile::{Profile, Profiles, UnknownProfile};
pub use refusal::{Acceptance, CodeIn, Control, Expectation, Refusal};
pub use requested::Requested;
pub use scene::{Answered, Scene};
pub use selection::{EXCLUDED, matches};
pub use verdict::{Outcome, Verdict};

/// Every check, by station, in the order of an issuance.
pub fn all() -> impl Iterator<Item = &'static Check> {
    STATIONS.iter().flat_map(|station| station.iter().copied())
}

/// Every check that a run can have verdicts on: those of the specification, and what the authors
/// of scenarios expect.
pub fn known() -> impl Iterator<Item = &'static Check> {
    all().chain([&EXPECTATION])
}

/// The check of that id, or formerly of that id.
pub fn find(id: &str) -> Option<&'static Check> {
    known().find(|check| check.is_called(id))
}

const STATIONS: &[&[&Check]] = &[
    offer::CHECKS,
    issuer_metadata::CHECKS,
    as_metadata::CHECKS,
    token::CHECKS,
    dpop::CHECKS,
    nonce::CHECKS,
    credential::CHECKS,
    proof::CHECKS,
    batch::CHECKS,
    sd_jwt::CHECKS,
    unlinkability::CHECKS,
    http::CHECKS,
    haip::CHECKS,
    eaa_de::CHECKS,
];

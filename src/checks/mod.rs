//! The judge: one obligation is one small file, by station.
//!
//! A check's id is its path: `src/checks/nonce/is_uncacheable.rs` is `nonce/is-uncacheable`.
//! A check only says what must hold of what it is shown, and nothing here can wait, read a clock or
//! open a socket. Beside the stations stand the rooms that all of them use: `judging` has the frame,
//! `shown` what a check is shown, `rules` what holds at several stations, and `staging` transcripts
//! made by hand.

mod expect;
mod judging;
mod rules;
mod shown;
#[cfg(test)]
pub(crate) mod staging;

pub mod offer;
pub mod issuer_metadata;
pub mod signed_metadata;
pub mod as_metadata;
pub mod token;
pub mod refresh;
pub mod revocation;
pub mod client_authentication;
pub mod dpop;
pub mod nonce;
pub mod connector;
pub mod credential;
pub mod proof;
pub mod key_attestation;
pub mod batch;
pub mod deferred;
pub mod notification;
pub mod encryption;
pub mod sd_jwt;
pub mod jwt_vc;
pub mod mdoc;
pub mod type_metadata;
pub mod status;
pub mod unlinkability;
pub mod http;
pub mod haip;
pub mod eaa_de;
pub mod requirements;

use judging::{
    applicability, check, edition, former, judge, judge_run, policy, profile, proves_nothing,
    ranking, refusal, selection, verdict,
};
use rules::{algorithms, certificate_chain, guessing, identifier, served, shape, well_known};
use shown::{issued, published, requested, scene, seen_credentials};

pub use applicability::Applies;
pub use check::{Anchor, Breach, Check, Finding, Judge, Level};
pub use edition::{EDITIONS, Edition, UnknownEdition};
pub use expect::EXPECTATION;
pub use former::Former;
pub use issued::{Credential, Issued, Opened, OpenedJwtVc, OpenedMdoc, OpenedSdJwt};
pub use issuer_metadata::fingerprint_of;
pub use judge::{Judgement, judge};
pub use policy::Policy;
pub use profile::{Profile, Profiles, UnknownProfile};
pub use published::{Attempt, PublishedList, ReadList};
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
    signed_metadata::CHECKS,
    as_metadata::CHECKS,
    token::CHECKS,
    refresh::CHECKS,
    revocation::CHECKS,
    client_authentication::CHECKS,
    dpop::CHECKS,
    nonce::CHECKS,
    credential::CHECKS,
    proof::CHECKS,
    key_attestation::CHECKS,
    batch::CHECKS,
    deferred::CHECKS,
    notification::CHECKS,
    encryption::CHECKS,
    sd_jwt::CHECKS,
    jwt_vc::CHECKS,
    mdoc::CHECKS,
    type_metadata::CHECKS,
    status::CHECKS,
    connector::CHECKS,
    unlinkability::CHECKS,
    http::CHECKS,
    haip::CHECKS,
    eaa_de::CHECKS,
];

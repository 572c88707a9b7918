//! The one value that flows: what a simulated wallet sent, what it received, and nothing that
//! anybody concluded from it.
//!
//! The wallet writes a [`Transcript`] per scenario, the runner gathers them into a [`Run`], the
//! checks read it. Two written forms exist: the *evidence* (complete, secret) and the *redacted*
//! projection that every report is made from.

mod body;
mod callback;
mod entitlement_change;
mod evidence;
mod exchange;
mod expectation;
mod offer;
mod redaction;
mod redirects;
mod run;
mod station;
mod status_change;
mod wallet;

pub use body::Body;
pub use callback::{Backend, Callback};
pub use entitlement_change::{EntitlementChange, Entitles};
pub use evidence::{EvidenceError, load, save};
pub use exchange::{Answer, Exchange, Failure, FailureKind, Headers, Received, Request, Tamper};
pub use expectation::{
    CredentialExpectation, Display, Expectation, NamedStatus, Status, StatusValue, StepExpectation,
    ValidFor, seconds,
};
pub(crate) use expectation::{OneOrMany, one_or_many};
pub use offer::{OfferForm, OfferRecord};
pub use redaction::{OpenedToken, Redactor, redact};
pub use run::{
    Elsewhere, Ending, INTERRUPTED, IS_SLOW, NO_OFFER_SOURCE, NO_SECOND_SUBJECT, NO_SECOND_TENANT,
    Provenance, Relaxation, Run, Skipped, TARGET_IS_PRODUCTION, Transcript,
};
pub use station::Station;
pub use status_change::{NewStatus, StatusChange};
pub use wallet::WalletRecord;

//! All transcripts of one call of the program, and where they come from.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Backend, EntitlementChange, Exchange, OfferRecord, Station, StatusChange, StepExpectation,
    WalletRecord,
};

/// The transcripts of a run, in the order of its scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Who ran what against whom.
    pub provenance: Provenance,
    /// One per scenario, those that did not run included.
    pub transcripts: Vec<Transcript>,
}

/// What [`Provenance::offer_source`] says of a run without one.
pub const NO_OFFER_SOURCE: &str = "no offer source";

/// Why a scenario is not run that leaves something behind, where the target is production: the
/// user's own choice.
pub const TARGET_IS_PRODUCTION: &str = "the target is production, and it leaves something behind";

/// Why a scenario is not run that waits for something to expire.
pub const IS_SLOW: &str = "it waits for something to expire: add --slow";

/// Why a scenario of two users is not run.
pub const NO_SECOND_SUBJECT: &str =
    "it needs offers for a second user: add an offer source with gives = { subject = \"other\" }";

/// Why a scenario of two issuers is not run.
pub const NO_SECOND_TENANT: &str =
    "it needs offers of a second issuer: add an offer source with gives = { tenant = \"other\" }";

/// Why what was still to come is not run after Ctrl-C or SIGTERM.
pub const INTERRUPTED: &str = "the run was interrupted";

/// Where a run comes from. Every report carries it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Version of the program.
    pub version: String,
    /// Commit it was built from, where known.
    pub commit: String,
    /// Identifier of the run, as sent in `traceparent`.
    pub run_id: String,
    /// The Credential Issuer Identifier under test.
    pub credential_issuer: String,
    /// Where fresh offers came from, in words, without secrets; [`NO_OFFER_SOURCE`] if there was
    /// none.
    pub offer_source: String,
    /// The `client_id` in use, none when anonymous.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Whether the wallet shows a certificate in TLS, to which tokens may be bound (RFC 8705).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub client_certificate: bool,
    /// What the user allowed beyond the specification.
    #[serde(default)]
    pub relaxations: Vec<Relaxation>,
    /// First request, on our clock.
    pub started_at: Timestamp,
    /// Last answer, on our clock.
    pub finished_at: Timestamp,
}

/// Something the user allowed that the specification does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relaxation {
    /// Plain http on a loopback address.
    LoopbackHttp,
    /// Plain http to this host.
    AllowHttp(String),
    /// Server certificates were not verified.
    Insecure,
    /// A further trust anchor for TLS.
    ExtraRoot(String),
    /// Requests that spend nothing were sent again after a failure below HTTP, up to so often.
    RetryTransport(u32),
}

/// What happened in one scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Transcript {
    /// Id of the scenario: its path without the ending.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// The checks it is there to exercise.
    pub aims: Vec<String>,
    /// What the author of the script expects of its answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expectations: Vec<StepExpectation>,
    /// The tampers of its script that could not be made against this issuer, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<Skipped>,
    /// What became of credentials at our request, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status_changes: Vec<StatusChange>,
    /// What became of entitlements at our request, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entitlement_changes: Vec<EntitlementChange>,
    /// Its chain of refusals broke, and each was tried again by itself: those transcripts follow
    /// and speak for the refusals.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub isolated: bool,
    /// How it ended.
    pub ending: Ending,
    /// The wallets that took part.
    pub wallets: Vec<WalletRecord>,
    /// The offers that were used.
    pub offers: Vec<OfferRecord>,
    /// Every exchange, in the order in which requests were sent.
    pub exchanges: Vec<Exchange>,
    /// What was asked of another issuer, to have something of it to show to this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Box<Elsewhere>>,
    /// What the operator's backend was told, where it was listened for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backend: Option<Box<Backend>>,
}

/// A look at another issuer, on which nobody is judged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Elsewhere {
    /// The offers of that issuer.
    pub offers: Vec<OfferRecord>,
    /// The exchanges with it, in the order in which requests were sent.
    pub exchanges: Vec<Exchange>,
}

impl Transcript {
    /// The exchanges at a station, tampered ones included.
    pub fn at(&self, station: Station) -> impl Iterator<Item = &Exchange> {
        self.exchanges.iter().filter(move |exchange| exchange.station == station)
    }

    /// The exchanges that may have brought credentials, at once or later, tampered ones included.
    pub fn at_issuance(&self) -> impl Iterator<Item = &Exchange> {
        self.at(Station::Credential).chain(self.at(Station::Deferred))
    }
}

/// A tamper that could not be made, because what it changes is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Name of the row in the table of tampers.
    pub tamper: String,
    /// Why, for example "the issuer has only one configuration".
    pub why: String,
}

/// How a scenario ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Every step of the script was taken.
    Completed,
    /// The wallet could not go on: the step and why.
    Stopped {
        /// The step, from 1; 0 before the first.
        step: u32,
        /// The cause, for example "no access_token in the token response".
        why: String,
    },
    /// The issuer could not be reached, or no offer could be had in the middle of the run.
    Failed {
        /// The cause in words.
        why: String,
    },
    /// What the scenario needs is not advertised or not part of the profile.
    NotApplicable {
        /// The reason in words.
        why: String,
    },
    /// It was not run: no offer source, excluded, or an impact that was not allowed.
    NotRun {
        /// The reason in words.
        why: String,
    },
}

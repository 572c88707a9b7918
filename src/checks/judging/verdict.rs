//! What the judge says.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::checks::Former;
use crate::transcript::Station;

/// A verdict on one check in one scenario, or on the run. Its key is
/// (check, endpoint, step, scenario): `dpop/refuses-wrong-htm@credential`,
/// `expect/is-met@token#2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Id of the check.
    pub check: &'static str,
    /// The endpoint, where one check judges the same tamper at several.
    pub endpoint: Option<Station>,
    /// The step of the script, from 1, where it is about what the script expects.
    pub step: Option<u32>,
    /// Id of the scenario; none for a verdict on the whole run.
    pub scenario: Option<String>,
    /// What it comes to.
    pub outcome: Outcome,
    /// What the specification asks for, of a breach.
    pub expected: Option<String>,
    /// What the issuer did, of a breach.
    pub actual: Option<String>,
    /// Why it could not be judged, or what bounds the observation.
    pub because: Option<String>,
    /// Numbers of the exchanges that show it.
    pub exchanges: Vec<u32>,
    /// Claims of a credential whose JSON stands in `actual`: a report tells their types only.
    pub claims: Vec<Value>,
    /// What explains it where the issuer speaks an older draft.
    pub former: Option<&'static Former>,
}

impl Verdict {
    /// `check@endpoint`, or `check@endpoint#step`: the part of the key that people type.
    pub fn name(&self) -> String {
        let endpoint = self.endpoint.map(|endpoint| format!("@{endpoint}")).unwrap_or_default();
        let step = self.step.map(|step| format!("#{step}")).unwrap_or_default();
        format!("{}{endpoint}{step}", self.check)
    }
}

/// The outcomes, in the order in which one outranks another: of several verdicts on one check
/// the greatest speaks for all. KNOWN, DRIFT and STALE are no judge's words: the gate says them,
/// which holds a judged run against what was written down before.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Rightly not judged: not advertised, or outside the profile.
    NotApplicable,
    /// Not run: no offer source, excluded, or an impact that was not allowed.
    NotRun,
    /// Judged, and it holds.
    Pass,
    /// It would be red or a warning, and the baseline says that this is known.
    Known,
    /// Judged; a deviation that counts for nothing.
    Note,
    /// Judged; a SHOULD or a derived rule is broken.
    Warn,
    /// What the issuer sends differs from its recorded snapshot.
    Drift,
    /// A known failure that passes, or an entry of the baseline that has expired.
    Stale,
    /// No evidence: the control did not get through, or the issuer throttled us.
    Inconclusive,
    /// A scenario that ran aimed at it and nothing could be judged.
    NotTestable,
    /// The issuer could not be reached, or the exchange failed below HTTP.
    Error,
    /// Judged; a MUST is broken.
    Fail,
}

impl Outcome {
    /// Whether this makes a run red.
    pub fn is_red(self) -> bool {
        self >= Self::Drift
    }

    /// The name as written in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotApplicable => "NOT APPLICABLE",
            Self::Pass => "PASS",
            Self::Known => "KNOWN",
            Self::Note => "NOTE",
            Self::NotRun => "NOT RUN",
            Self::Warn => "WARN",
            Self::Drift => "DRIFT",
            Self::Stale => "STALE",
            Self::Inconclusive => "INCONCLUSIVE",
            Self::NotTestable => "NOT TESTABLE",
            Self::Fail => "FAIL",
            Self::Error => "ERROR",
        }
    }
}

//! What changed, as it is told.

use serde::Serialize;

use crate::checks::Outcome;
use crate::report::Recorded;

/// A verdict that is not what it was, in one scenario or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `check@endpoint`, or what the gate calls its finding.
    pub name: String,
    /// The obligation in one sentence; none for a finding of the gate.
    pub obligation: Option<String>,
    /// What it was; none where the old run has no such verdict.
    pub was: Option<Outcome>,
    /// What it is; none where the new run has no such verdict.
    pub is: Option<Outcome>,
    /// The scenarios; empty for a verdict on the whole run.
    pub scenarios: Vec<String>,
    /// What was expected, of the run that has the breach.
    pub expected: Option<String>,
    /// What was found.
    pub actual: Option<String>,
    /// Why it could not be judged, or is let pass.
    pub because: Option<String>,
}

impl Change {
    /// Adds a change to a section, to one that differs in its scenario only where there is one.
    pub(super) fn into_section(self, section: &mut Vec<Self>) {
        let is_same = |other: &Self| {
            other.name == self.name
                && other.was == self.was
                && other.is == self.is
                && other.actual == self.actual
                && other.because == self.because
        };
        match section.iter().position(is_same).and_then(|at| section.get_mut(at)) {
            Some(same) => same.scenarios.extend(self.scenarios),
            None => section.push(self),
        }
    }
}

/// Something about the runs themselves that is not the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Circumstance {
    /// What it is.
    pub what: &'static str,
    /// What it was.
    pub old: String,
    /// What it is now.
    pub new: String,
}

/// In the order in which they explain what follows.
pub(super) fn circumstances(old: &Recorded, new: &Recorded) -> Vec<Circumstance> {
    let (old, new) = (&old.provenance, &new.provenance);
    let edition = |edition: &Option<String>| edition.clone().unwrap_or_else(|| "none".to_owned());
    let all = [
        ("issuer", old.credential_issuer.clone(), new.credential_issuer.clone()),
        ("version", old.version.clone(), new.version.clone()),
        ("profile", old.profiles.join(" + "), new.profiles.join(" + ")),
        ("edition", edition(&old.edition), edition(&new.edition)),
        ("policy", old.policy_digest.clone(), new.policy_digest.clone()),
    ];
    all.into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(what, old, new)| Circumstance { what, old, new })
        .collect()
}

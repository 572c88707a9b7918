//! `[[tamper]]`: what a script does wrong, or unusually, beside the rows of the table of tampers.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Action;
use super::place::Place;
use crate::transcript::Station;

/// A tamper of a script's own: parameters, header fields or claims that are set or removed.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnTamper {
    /// The name by which steps refer to it.
    pub name: String,
    /// What is wrong with the request, in words. Reports show it.
    #[serde(default)]
    pub says: Option<String>,
    /// The step whose request it changes; needed only where the places leave it open.
    #[serde(default)]
    pub at: Option<Action>,
    /// Places and what is put there: `form.X`, `body.X.Y`, `header.X`, `query.X`,
    /// `proof.header.X`, `proof.claims.X`, `dpop.header.X`, `dpop.claims.X`,
    /// `attestation.claims.X`, `client_attestation.claims.X`, `client_attestation_pop.claims.X`,
    /// `client_assertion.claims.X` (and `….header.X`), `authorization.scheme`,
    /// `authorization.token`, `method`.
    #[serde(default)]
    pub set: Map<String, Value>,
    /// Places that are left out. Where one is not there, the tamper is not made.
    #[serde(default)]
    pub remove: Vec<String>,
}

impl OwnTamper {
    /// Every place that it changes, as written.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.set.keys().chain(&self.remove).map(String::as_str)
    }

    /// The endpoints that it can be made at.
    pub fn stations(&self) -> Vec<Station> {
        let mut stations = Place::ANYWHERE.to_vec();
        if let Some(station) = self.at.and_then(Action::station) {
            stations.retain(|one| *one == station);
        }
        for place in self.places().filter_map(|text| Place::parse(text).ok()) {
            stations.retain(|station| place.stations().contains(station));
        }
        stations
    }

    /// What it does, in words.
    pub fn in_words(&self) -> String {
        if let Some(says) = &self.says {
            return says.clone();
        }
        let set = self.set.keys().map(|place| format!("{place} is set"));
        let removed = self.remove.iter().map(|place| format!("{place} is left out"));
        set.chain(removed).collect::<Vec<_>>().join(", ")
    }
}

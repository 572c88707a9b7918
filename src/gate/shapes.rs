//! The shapes of everything that an issuer said to honest requests, by scenario: what a snapshot
//! records.

mod written;

use std::collections::BTreeMap;

use crate::checks::{Policy, Requested, Scene};
use crate::protocol::{Deferral, is_loopback};
use crate::transcript::{Ending, Exchange, Run, Station, Transcript};

use super::shape::{Normaliser, Shape};

/// A snapshot, recorded or of this run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shapes {
    /// The issuer they were recorded of; none for one on this machine, which has another port
    /// every time.
    pub credential_issuer: Option<String>,
    /// By the id of the scenario.
    pub scenarios: BTreeMap<String, ScenarioShapes>,
}

/// What was seen in one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioShapes {
    /// How far it got.
    pub reached: Reached,
    /// Each shape once, by the name of what has it.
    pub seen: Vec<Seen>,
}

/// How far a scenario got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// To its end.
    TheEnd,
    /// To an answer that the wallet could not go on with.
    AHalt,
    /// Not to an answer: the issuer could not be reached, or there was no offer.
    NoAnswer,
}

/// A shape, and where it was seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The station, and for a credential its configuration: `credential pid`.
    pub name: String,
    /// The shape.
    pub shape: Shape,
    /// Numbers of the exchanges that have it; none in a recorded snapshot.
    pub exchanges: Vec<u32>,
}

/// Why a text is no snapshot.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// It is no TOML.
    #[error("expected a snapshot in TOML: {0}")]
    Toml(String),
    /// Made by another version of the program, or something else altogether.
    #[error("expected snapshot = {expected}, found {actual}: record it again with --update")]
    Version {
        /// The version that is read.
        expected: i64,
        /// What stands there.
        actual: String,
    },
    /// A scenario has a shape that is not in the file.
    #[error("scenario {scenario} has the shape {name:?}, and [shapes] has none of that name")]
    Missing {
        /// The scenario.
        scenario: String,
        /// The name.
        name: String,
    },
}

impl Shapes {
    /// What an issuer said to the honest requests of a run, with nothing in it that is secret,
    /// personal or new every time.
    pub fn of(run: &Run) -> Self {
        let normaliser = Normaliser::of(run);
        let policy = Policy::default();
        let scenarios = run.transcripts.iter().filter_map(|transcript| {
            let reached = match transcript.ending {
                Ending::Completed => Reached::TheEnd,
                Ending::Stopped { .. } => Reached::AHalt,
                Ending::Failed { .. } => Reached::NoAnswer,
                Ending::NotApplicable { .. } | Ending::NotRun { .. } => return None,
            };
            let scene = Scene::new(&run.provenance, transcript, &policy);
            let seen = seen(transcript, &scene, &normaliser);
            Some((transcript.scenario.clone(), ScenarioShapes { reached, seen }))
        });
        let identifier = &run.provenance.credential_issuer;
        let is_at_home = url::Url::parse(identifier).is_ok_and(|url| is_loopback(&url));
        Self {
            credential_issuer: (!is_at_home).then(|| identifier.clone()),
            scenarios: scenarios.collect(),
        }
    }

    /// Only the scenarios that came to their end: what stopped half-way is no example.
    pub fn complete(mut self) -> Self {
        self.scenarios.retain(|_, scenario| scenario.reached == Reached::TheEnd);
        self
    }

    /// How many different shapes there are.
    pub fn count(&self) -> usize {
        self.distinct().len()
    }

    /// Every shape once with its name, the one that most scenarios have first among those of the
    /// same name.
    fn distinct(&self) -> Vec<(&str, &Shape)> {
        let mut found: Vec<(&str, &Shape, usize)> = Vec::new();
        for seen in self.scenarios.values().flat_map(|scenario| &scenario.seen) {
            let known = found
                .iter_mut()
                .find(|(name, shape, _)| *name == seen.name && **shape == seen.shape);
            match known {
                Some((_, _, count)) => *count += 1,
                None => found.push((&seen.name, &seen.shape, 1)),
            }
        }
        found.sort_by(|one, other| (one.0, other.2).cmp(&(other.0, one.2)));
        found.into_iter().map(|(name, shape, _)| (name, shape)).collect()
    }
}

/// The shapes of the honest beginning of a scenario: once something wrong was sent, an answer may
/// be about that.
fn seen(transcript: &Transcript, scene: &Scene<'_>, normaliser: &Normaliser) -> Vec<Seen> {
    let tampered = transcript.exchanges.iter().find(|exchange| exchange.tamper.is_some());
    let end = tampered.map_or(u32::MAX, |exchange| exchange.number);
    let honest = transcript.exchanges.iter().filter(|exchange| {
        let in_time = exchange.number < end || exchange.station.is_gathered();
        in_time
            && exchange.tamper.is_none()
            && !exchange.superseded
            && exchange.racer.is_none()
            && !is_put_off_again(exchange)
            // The same document in another form, signed anew each time.
            && exchange.station != Station::NegotiatedMetadata
    });
    let mut seen: Vec<Seen> = Vec::new();
    for exchange in honest {
        let Some(shape) = Shape::of(exchange, scene, normaliser) else { continue };
        let name = name(exchange, scene);
        match seen.iter_mut().find(|one| one.name == name && one.shape.is_like(&shape)) {
            Some(one) => one.exchanges.push(exchange.number),
            None => seen.push(Seen { name, shape, exchanges: vec![exchange.number] }),
        }
    }
    seen
}

/// Whether a wallet that asked again is told to wait: how often that is, and whether at all, is a
/// matter of time.
fn is_put_off_again(exchange: &Exchange) -> bool {
    let json = exchange.answer().and_then(|answer| answer.said().json());
    exchange.station == Station::Deferred
        && json.is_some_and(|json| Deferral::read(&json).is_some())
}

fn name(exchange: &Exchange, scene: &Scene<'_>) -> String {
    let station = exchange.station.name();
    if !matches!(exchange.station, Station::Credential | Station::Deferred) {
        return station.to_owned();
    }
    let requested = Requested::read(exchange, scene);
    match requested.and_then(|requested| requested.credential_configuration_id) {
        Some(id) => format!("{station} {id}"),
        None => station.to_owned(),
    }
}

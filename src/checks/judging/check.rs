//! What a check is: a value, with one function.

use schemars::JsonSchema;
use serde::Serialize;

use crate::checks::{Acceptance, Answered, Applies, Profile, Refusal, Scene, matches};
use crate::transcript::{Run, Station};

/// One obligation of the specification and the function that judges it.
#[derive(Debug)]
pub struct Check {
    /// The path of its file: `nonce/is-uncacheable`.
    pub id: &'static str,
    /// Ids it had in earlier editions.
    pub aliases: &'static [&'static str],
    /// The edition it came with.
    pub since: &'static str,
    /// A short name for lists.
    pub title: &'static str,
    /// The keyword of the specification.
    pub level: Level,
    /// Profiles whose own text makes it a MUST.
    pub raised_by: &'static [Profile],
    /// Whether it concerns this issuer at all, decided before anything else.
    pub applies: fn(&Scene<'_>) -> Applies,
    /// Where the obligation is written, as `document#anchor`.
    pub spec: &'static [Anchor],
    /// The obligation in one sentence of our own.
    pub obligation: &'static str,
    /// How issuers come to break it, where to look, how to mend it. Markdown.
    pub doc: &'static str,
    /// What it looks at, and how it judges.
    pub judge: Judge,
}

impl Check {
    /// Whether this is its id, or was in an earlier edition.
    pub fn is_called(&self, id: &str) -> bool {
        self.ids().any(|own| own == id)
    }

    /// Whether a glob covers its id, or one that it had in an earlier edition.
    pub fn is_covered_by(&self, glob: &str) -> bool {
        self.ids().any(|own| matches(glob, own))
    }

    /// Its id, then those that it had in earlier editions.
    pub fn ids(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.id).chain(self.aliases.iter().copied())
    }

    /// The endpoints that its verdicts are told apart by; none where it judges at one.
    pub fn endpoints(&self) -> Vec<Station> {
        let stations: Vec<Station> = match self.judge {
            Judge::Refusal(refusal) => refusal.expects.iter().map(|one| one.station).collect(),
            Judge::Acceptance(acceptance) => acceptance.stations.to_vec(),
            Judge::Answers(..) | Judge::Transcript(_) | Judge::Run(_) => Vec::new(),
        };
        if stations.len() > 1 { stations } else { Vec::new() }
    }
}

/// `document#anchor`, resolved by [`crate::protocol::spec::url`].
pub type Anchor = &'static str;

/// The keyword of the specification, which bounds how bad a breach can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Reported, never counted against an issuer.
    Note,
    /// Follows from a rule for the other party or from a definition: a breach warns.
    Derived,
    /// SHOULD, RECOMMENDED: a breach warns.
    Should,
    /// MUST, SHALL, REQUIRED: a breach fails.
    Must,
}

impl Level {
    /// The name as written in lists and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Derived => "derived",
            Self::Should => "should",
            Self::Must => "must",
        }
    }
}

/// What a check looks at.
#[derive(Clone, Copy, Debug)]
pub enum Judge {
    /// Each answer that an untampered request got at a station, whatever its status.
    Answers(Station, fn(&Answered<'_>, &Scene<'_>) -> Finding),
    /// A scenario as a whole.
    Transcript(fn(&Scene<'_>) -> Finding),
    /// The answer to one of our tampers, which must be a refusal.
    Refusal(Refusal),
    /// The answer to one of our tampers, which must be granted all the same.
    Acceptance(Acceptance),
    /// The run as a whole.
    Run(fn(&Run) -> Finding),
}

/// What a check's function says of what it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The obligation holds here.
    Holds,
    /// The obligation holds as far as it was observed; the observation has a bound, told here.
    HoldsAsFar(String),
    /// The obligation is broken.
    Breaks(Breach),
    /// Broken, but never worse than a warning here, for the reason given.
    Warns(Breach, &'static str),
    /// Nothing here can show it, for the reason given; another answer may.
    Silent(&'static str),
    /// What is here is in order and of a kind that the obligation says nothing of.
    Exempt(&'static str),
}

impl Finding {
    /// `Holds` if the condition is true, else a breach with what was expected and found.
    pub fn expect(holds: bool, expected: impl Into<String>, actual: impl Into<String>) -> Self {
        if holds { Self::Holds } else { Self::breaks(expected, actual) }
    }

    /// A breach with what was expected and found.
    pub fn breaks(expected: impl Into<String>, actual: impl Into<String>) -> Self {
        Self::Breaks(Breach::new(expected, actual))
    }

    /// The same, saying which credential of several it is about.
    #[must_use]
    pub fn in_place(self, place: usize, count: usize) -> Self {
        let prefix = |mut breach: Breach| {
            if count > 1 {
                breach.actual = format!("credential {} of {count}: {}", place + 1, breach.actual);
            }
            breach
        };
        match self {
            Self::Breaks(breach) => Self::Breaks(prefix(breach)),
            Self::Warns(breach, reason) => Self::Warns(prefix(breach), reason),
            other => other,
        }
    }
}

/// What was expected, what was found, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// What the specification asks for.
    pub expected: String,
    /// What the issuer did.
    pub actual: String,
    /// Numbers of the exchanges that show it. `Answers` checks leave it empty: the framework
    /// knows which answer it showed.
    pub exchanges: Vec<u32>,
}

impl Breach {
    /// A breach seen in the exchange at hand.
    pub fn new(expected: impl Into<String>, actual: impl Into<String>) -> Self {
        Self { expected: expected.into(), actual: actual.into(), exchanges: Vec::new() }
    }

    /// The same breach, seen in these exchanges.
    pub fn at(mut self, exchanges: impl IntoIterator<Item = u32>) -> Self {
        self.exchanges.extend(exchanges);
        self
    }
}

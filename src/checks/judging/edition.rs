//! Editions: what the gate asked for at some time, so that an upgrade of it breaks nobody's
//! release. A check that is newer than the edition in force only warns.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::checks::{Check, Outcome, Policy, Verdict};

/// Every edition there is, the oldest first. A check names in `since` the one it came with.
pub const EDITIONS: &[&str] = &["2026.1", "2026.2", "2026.3"];

/// An edition of the catalogue: `2026.2` is the second of the year 2026.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(with = "String")]
pub struct Edition {
    year: u16,
    number: u16,
}

/// A text names no edition that this program knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected one of the editions {}, found {found:?}", EDITIONS.join(", "))]
pub struct UnknownEdition {
    found: String,
}

impl Edition {
    /// The newest one, which is in force where none is named.
    pub fn newest() -> Self {
        // The list is not empty and each entry can be read: a test proves it.
        EDITIONS.last().and_then(|name| Self::read(name)).unwrap_or(Self { year: 0, number: 0 })
    }

    /// Whether this check came after this edition.
    pub fn is_before(self, check: &Check) -> bool {
        self.is_before_edition(check.since)
    }

    /// Whether what came with that edition came after this one. What names no edition did not.
    pub fn is_before_edition(self, since: &str) -> bool {
        Self::read(since).is_some_and(|since| since > self)
    }

    fn read(text: &str) -> Option<Self> {
        let (year, number) = text.split_once('.')?;
        Some(Self { year: year.parse().ok()?, number: number.parse().ok()? })
    }
}

impl FromStr for Edition {
    type Err = UnknownEdition;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        EDITIONS
            .iter()
            .find(|name| **name == text)
            .and_then(|name| Self::read(name))
            .ok_or_else(|| UnknownEdition { found: text.to_owned() })
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.year, self.number)
    }
}

impl Serialize for Edition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Edition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::unknown_variant(&text, EDITIONS))
    }
}

/// The verdict as the edition in force lets it count: what is red on a newer check only warns.
/// That an issuer cannot be reached is no check's finding and stays an error.
pub(in crate::checks) fn in_force(mut verdict: Verdict, check: &Check, policy: &Policy) -> Verdict {
    let edition = policy.edition();
    let is_red =
        matches!(verdict.outcome, Outcome::Fail | Outcome::NotTestable | Outcome::Inconclusive);
    if is_red && edition.is_before(check) {
        verdict.outcome = Outcome::Warn;
        let only_warns =
            format!("newer than edition {edition}: only warns until the edition is raised");
        verdict.because = Some(match verdict.because {
            Some(why) => format!("{why}; {only_warns}"),
            None => only_warns,
        });
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::staging::Stage;
    use crate::checks::{self, Applies, Breach, Finding, Judge, Level};

    const TEMPLATE: Check = Check {
        id: "staged/newer",
        aliases: &[],
        since: "2026.2",
        title: "",
        level: Level::Must,
        raised_by: &[],
        applies: |_| Applies::Yes,
        spec: &[],
        obligation: "",
        doc: "",
        judge: Judge::Transcript(|_| Finding::Breaks(Breach::new("a", "b"))),
    };
    static NEWER: Check = TEMPLATE;
    static OLDER: Check = Check { since: "2026.1", ..TEMPLATE };
    static SILENT: Check =
        Check { judge: Judge::Transcript(|_| Finding::Silent("nothing")), ..TEMPLATE };
    static OF_THE_RUN: Check =
        Check { judge: Judge::Run(|_| Finding::Breaks(Breach::new("a", "b"))), ..TEMPLATE };

    fn outcomes(edition: Option<&str>, checks: &[&'static Check]) -> Vec<Outcome> {
        let edition = edition.and_then(|text| text.parse().ok());
        let stage = Stage::new().policy(Policy { edition, ..Policy::default() });
        checks.iter().flat_map(|check| stage.verdicts(check)).map(|one| one.outcome).collect()
    }

    #[test]
    fn editions_are_in_order_and_every_check_came_with_one() {
        let editions: Vec<Edition> = EDITIONS.iter().flat_map(|name| name.parse()).collect();
        assert_eq!(editions.len(), EDITIONS.len());
        assert!(editions.is_sorted() && editions.last() == Some(&Edition::newest()));
        for check in checks::all() {
            assert!(EDITIONS.contains(&check.since), "{} came with {}", check.id, check.since);
        }
        assert!(Edition { year: 2026, number: 10 } > Edition { year: 2026, number: 9 });
    }

    #[test]
    fn an_unknown_edition_is_told_the_known_ones() {
        let error = "2031.7".parse::<Edition>().map_err(|error| error.to_string());
        let expected = format!("one of the editions {}, found \"2031.7\"", EDITIONS.join(", "));
        assert!(error.is_err_and(|error| error.contains(&expected)));
    }

    #[test]
    fn what_is_newer_than_the_edition_only_warns() {
        use Outcome::{Fail, NotTestable, Warn};
        let all = [&NEWER, &OLDER, &SILENT, &OF_THE_RUN];
        assert_eq!(outcomes(Some("2026.1"), &all), [Warn, Fail, Warn, Warn]);
        assert_eq!(outcomes(Some("2026.2"), &all), [Fail, Fail, NotTestable, Fail]);
        assert_eq!(outcomes(None, &all), [Fail, Fail, NotTestable, Fail]);
    }

    #[test]
    fn a_warning_says_why_it_is_one() {
        let edition = "2026.1".parse().ok();
        let stage = Stage::new().policy(Policy { edition, ..Policy::default() });
        let because: Vec<_> =
            stage.verdicts(&SILENT).into_iter().filter_map(|one| one.because).collect();
        let expected = "nothing; newer than edition 2026.1: only \
                        warns until the edition is raised";
        assert_eq!(because, [expected]);
    }
}

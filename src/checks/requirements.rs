//! What the covered specifications demand, and what became of each demand: a check that judges
//! it, a reason why none will, or an open place.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

const TABLE: &str = include_str!("requirements.toml");

/// One normative statement, in our own words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Stable: reports and baselines quote it.
    pub id: String,
    /// Who is bound by it.
    pub party: Vec<Party>,
    /// How strongly.
    pub level: Keyword,
    /// The profiles whose own text makes a duty of it, where the base text does not.
    #[serde(default)]
    pub raised_by: Vec<super::Profile>,
    /// The statement.
    pub says: String,
    /// Where it is written, as `document#anchor`.
    pub spec: Vec<String>,
    /// The checks that judge it.
    #[serde(default)]
    pub checks: Vec<String>,
    /// Why it will never be judged.
    #[serde(default)]
    pub excluded: Option<String>,
    /// Not judged yet.
    #[serde(default)]
    pub open: bool,
}

impl Requirement {
    /// What became of it, in words.
    pub fn standing(&self) -> String {
        match &self.excluded {
            Some(why) => format!("excluded: {why}"),
            None if self.open => "open".to_owned(),
            None => self.checks.join(", "),
        }
    }
}

/// Who a requirement binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// The Credential Issuer.
    Issuer,
    /// The Authorization Server.
    AuthorizationServer,
    /// The Wallet.
    Wallet,
}

/// The keyword of the source, or what takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keyword {
    /// MUST, SHALL, REQUIRED.
    Must,
    /// MUST NOT, SHALL NOT.
    MustNot,
    /// SHOULD, RECOMMENDED.
    Should,
    /// SHOULD NOT, NOT RECOMMENDED.
    ShouldNot,
    /// MAY, OPTIONAL.
    May,
    /// The server's side of a rule that the text states for the other party or only implies.
    Derived,
    /// Good practice that no text asks for.
    Policy,
}

impl Keyword {
    /// The name as written in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::MustNot => "must-not",
            Self::Should => "should",
            Self::ShouldNot => "should-not",
            Self::May => "may",
            Self::Derived => "derived",
            Self::Policy => "policy",
        }
    }
}

/// How many requirements there are, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All of them.
    pub all: usize,
    /// Those that some check judges.
    pub judged: usize,
    /// Those that will never be judged, for a reason that is told.
    pub excluded: usize,
    /// Those that are not judged yet.
    pub open: usize,
}

/// Every requirement, in the order of the table.
pub fn all() -> &'static [Requirement] {
    static REQUIREMENTS: OnceLock<Vec<Requirement>> = OnceLock::new();
    // The table is part of the program: a test proves that it can be read.
    REQUIREMENTS.get_or_init(|| read().unwrap_or_default())
}

/// The requirements that a check judges.
pub fn for_check(id: &str) -> impl Iterator<Item = &'static Requirement> {
    all().iter().filter(move |requirement| requirement.checks.iter().any(|check| check == id))
}

/// The requirement of that id.
pub fn find(id: &str) -> Option<&'static Requirement> {
    all().iter().find(|requirement| requirement.id == id)
}

/// How many there are.
pub fn counts() -> Counts {
    let mut counts = Counts::default();
    for requirement in all() {
        counts.all += 1;
        counts.judged += usize::from(!requirement.checks.is_empty());
        counts.excluded += usize::from(requirement.excluded.is_some());
        counts.open += usize::from(requirement.open);
    }
    counts
}

fn read() -> Result<Vec<Requirement>, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Table {
        requirement: Vec<Requirement>,
    }
    Ok(toml::from_str::<Table>(TABLE)?.requirement)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::protocol::spec;

    #[test]
    fn the_table_can_be_read() {
        assert_eq!(read().err(), None);
        assert!(!all().is_empty());
    }

    #[test]
    fn each_requirement_is_accounted_for_in_exactly_one_way() {
        let counts = counts();
        assert_eq!(counts.all, counts.judged + counts.excluded + counts.open);
        for requirement in all() {
            let ways = usize::from(!requirement.checks.is_empty())
                + usize::from(requirement.excluded.is_some())
                + usize::from(requirement.open);
            assert_eq!(ways, 1, "{}", requirement.id);
            assert!(!requirement.party.is_empty(), "{}", requirement.id);
        }
    }

    #[test]
    fn ids_are_unique_and_anchors_name_known_documents() {
        let mut seen = BTreeSet::new();
        for requirement in all() {
            assert!(seen.insert(&requirement.id), "{} twice", requirement.id);
            assert!(!requirement.spec.is_empty(), "{}", requirement.id);
            for anchor in &requirement.spec {
                let known = spec::document(anchor).is_some();
                assert!(known, "{}: {anchor}", requirement.id);
            }
        }
    }

    #[test]
    fn a_check_finds_its_requirements() {
        let ids: Vec<&str> =
            for_check("nonce/is-uncacheable").map(|requirement| requirement.id.as_str()).collect();
        assert_eq!(ids, ["NONCE-04"]);
        let found = find("NONCE-04").map(|requirement| requirement.level);
        assert_eq!(found, Some(Keyword::Must));
        assert_eq!(find("NONCE-0"), None);
    }
}

//! What an issuer claims to follow beyond the text of OpenID4VCI itself. Profiles add to the base:
//! they raise what their own text makes a duty, and bring checks of their own.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::transcript::{OneOrMany, one_or_many};

/// A profile of OpenID4VCI.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub enum Profile {
    /// OpenID4VCI 1.0 Final: the base, which always counts.
    #[serde(rename = "vci-1.0")]
    Vci,
    /// OpenID4VC High Assurance Interoperability Profile 1.0, as far as the Pre-Authorized Code
    /// Flow goes.
    #[serde(rename = "haip-1.0")]
    Haip,
    /// The guide for providers of attestations in the German EUDI wallet ecosystem.
    #[serde(rename = "eaa-de")]
    EaaDe,
    /// An issuer that is driven through an offer API, and calls its operator's backend.
    #[serde(rename = "connector")]
    Connector,
}

/// The profiles that an issuer is held to beyond the base, which is always among them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(with = "OneOrMany<Profile>")]
pub struct Profiles(BTreeSet<Profile>);

/// A name is that of no profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected one of the profiles {}, found {found:?}", names().join(", "))]
pub struct UnknownProfile {
    found: String,
}

impl Profile {
    /// Every profile, the base first.
    pub const ALL: &'static [Self] = &[Self::Vci, Self::Haip, Self::EaaDe, Self::Connector];

    /// The name as written in arguments, configuration and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vci => "vci-1.0",
            Self::Haip => "haip-1.0",
            Self::EaaDe => "eaa-de",
            Self::Connector => "connector",
        }
    }

    /// The document it is written in, with its revision.
    pub fn document(self) -> &'static str {
        match self {
            Self::Vci => "OpenID4VCI 1.0 Final (2025-09-16)",
            Self::Haip => "HAIP 1.0 Final (2025-12-24)",
            Self::EaaDe => "German EAA implementer guide (2026)",
            Self::Connector => "EUDIW Connector, issuance guide (2026)",
        }
    }

    /// What of it no check looks at, to be told in every report.
    pub fn not_judged(self) -> Option<&'static str> {
        match self {
            Self::Vci | Self::EaaDe => None,
            Self::Connector => Some("refusals of the offer API and FAILED not provoked"),
            Self::Haip => Some("authorization code flow (HAIP 4) not judged"),
        }
    }
}

impl Profiles {
    /// The base and these.
    pub fn of(profiles: impl IntoIterator<Item = Profile>) -> Self {
        Self(profiles.into_iter().filter(|profile| *profile != Profile::Vci).collect())
    }

    /// Whether the issuer is held to it.
    pub fn contains(&self, profile: Profile) -> bool {
        profile == Profile::Vci || self.0.contains(&profile)
    }

    /// Every one of them, the base first.
    pub fn iter(&self) -> impl Iterator<Item = Profile> {
        std::iter::once(Profile::Vci).chain(self.0.iter().copied())
    }
}

impl fmt::Display for Profiles {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Profile::name).collect();
        formatter.write_str(&names.join(" + "))
    }
}

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.iter().copied();
        all.find(|profile| profile.name() == text)
            .ok_or_else(|| UnknownProfile { found: text.to_owned() })
    }
}

impl<'de> Deserialize<'de> for Profiles {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = one_or_many(deserializer)?;
        let known = names();
        let read = |text: String| {
            text.parse().map_err(|_| serde::de::Error::unknown_variant(&text, known))
        };
        let profiles: Result<Vec<Profile>, D::Error> = found.into_iter().map(read).collect();
        Ok(Self::of(profiles?))
    }
}

fn names() -> &'static [&'static str] {
    static NAMES: std::sync::LazyLock<Vec<&str>> =
        std::sync::LazyLock::new(|| Profile::ALL.iter().map(|profile| profile.name()).collect());
    &NAMES
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    #[test]
    fn the_base_is_always_among_them() {
        let read = |text: &str| serde_json::from_str::<Profiles>(text).unwrap();
        assert_eq!(read("[]"), Profiles::default());
        assert_eq!(read("\"vci-1.0\""), Profiles::default());
        let haip = read("[\"haip-1.0\", \"vci-1.0\", \"haip-1.0\"]");
        assert!(haip.contains(Profile::Vci) && haip.contains(Profile::Haip));
        assert_eq!(haip.to_string(), "vci-1.0 + haip-1.0");
        assert_eq!(serde_json::to_string(&haip).unwrap(), "[\"haip-1.0\"]");
    }

    #[test]
    fn an_unknown_one_is_told_with_those_there_are() {
        let error = serde_json::from_str::<Profiles>("\"haip\"").unwrap_err().to_string();
        assert!(error.contains("haip-1.0"), "{error}");
        let error = "haip".parse::<Profile>().unwrap_err().to_string();
        assert_eq!(
            error,
            "expected one of the profiles vci-1.0, haip-1.0, eaa-de, connector, found \"haip\""
        );
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for profile in Profile::ALL {
            assert_eq!(profile.name().parse(), Ok(*profile));
            assert_eq!(serde_json::to_value(profile).unwrap(), profile.name());
        }
    }
}

//! Dialects: sets of traits with a name, a draft's or a product's.

use std::fmt;
use std::str::FromStr;

use super::signs::Shown;
use super::traits::{AskedBy, Traits, UserCode};

/// What the wallet is to speak with an issuer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speech {
    /// What the issuer's messages show that it understands; 1.0 Final where they show nothing else.
    #[default]
    Auto,
    /// 1.0 Final, come what may.
    Final,
    /// A dialect that the user named.
    Named(&'static Dialect),
}

/// There is no dialect of that name.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("expected {}, found {found:?}", Speech::names().join(", "))]
pub struct UnknownDialect {
    found: String,
}

impl Speech {
    /// Every name that `--dialect` takes.
    pub fn names() -> Vec<&'static str> {
        ["auto", "1.0"].into_iter().chain(Dialect::names()).collect()
    }

    /// The dialect that the user named, which excuses what it has otherwise than 1.0 Final.
    pub fn named(self) -> Option<&'static Dialect> {
        match self {
            Self::Named(dialect) => Some(dialect),
            Self::Auto | Self::Final => None,
        }
    }

    /// What to send to an issuer that has shown this, the likeliest to be understood first.
    pub fn traits(self, shown: &Shown<'_>) -> Vec<Traits> {
        match self {
            Self::Auto => Traits::likely(shown),
            Self::Final => vec![Traits::default()],
            Self::Named(dialect) => vec![dialect.traits()],
        }
    }
}

impl FromStr for Speech {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, UnknownDialect> {
        match name {
            "auto" => Ok(Self::Auto),
            "1.0" => Ok(Self::Final),
            _ => match Dialect::find(name) {
                Some(dialect) => Ok(Self::Named(dialect)),
                None => Err(UnknownDialect { found: name.to_owned() }),
            },
        }
    }
}

impl fmt::Display for Speech {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Auto => "auto",
            Self::Final => "1.0",
            Self::Named(dialect) => dialect.name,
        })
    }
}

/// A named way to speak OpenID4VCI.
#[derive(Debug)]
pub struct Dialect {
    /// What `--dialect` takes.
    pub name: &'static str,
    /// How it is called in a report: `draft 13`.
    pub called: &'static str,
    /// The drafts whose ways it has, both ends included.
    pub drafts: (u8, u8),
    traits: fn() -> Traits,
}

impl PartialEq for Dialect {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Dialect {}

impl Dialect {
    /// The dialect of that name.
    pub fn find(name: &str) -> Option<&'static Self> {
        DIALECTS.iter().find(|dialect| dialect.name == name)
    }

    /// The names there are.
    pub fn names() -> impl Iterator<Item = &'static str> {
        DIALECTS.iter().map(|dialect| dialect.name)
    }

    /// What a wallet does otherwise in it.
    pub fn traits(&self) -> Traits {
        (self.traits)()
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.called)
    }
}

/// Every dialect but 1.0 Final itself, the newest first; then those of public guides.
pub static DIALECTS: &[Dialect] = &[
    Dialect { name: "15", called: "draft 15", drafts: (15, 15), traits: || Traits::of_draft(15) },
    Dialect { name: "14", called: "draft 14", drafts: (14, 14), traits: || Traits::of_draft(14) },
    Dialect { name: "13", called: "draft 13", drafts: (13, 13), traits: || Traits::of_draft(13) },
    Dialect { name: "11", called: "draft 11", drafts: (11, 11), traits: || Traits::of_draft(11) },
    Dialect {
        name: "corbado",
        called: "the dialect of Corbado's guide",
        drafts: (11, 14),
        traits: || Traits { user_code: UserCode::UserPin, ..Traits::of_draft(13) },
    },
    Dialect {
        name: "gramota",
        called: "the dialect of Gramota's guide",
        drafts: (13, 15),
        traits: || Traits { asked_by: AskedBy::Id, ..Traits::of_draft(14) },
    },
    Dialect {
        name: "eaa-de-template",
        called: "the dialect of the German guide's templates",
        drafts: (11, 15),
        traits: || Traits {
            user_code: UserCode::UserPin,
            asked_by: AskedBy::Id,
            ..Traits::of_draft(13)
        },
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found() {
        for name in Dialect::names() {
            assert_eq!(Dialect::names().filter(|other| *other == name).count(), 1, "{name}");
            assert!(Dialect::find(name).is_some_and(|found| found.traits() != Traits::default()));
        }
        assert!(Dialect::find("1.0").is_none());
    }

    #[test]
    fn what_is_spoken_reads_back() {
        for name in Speech::names() {
            assert_eq!(
                name.parse::<Speech>().map(|speech| speech.to_string()),
                Ok(name.to_owned())
            );
        }
        let error = "14b".parse::<Speech>().err().map(|error| error.to_string());
        assert!(error.is_some_and(|says| says.starts_with("expected auto, 1.0, 15")));
    }
}

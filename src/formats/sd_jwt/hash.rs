//! The hash algorithms that `_sd_alg` may name: those of the IANA registry of named information
//! that belong to SHA-2 in full length.

use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::jose::base64url;

/// A hash algorithm for digests of disclosures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashAlgorithm {
    /// `sha-256`, the default.
    Sha256,
    /// `sha-384`
    Sha384,
    /// `sha-512`
    Sha512,
}

/// Registered algorithms (IANA, Named Information) that are not computed here.
const OTHERS: &[&str] = &[
    "sha-256-128",
    "sha-256-120",
    "sha-256-96",
    "sha-256-64",
    "sha-256-32",
    "sha3-224",
    "sha3-256",
    "sha3-384",
    "sha3-512",
    "blake2s-256",
    "blake2b-256",
    "blake2b-512",
    "k12-256",
    "k12-512",
];

/// How a text stands to the registered names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is one of them.
    Registered,
    /// It is one of them but for case and punctuation.
    Misspelt {
        /// The registered name.
        of: &'static str,
    },
    /// It is none of them.
    Unknown,
}

impl HashAlgorithm {
    /// How a text stands to the names that `_sd_alg` may have (RFC 9901, section 4.1.1).
    pub fn standing(name: &str) -> Standing {
        let plain = |name: &str| -> String {
            let letters = name.chars().filter(char::is_ascii_alphanumeric);
            letters.map(|letter| letter.to_ascii_lowercase()).collect()
        };
        let mut registered = ["sha-256", "sha-384", "sha-512"].iter().chain(OTHERS);
        if registered.clone().any(|known| *known == name) {
            return Standing::Registered;
        }
        let resembles = |known: &&&'static str| plain(known) == plain(name);
        registered.find(resembles).map_or(Standing::Unknown, |of| Standing::Misspelt { of })
    }

    /// The algorithm of this name; letter case counts.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "sha-256" => Some(Self::Sha256),
            "sha-384" => Some(Self::Sha384),
            "sha-512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// The algorithm's name in `_sd_alg`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha-256",
            Self::Sha384 => "sha-384",
            Self::Sha512 => "sha-512",
        }
    }

    /// The digest of a text, in base64url.
    pub fn digest(self, text: &str) -> String {
        match self {
            Self::Sha256 => base64url::encode(Sha256::digest(text)),
            Self::Sha384 => base64url::encode(Sha384::digest(text)),
            Self::Sha512 => base64url::encode(Sha512::digest(text)),
        }
    }
}

//! The algorithms that a wallet signs with, by their names in JOSE.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A digital signature algorithm (RFC 7518, section 3.1; RFC 8037; RFC 9864).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum SignatureAlgorithm {
    /// ECDSA on P-256 with SHA-256.
    #[default]
    #[serde(rename = "ES256")]
    Es256,
    /// ECDSA on P-384 with SHA-384.
    #[serde(rename = "ES384")]
    Es384,
    /// Ed25519, under the name that leaves the curve open.
    #[serde(rename = "EdDSA")]
    EdDsa,
    /// Ed25519, under its own name.
    #[serde(rename = "Ed25519")]
    Ed25519,
}

impl SignatureAlgorithm {
    /// All of them, the one that everybody has first.
    pub const ALL: [Self; 4] = [Self::Es256, Self::Es384, Self::EdDsa, Self::Ed25519];

    /// The name, as `alg` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
            Self::Ed25519 => "Ed25519",
        }
    }

    /// The one of that name; names are case sensitive.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }

    /// The first of all that is among these names: which one a wallet takes of those listed.
    pub fn first_of(listed: &[&str]) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| listed.contains(&algorithm.name()))
    }

    /// Whether it is listed, under whichever of its names (RFC 9864).
    pub fn is_among(self, is_listed: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::EdDsa | Self::Ed25519 => {
                is_listed(Self::EdDsa.name()) || is_listed(Self::Ed25519.name())
            }
            Self::Es256 | Self::Es384 => is_listed(self.name()),
        }
    }

    /// The length of its private keys, in bytes.
    pub(super) fn private_key_length(self) -> usize {
        match self {
            Self::Es256 | Self::EdDsa | Self::Ed25519 => 32,
            Self::Es384 => 48,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_there_and_back() {
        for algorithm in SignatureAlgorithm::ALL {
            assert_eq!(SignatureAlgorithm::named(algorithm.name()), Some(algorithm));
            let written = serde_json::to_value(algorithm).unwrap_or_default();
            assert_eq!(written, algorithm.name());
        }
        assert_eq!(SignatureAlgorithm::named("es256"), None);
    }

    #[test]
    fn of_several_the_wallet_has_an_order_of_its_own() {
        let first = SignatureAlgorithm::first_of;
        assert_eq!(first(&["EdDSA", "ES384", "RS256"]), Some(SignatureAlgorithm::Es384));
        assert_eq!(first(&["Ed25519", "ES256"]), Some(SignatureAlgorithm::Es256));
        assert_eq!(first(&["RS256"]), None);
    }
}

//! The signature algorithms: those of proofs that wallets make, and those of credentials.

/// A digital signature algorithm by its name in JOSE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA on P-256.
    Es256,
    /// ECDSA on P-384.
    Es384,
    /// Ed25519, under the name that leaves the curve open (RFC 8037).
    EdDsa,
    /// Ed25519, under its own name (RFC 9864).
    Ed25519,
}

impl Algorithm {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Es256, Self::Es384, Self::EdDsa, Self::Ed25519];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
            Self::Ed25519 => "Ed25519",
        }
    }

    /// Its number in COSE that leaves the curve open, which is the one that readers of mdocs know.
    pub fn number(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::Es384 => -35,
            Self::EdDsa | Self::Ed25519 => -8,
        }
    }

    /// The number in COSE that names the curve, too (RFC 9864).
    pub fn full_number(self) -> i64 {
        match self {
            Self::Es256 => -9,
            Self::Es384 => -51,
            Self::EdDsa | Self::Ed25519 => -19,
        }
    }
}

/// Whether one of these has that name.
pub fn lists(algorithms: &[Algorithm], name: &str) -> bool {
    algorithms.iter().any(|algorithm| algorithm.name() == name)
}

/// Their names.
pub fn names(algorithms: &[Algorithm]) -> Vec<&'static str> {
    algorithms.iter().map(|algorithm| algorithm.name()).collect()
}

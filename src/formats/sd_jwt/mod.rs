//! An SD-JWT as the issuer sent it (RFC 9901), opened leniently: whatever can be taken apart is,
//! and what is wrong about the pieces stays visible for the checks.

mod digests;
mod disclosure;
mod hash;
#[cfg(test)]
mod oracle;
mod problem;
#[cfg(test)]
mod tests;
mod unpack;
#[cfg(test)]
pub(crate) mod vectors;

use serde_json::{Map, Value};

use crate::jose::{Jws, JwsError, PublicJwk};

pub use digests::{DigestForm, Digests, FoundDigest, Misuse, Place, step as pointer_step};
pub use disclosure::{Disclosure, DisclosureKind};
pub use hash::{HashAlgorithm, Standing};
pub use problem::Problem;
pub use unpack::{Disclosed, Unpacked};

/// The longest SD-JWT that is read, in bytes.
pub const LONGEST: usize = 2 * 1024 * 1024;

/// An SD-JWT, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct SdJwt {
    /// The issuer-signed JWT.
    pub jws: Jws,
    /// The disclosures in the order in which they came, malformed ones included.
    pub disclosures: Vec<Disclosure>,
    /// Whether the text ends with a tilde, as an SD-JWT without key binding has to.
    pub ends_with_tilde: bool,
    /// What follows the last tilde, if it looks like a JWT: no issuer may send one.
    pub key_binding_jwt: Option<String>,
    payload: Map<String, Value>,
}

/// A text is no SD-JWT, or it cannot be processed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SdJwtError {
    /// It is longer than [`LONGEST`].
    #[error("expected at most {LONGEST} bytes, found {0}")]
    TooLong(usize),
    /// The part before the first tilde is no JWT.
    #[error("the issuer-signed JWT is unreadable: {0}")]
    Jwt(#[from] JwsError),
    /// `_sd_alg` names a hash algorithm that is not known, or is no string.
    #[error("expected `_sd_alg` to be sha-256, sha-384 or sha-512, found {0}")]
    UnknownHash(String),
    /// The rules of RFC 9901, section 7.1 tell to reject it.
    #[error("the SD-JWT is to be rejected: {0}")]
    Rejected(Problem),
}

impl SdJwt {
    /// Takes an SD-JWT apart. Only the issuer-signed JWT has to be readable.
    ///
    /// # Errors
    /// [`SdJwtError::TooLong`] and [`SdJwtError::Jwt`].
    pub fn open(text: &str) -> Result<Self, SdJwtError> {
        if text.len() > LONGEST {
            return Err(SdJwtError::TooLong(text.len()));
        }
        let (jwt, rest) = text.split_once('~').unwrap_or((text, ""));
        let jws = Jws::parse(jwt)?;
        let payload = jws.payload_claims()?.clone();
        let ends_with_tilde = text.ends_with('~');
        let (disclosures, last) = match rest.rsplit_once('~') {
            Some((disclosures, last)) => (Some(disclosures), last),
            None => (None, rest),
        };
        let key_binding_jwt = last.contains('.').then(|| last.to_owned());
        let unterminated = (!last.is_empty() && key_binding_jwt.is_none()).then_some(last);
        let disclosures =
            disclosures.into_iter().flat_map(|all| all.split('~')).chain(unterminated);
        Ok(Self {
            disclosures: disclosures.map(Disclosure::read).collect(),
            jws,
            ends_with_tilde,
            key_binding_jwt,
            payload,
        })
    }

    /// The protected header of the issuer-signed JWT.
    pub fn header(&self) -> &Map<String, Value> {
        self.jws.header()
    }

    /// The claims of the issuer-signed JWT as signed, digests and all.
    pub fn payload(&self) -> &Map<String, Value> {
        &self.payload
    }

    /// The payload's `vct`, if it is a string.
    pub fn vct(&self) -> Option<&str> {
        self.payload.get("vct").and_then(Value::as_str)
    }

    /// The payload's `iss`, if it is a string.
    pub fn issuer(&self) -> Option<&str> {
        self.payload.get("iss").and_then(Value::as_str)
    }

    /// The payload's `cnf.jwk`, if it is an object (RFC 7800, section 3.2).
    pub fn cnf_jwk(&self) -> Option<PublicJwk> {
        self.payload.get("cnf")?.get("jwk").and_then(|jwk| PublicJwk::from_value(jwk).ok())
    }

    /// The hash algorithm of the digests: `_sd_alg`, or SHA-256 if there is none
    /// (RFC 9901, section 4.1.1).
    ///
    /// # Errors
    /// [`SdJwtError::UnknownHash`]
    pub fn hash_algorithm(&self) -> Result<HashAlgorithm, SdJwtError> {
        match self.payload.get("_sd_alg") {
            None => Ok(HashAlgorithm::Sha256),
            Some(value) => value
                .as_str()
                .and_then(HashAlgorithm::from_name)
                .ok_or_else(|| SdJwtError::UnknownHash(value.to_string())),
        }
    }

    /// Every digest in the payload and in the disclosures, referenced ones and decoys, and every
    /// wrong use of the reserved names.
    pub fn digests(&self) -> Digests {
        digests::find(&self.payload, &self.disclosures)
    }

    /// The disclosures that no digest refers to, directly or through another disclosure. With an
    /// unknown hash algorithm these are all.
    pub fn unreferenced_disclosures(&self) -> Vec<&Disclosure> {
        let Ok(unpacked) = self.unpack() else {
            return self.disclosures.iter().collect();
        };
        let unreferenced = |problem: &Problem| match problem {
            Problem::Unreferenced { disclosure } => self.disclosures.get(*disclosure),
            _ => None,
        };
        unpacked.problems.iter().filter_map(unreferenced).collect()
    }

    /// Names that header, payload or a disclosure have more than once in one object.
    pub fn repeated_names(&self) -> Vec<&str> {
        let in_disclosures =
            self.disclosures.iter().flat_map(|disclosure| &disclosure.repeated_names);
        self.jws.repeated_names().iter().chain(in_disclosures).map(String::as_str).collect()
    }

    /// Puts every disclosure into its place, as far as possible, and tells what was disclosed
    /// where and what went wrong.
    ///
    /// # Errors
    /// [`SdJwtError::UnknownHash`]
    pub fn unpack(&self) -> Result<Unpacked, SdJwtError> {
        Ok(unpack::unpack(&self.payload, &self.disclosures, self.hash_algorithm()?))
    }

    /// The claims with everything disclosed and without `_sd`, `_sd_alg` and `...`
    /// (RFC 9901, section 7.1).
    ///
    /// # Errors
    /// [`SdJwtError::UnknownHash`], and [`SdJwtError::Rejected`] with the first problem.
    pub fn processed(&self) -> Result<Map<String, Value>, SdJwtError> {
        let unpacked = self.unpack()?;
        match unpacked.problems.into_iter().next() {
            Some(problem) => Err(SdJwtError::Rejected(problem)),
            None => Ok(unpacked.claims),
        }
    }
}

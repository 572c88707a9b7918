//! Bytes to claims and back: keys, signed tokens, key identifiers and certificates.
//!
//! Reading is strict about encodings and generous about meaning: what is decodable is kept as it
//! came, so that the checks can judge it. Writing writes what it is told, wrong or right, because
//! the wallet also sends what an issuer must refuse. Nothing here reads a clock or the network.

pub mod authority;
pub mod base64url;
pub mod certificate;
pub mod certificate_use;
pub mod chain;
pub mod did;
pub mod did_document;
pub mod did_web;
pub mod json;
pub mod jwe;
pub mod jwk;
pub mod jws;
pub mod jwt_draft;
pub mod private_key;
pub mod public_key;
mod self_signed;
mod signature_algorithm;
#[cfg(test)]
pub(crate) mod vectors;
pub mod verify;

pub use certificate::{Certificate, CertificateError};
pub use certificate_use::KeyUsages;
pub use chain::{Anchored, ChainReport, ChainStanding, Link};
pub use did::DidError;
pub use jwe::{ContentEncryption, Jwe, JweDraft, JweError};
pub use jwk::{KeyError, PublicJwk};
pub use jws::{Jws, JwsError};
pub use jwt_draft::{JwtDraft, Signing};
pub use private_key::PrivateKey;
pub use public_key::PublicKey;
pub use self_signed::self_signed;
pub use signature_algorithm::SignatureAlgorithm;
pub use verify::VerifyError;

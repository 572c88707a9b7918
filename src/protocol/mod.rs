//! The nouns of OpenID4VCI, one file per message: lenient lenses over the raw JSON.
//!
//! Nothing here turns "unusual" into "error": an issuer's nonsense must be representable before
//! it can be judged. A lens gives what is there, or nothing.

mod as_metadata;
mod claims_path;
mod credential;
pub mod errors;
mod issuer_metadata;
mod loopback;
mod offer;
mod proof;
pub mod spec;
mod token;
pub mod dialect;
pub mod signs;
pub mod traits;
mod well_known;

pub use as_metadata::AsMetadata;
pub use claims_path::{ClaimsPath, PathError};
pub use credential::{CredentialRequest, CredentialResponse};
pub use issuer_metadata::{Configuration, IssuerMetadata};
pub use loopback::is_loopback;
pub use offer::{
    CredentialOffer, GivenOffer, OfferError, PRE_AUTHORIZED_CODE, TxCode, without_form_encoding,
};
pub use proof::{KeyProof, PROOF_TYP};
pub use token::TokenResponse;
pub use well_known::{Location, WellKnown};

//! The nouns of OpenID4VCI, one file per message: lenient lenses over the raw JSON.
//!
//! Nothing here turns "unusual" into "error": an issuer's nonsense must be representable before
//! it can be judged. A lens gives what is there, or nothing.

mod as_metadata;
mod claims_path;
mod credential;
mod deferred;
pub mod dialect;
mod encryption;
pub mod errors;
mod feature;
pub mod former;
mod issuer_metadata;
mod key_attestation;
mod loopback;
mod notification;
mod offer;
mod proof;
pub mod signs;
pub mod spec;
mod token;
pub mod traits;
mod type_metadata;
mod well_known;

pub use as_metadata::{ATTEST_JWT_CLIENT_AUTH, AsMetadata, PRIVATE_KEY_JWT};
pub use claims_path::{ClaimsPath, PathError};
pub use credential::{CredentialRequest, CredentialResponse};
pub use deferred::{Deferral, DeferredRequest};
pub use encryption::{RequestEncryption, ResponseEncryption, WantedEncryption};
pub use feature::Feature;
pub use issuer_metadata::{Configuration, IssuerMetadata};
pub use key_attestation::{KEY_ATTESTATION_TYP, KeyAttestation};
pub use loopback::is_loopback;
pub use notification::{
    CREDENTIAL_ACCEPTED, CREDENTIAL_DELETED, CREDENTIAL_FAILURE, NotificationRequest,
};
pub use offer::{
    CredentialOffer, GivenOffer, OfferError, PRE_AUTHORIZED_CODE, TxCode, without_form_encoding,
};
pub use proof::{KeyProof, PROOF_TYP};
pub use token::{REFRESH_TOKEN, TokenResponse};
pub use type_metadata::{ClaimMetadata, TypeMetadata};
pub use well_known::{Location, WellKnown};

//! Credential formats: a credential opened, its signature verified once, nothing judged yet.

pub mod integrity;
pub mod issuer_signature;
pub mod jwt_vc;
pub mod mdoc;
pub mod sd_jwt;
mod signature_path;
pub mod status_list;

pub use issuer_signature::{IssuerEvidence, SignatureVerdict, VerifiedBy};
pub use jwt_vc::{HolderName, JwtVc, JwtVcEvidence};
pub use mdoc::{Mdoc, MdocError};
pub use sd_jwt::{Disclosure, DisclosureKind, HashAlgorithm, SdJwt, SdJwtError, Unpacked};
pub use status_list::{
    StatusList, StatusListError, StatusListToken, StatusReference, is_for_cwts, status_claim,
};

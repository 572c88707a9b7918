//! Key proofs of the `jwt` type (OpenID4VCI Appendix F.1).

/// The `typ` of a key proof JWT.
pub const PROOF_TYP: &str = "openid4vci-proof+jwt";

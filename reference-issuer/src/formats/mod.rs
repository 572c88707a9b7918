//! Credentials as they are made: one file per format, each with its own writer.

pub mod jwt_vc;
pub mod mdoc;
pub mod sd_jwt;

use serde_json::Value;

use crate::{
    clock, credentials::Credential, entitlement::Entitlement, faults::conduct::Conduct,
    issuer::Issuer, keys::Signer, public_key::PublicKey, random, refusal::Refusal, status_list,
};

/// A credential format, as OpenID4VCI Appendix A names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `dc+sd-jwt`.
    SdJwt,
    /// `jwt_vc_json`.
    JwtVc,
    /// `mso_mdoc`.
    Mdoc,
}

/// What is known of the response while one of its credentials is made.
pub struct Context<'a> {
    /// The issuer.
    pub issuer: &'a Issuer,
    /// The key that signs credentials which are JWTs.
    pub signer: &'a Signer,
    /// Place of this credential in the response.
    pub position: usize,
    /// The wallet's keys, one for each credential; `None` only where a fault waived the proof.
    pub keys: &'a [Option<PublicKey>],
    /// A random text, the same for the whole response.
    pub mark: &'a str,
    /// Seconds since the epoch.
    pub now: u64,
    /// The offer that it is issued for.
    pub offer_id: &'a str,
    /// The `status` claim, where credentials have one.
    pub status: Option<Value>,
}

/// Issues one credential for each key, in the format of its configuration. Each has a status entry to itself, which is
/// filed under the offer.
pub fn issue(
    issuer: &Issuer,
    conduct: &Conduct,
    credential: &Credential,
    entitlement: &Entitlement,
    keys: &[Option<PublicKey>],
) -> Result<Vec<Value>, Refusal> {
    let (now, mark) = (clock::now(), random::short());
    let make = |position| {
        let offer_id = entitlement.offer_id.as_str();
        let status = status_list::reference(issuer, offer_id)?;
        let signer = issuer.signer(credential.algorithm).ok_or_else(Refusal::crash)?;
        let context =
            Context { issuer, signer, position, keys, mark: &mark, now, offer_id, status };
        let claims = entitlement.claims();
        let overrides = claims.as_deref();
        match credential.format {
            Format::SdJwt => sd_jwt::make(conduct, credential, overrides, &context),
            Format::JwtVc => jwt_vc::make(conduct, credential, overrides, &context),
            Format::Mdoc => mdoc::make(conduct, credential, overrides, &context),
        }
    };
    (0..keys.len()).map(make).collect()
}

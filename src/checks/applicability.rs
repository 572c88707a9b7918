//! Whether a check concerns an issuer at all: what must be advertised, offered or in the profile.

use super::Scene;

/// The answer, with the reason where it is no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applies {
    /// It concerns this issuer.
    Yes,
    /// It does not, for this reason.
    No(String),
}

impl Applies {
    /// `Yes` if the condition is true, else `No` with the reason.
    pub fn when(condition: bool, otherwise: &str) -> Self {
        if condition { Self::Yes } else { Self::No(otherwise.to_owned()) }
    }
}

/// Concerns every issuer.
pub fn always(_: &Scene<'_>) -> Applies {
    Applies::Yes
}

/// Concerns issuers that publish a Nonce Endpoint.
pub fn nonce_endpoint(scene: &Scene<'_>) -> Applies {
    match scene.issuer_metadata() {
        Some(metadata) => {
            Applies::when(metadata.nonce_endpoint().is_some(), "nonce_endpoint is not advertised")
        }
        None => Applies::Yes,
    }
}

/// Concerns issuers that announce batch issuance.
pub fn batch(scene: &Scene<'_>) -> Applies {
    match scene.issuer_metadata() {
        Some(metadata) => Applies::when(
            metadata.has_batch_credential_issuance(),
            "batch_credential_issuance is not advertised",
        ),
        None => Applies::Yes,
    }
}

/// Concerns authorization servers that announce DPoP.
pub fn dpop(scene: &Scene<'_>) -> Applies {
    match scene.as_metadata() {
        Some(metadata) => Applies::when(
            metadata.announces_dpop(),
            "dpop_signing_alg_values_supported is not advertised",
        ),
        None => Applies::Yes,
    }
}

/// Concerns issuers whose requested configuration asks for key proofs.
pub fn key_proofs(scene: &Scene<'_>) -> Applies {
    match scene.issuer_metadata() {
        Some(metadata) => Applies::when(
            metadata.configurations().any(|(_, configuration)| configuration.supports_jwt_proofs()),
            "no configuration lists the jwt proof type in proof_types_supported",
        ),
        None => Applies::Yes,
    }
}

/// Concerns issuers of SD-JWT VCs.
pub fn sd_jwt_vc(scene: &Scene<'_>) -> Applies {
    match scene.issuer_metadata() {
        Some(metadata) => Applies::when(
            metadata.configurations().any(|(_, configuration)| configuration.is_sd_jwt_vc()),
            "no configuration has the format dc+sd-jwt",
        ),
        None => Applies::Yes,
    }
}

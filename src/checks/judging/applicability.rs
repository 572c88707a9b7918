//! Whether a check concerns an issuer at all: what must be advertised, offered or in the profile.

use crate::checks::{Scene, requested};
use crate::protocol::{Configuration, Feature};
use crate::transcript::Station;

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

    /// `Yes` where a feature is announced, or nobody knows.
    pub fn where_announced(scene: &Scene<'_>, feature: Feature) -> Self {
        match feature.lack(scene.issuer_metadata(), scene.as_metadata()) {
            Some(lack) => Self::No(lack.to_owned()),
            None => Self::Yes,
        }
    }
}

/// Concerns every issuer.
pub fn always(_: &Scene<'_>) -> Applies {
    Applies::Yes
}

/// Concerns issuers that publish a Nonce Endpoint.
pub fn nonce_endpoint(scene: &Scene<'_>) -> Applies {
    Applies::where_announced(scene, Feature::NonceEndpoint)
}

/// Concerns issuers that publish a Deferred Credential Endpoint.
pub fn deferred_endpoint(scene: &Scene<'_>) -> Applies {
    Applies::where_announced(scene, Feature::DeferredEndpoint)
}

/// Concerns issuers that put a credential off.
pub fn deferral(scene: &Scene<'_>) -> Applies {
    let mut answers = scene.granted(Station::Credential).peekable();
    let unknown = answers.peek().is_none();
    Applies::when(
        unknown || answers.any(|answered| answered.present("transaction_id").is_some()),
        "the credentials were issued at once",
    )
}

/// Concerns issuers that publish a Notification Endpoint.
pub fn notification_endpoint(scene: &Scene<'_>) -> Applies {
    Applies::where_announced(scene, Feature::NotificationEndpoint)
}

/// Concerns authorization servers that announce authorization details of type
/// `openid_credential`.
pub fn authorization_details(scene: &Scene<'_>) -> Applies {
    Applies::where_announced(scene, Feature::AuthorizationDetails)
}

/// Concerns authorization servers that publish a challenge endpoint.
pub fn challenge_endpoint(scene: &Scene<'_>) -> Applies {
    Applies::where_announced(scene, Feature::ChallengeEndpoint)
}

/// Concerns issuers that announce batch issuance.
pub fn batch(scene: &Scene<'_>) -> Applies {
    Applies::where_announced(scene, Feature::Batch)
}

/// Concerns authorization servers that announce DPoP.
pub fn dpop(scene: &Scene<'_>) -> Applies {
    Applies::where_announced(scene, Feature::Dpop)
}

/// Concerns servers that were seen to challenge for a DPoP nonce.
pub fn dpop_nonce_challenge(scene: &Scene<'_>) -> Applies {
    if let Applies::No(reason) = dpop(scene) {
        return Applies::No(reason);
    }
    let mut proofs = scene
        .answered()
        .filter(|answered| answered.exchange.request.headers.get("dpop").is_some())
        .peekable();
    let unknown = proofs.peek().is_none();
    Applies::when(
        unknown || proofs.any(|answered| answered.asks_for_a_dpop_nonce()),
        "no request met a challenge for a DPoP nonce",
    )
}

/// Concerns issuers whose requested configuration asks for key proofs: the configurations that
/// the scenario's credential requests name, or any where none can be made out.
pub fn key_proofs(scene: &Scene<'_>) -> Applies {
    let Some(metadata) = scene.issuer_metadata() else {
        return Applies::Yes;
    };
    let requested: Vec<bool> = requested::requests(scene)
        .filter_map(|request| Some(request.configuration(scene)?.supports_jwt_proofs()))
        .collect();
    if requested.is_empty() {
        return Applies::when(
            metadata.configurations().any(|(_, configuration)| configuration.supports_jwt_proofs()),
            "no configuration lists the jwt proof type in proof_types_supported",
        );
    }
    Applies::when(
        requested.contains(&true),
        "the requested configuration does not list the jwt proof type in proof_types_supported",
    )
}

/// Concerns issuers that ask for key proofs and publish a Nonce Endpoint, so that each proof must
/// carry a `c_nonce`.
pub fn proof_nonces(scene: &Scene<'_>) -> Applies {
    match nonce_endpoint(scene) {
        Applies::Yes => key_proofs(scene),
        no => no,
    }
}

/// Concerns issuers that announce batch issuance of credentials with key proofs.
pub fn batch_of_proofs(scene: &Scene<'_>) -> Applies {
    match batch(scene) {
        Applies::Yes => key_proofs(scene),
        no => no,
    }
}

/// Concerns issuers of SD-JWT VCs: by the configurations that the scenario's credential requests
/// name, or any where none can be made out.
pub fn sd_jwt_vc(scene: &Scene<'_>) -> Applies {
    of_format(scene, |configuration| configuration.is_sd_jwt_vc(), "the format dc+sd-jwt")
}

/// Concerns issuers of W3C credentials in JWTs, likewise.
pub fn jwt_vc(scene: &Scene<'_>) -> Applies {
    of_format(scene, |configuration| configuration.is_jwt_vc(), "the format jwt_vc_json")
}

/// Concerns issuers of mdocs, likewise.
pub fn mdoc(scene: &Scene<'_>) -> Applies {
    of_format(scene, |configuration| configuration.is_mdoc(), "the format mso_mdoc")
}

/// Concerns issuers of credentials that are compared with each other here.
pub fn readable_credential(scene: &Scene<'_>) -> Applies {
    let is_read = |one: Configuration<'_>| one.is_sd_jwt_vc() || one.is_mdoc() || one.is_jwt_vc();
    of_format(scene, is_read, "a format whose credentials are compared")
}

fn of_format(scene: &Scene<'_>, is_of_it: fn(Configuration<'_>) -> bool, format: &str) -> Applies {
    let Some(metadata) = scene.issuer_metadata() else {
        return Applies::Yes;
    };
    let requested: Vec<bool> = requested::requests(scene)
        .filter_map(|request| Some(is_of_it(request.configuration(scene)?)))
        .collect();
    if requested.is_empty() {
        return Applies::when(
            metadata.configurations().any(|(_, configuration)| is_of_it(configuration)),
            &format!("no configuration has {format}"),
        );
    }
    Applies::when(
        requested.contains(&true),
        &format!("the requested configuration does not have {format}"),
    )
}

/// Concerns issuers that announce batches of credentials that are opened here.
pub fn batch_of_readable_credentials(scene: &Scene<'_>) -> Applies {
    match batch_of_proofs(scene) {
        Applies::Yes => readable_credential(scene),
        no => no,
    }
}

//! What a scenario asks of an issuer that does not announce it.

use crate::checks::Profile;
use crate::jose::SignatureAlgorithm;
use crate::operator::{Service, Standing};
use crate::protocol::{AsMetadata, Feature, IssuerMetadata};
use crate::scenario::{BindingMethod, Need, Scenario};
use crate::transcript::Ending;
use crate::wallet::Authentication;

use super::knowledge::Knowledge;
use super::needs::Means;

/// How a scenario ends before it begins, where the issuer or the caller lacks something that it
/// needs, or that its wallet would have to be told.
pub(super) fn unmet(
    scenario: &Scenario,
    means: &Means<'_>,
    knowledge: &Knowledge,
) -> Option<Ending> {
    let needs = scenario.needs.iter();
    needs
        .map(|need| lacking(*need, means, knowledge))
        .find(Option::is_some)
        .flatten()
        .or_else(|| unbindable(scenario.wallet.binding, knowledge))
        .or_else(|| unsigned(scenario, knowledge))
        .or_else(|| unissued(scenario.wallet.format.as_deref(), knowledge))
}

/// How it ends for want of one need.
fn lacking(need: Need, means: &Means<'_>, knowledge: &Knowledge) -> Option<Ending> {
    let issuer = knowledge.issuer.as_ref().map(IssuerMetadata::new);
    let server = knowledge.server.as_ref().map(AsMetadata::new);
    let authenticates_otherwise = |wanted: Authentication| {
        server.is_some_and(|server| means.identity.method(server) != wanted)
    };
    if let Some(why) = feature(need).and_then(|feature| feature.lack(issuer, server)) {
        return Some(Ending::NotApplicable { why: why.to_owned() });
    }
    let why = match need {
        Need::Haip if !means.policy.profiles.contains(Profile::Haip) => {
            "the profile haip-1.0 was not chosen"
        }
        Need::DpopDemanded if !means.policy.demands_dpop() => {
            "neither the profile nor the client's registration demands DPoP"
        }
        Need::ClientAttestation if authenticates_otherwise(Authentication::Attestation) => {
            "the wallet does not authenticate by an attestation here"
        }
        Need::ClientAssertion if authenticates_otherwise(Authentication::PrivateKeyJwt) => {
            "the wallet does not authenticate by private_key_jwt here"
        }
        Need::ClientId if means.client_id.is_none() => {
            return Some(Ending::NotRun {
                why: "no client_id is configured: add --client-id".into(),
            });
        }
        Need::Callbacks | Need::OfferApi if !means.policy.profiles.contains(Profile::Connector) => {
            "the profile connector was not chosen"
        }
        Need::OfferApi if means.offers.is_none_or(|offers| offers.api().is_none()) => {
            return Some(Ending::NotRun {
                why: "no offer source of the kind http orders by credential_configuration_id"
                    .into(),
            });
        }
        Need::Callbacks if !means.hears_callbacks => {
            return Some(Ending::NotRun {
                why: "nobody listens for callbacks: add [callback] to vcispec.toml".into(),
            });
        }
        Need::Revocation => return undone(Service::Revoke, means),
        Need::Suspension => return undone(Service::Suspend, means),
        Need::EndOfEligibility => return undone(Service::EndEligibility, means),
        Need::ChangeOfClaims => return undone(Service::ChangeClaims, means),
        _ => return None,
    };
    Some(Ending::NotApplicable { why: why.to_owned() })
}

/// What must be announced for a need.
fn feature(need: Need) -> Option<Feature> {
    Some(match need {
        Need::Dpop | Need::DpopDemanded => Feature::Dpop,
        Need::RefreshTokens => Feature::RefreshTokens,
        Need::RevocationEndpoint => Feature::RevocationEndpoint,
        Need::NonceEndpoint => Feature::NonceEndpoint,
        Need::DeferredEndpoint => Feature::DeferredEndpoint,
        Need::NotificationEndpoint => Feature::NotificationEndpoint,
        Need::ResponseEncryption => Feature::ResponseEncryption,
        Need::RequestEncryption => Feature::RequestEncryption,
        Need::ResponseCompression => Feature::ResponseCompression,
        Need::EncryptedResponses => Feature::EncryptedResponses,
        Need::EncryptedRequests => Feature::EncryptedRequests,
        Need::AuthorizationDetails => Feature::AuthorizationDetails,
        Need::SeveralServers => Feature::SeveralServers,
        Need::Batch => Feature::Batch,
        Need::AnonymousAccess => Feature::AnonymousAccess,
        Need::NoAnonymousAccess => Feature::NoAnonymousAccess,
        Need::KeyAttestations => Feature::KeyAttestations,
        Need::AttestationProofs => Feature::AttestationProofs,
        _ => return None,
    })
}

/// What the issuer's operator cannot be asked to do.
fn undone(service: Service, means: &Means<'_>) -> Option<Ending> {
    match means.back_office.standing(service) {
        Standing::Ready => None,
        Standing::Untold(why) => Some(Ending::NotRun { why: why.to_owned() }),
        Standing::Idle(why) => Some(Ending::NotApplicable { why: why.to_owned() }),
    }
}

/// A key can only be named in a way that the issuer announces for some configuration.
fn unbindable(binding: BindingMethod, knowledge: &Knowledge) -> Option<Ending> {
    let name = binding.name()?;
    let issuer = knowledge.issuer.as_ref().map(IssuerMetadata::new)?;
    let announced = issuer
        .configurations()
        .any(|(_, configuration)| configuration.binding_methods().contains(&name));
    (!announced).then(|| Ending::NotApplicable {
        why: format!("no configuration lists {name} in cryptographic_binding_methods_supported"),
    })
}

/// An algorithm is only used where the issuer, or its authorization server, announces it.
fn unsigned(scenario: &Scenario, knowledge: &Knowledge) -> Option<Ending> {
    let wallet = &scenario.wallet;
    let issuer = knowledge.issuer.as_ref().map(IssuerMetadata::new);
    let server = knowledge.server.as_ref().map(AsMetadata::new);
    let of_proofs = wallet.proof_alg.map(SignatureAlgorithm::name).filter(|name| {
        issuer.is_some_and(|issuer| {
            !issuer.configurations().any(|(_, one)| one.proof_algorithms("jwt").contains(name))
        })
    });
    let of_dpop = wallet
        .dpop_alg
        .map(SignatureAlgorithm::name)
        .filter(|name| server.is_some_and(|server| !server.lists_dpop_algorithm(name)));
    let why = match (of_proofs, of_dpop) {
        (Some(name), _) => {
            format!("no configuration lists {name} in proof_signing_alg_values_supported")
        }
        (None, Some(name)) => format!("dpop_signing_alg_values_supported does not list {name}"),
        (None, None) => return None,
    };
    Some(Ending::NotApplicable { why })
}

/// A format can only be asked for where some configuration has it.
fn unissued(format: Option<&str>, knowledge: &Knowledge) -> Option<Ending> {
    let format = format?;
    let issuer = knowledge.issuer.as_ref().map(IssuerMetadata::new)?;
    let issues = issuer.configurations().any(|(_, it)| it.format() == Some(format));
    (!issues)
        .then(|| Ending::NotApplicable { why: format!("no configuration has format {format}") })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_binding_method_that_is_not_announced_is_not_tried() {
        let issuer = json!({ "credential_configurations_supported": {
            "pid": { "cryptographic_binding_methods_supported": ["jwk", "did:jwk"] }
        } });
        let knowledge = Knowledge { issuer: Some(issuer), ..Knowledge::default() };
        assert_eq!(unbindable(BindingMethod::DidJwk, &knowledge), None);
        assert_eq!(unbindable(BindingMethod::Announced, &knowledge), None);
        assert!(matches!(
            unbindable(BindingMethod::DidKey, &knowledge),
            Some(Ending::NotApplicable { why }) if why.contains("did:key")
        ));
        assert_eq!(unbindable(BindingMethod::DidKey, &Knowledge::default()), None);
    }

    #[test]
    fn a_format_that_nobody_issues_is_not_asked_for() {
        let issuer = json!({ "credential_configurations_supported": {
            "mdl": { "format": "mso_mdoc" }
        } });
        let knowledge = Knowledge { issuer: Some(issuer), ..Knowledge::default() };
        assert_eq!(unissued(Some("mso_mdoc"), &knowledge), None);
        assert_eq!(unissued(None, &knowledge), None);
        assert_eq!(unissued(Some("dc+sd-jwt"), &Knowledge::default()), None);
        assert!(matches!(
            unissued(Some("dc+sd-jwt"), &knowledge),
            Some(Ending::NotApplicable { why }) if why.contains("dc+sd-jwt")
        ));
    }
}

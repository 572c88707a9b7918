//! Whether a scenario can be run against this issuer with these offers, and if not, why.

use std::time::Duration;

use serde_json::Value;

use crate::checks::{Policy, Profile};
use crate::jose::SignatureAlgorithm;
use crate::offers::{Fit, Offers, StatusHook, Wanted};
use crate::protocol::{AsMetadata, CredentialOffer, IssuerMetadata};
use crate::scenario::{BindingMethod, Configurations, Impact, Need, Scenario, Slow};
use crate::transcript::{
    Ending, IS_SLOW, NO_SECOND_SUBJECT, NO_SECOND_TENANT, Station, TARGET_IS_PRODUCTION, Transcript,
};
use crate::wallet::{Authentication, Identity};

/// What is known of an issuer before a scenario starts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Knowledge {
    /// The Credential Issuer Identifier, given or named by an offer.
    pub identifier: Option<String>,
    /// The Credential Issuer Metadata.
    pub issuer: Option<Value>,
    /// The Authorization Server Metadata.
    pub server: Option<Value>,
}

/// What becomes of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is run, with offers like this where it uses any.
    Run(Wanted),
    /// It ends before it begins.
    End(Ending),
}

impl Knowledge {
    /// What is known of an issuer that was named and not yet asked.
    pub fn of(identifier: Option<String>) -> Self {
        Self { identifier, ..Self::default() }
    }

    /// What a transcript adds to it.
    pub fn with(self, transcript: &Transcript) -> Self {
        let objects = |station| -> Vec<Value> {
            transcript
                .at(station)
                .filter_map(|exchange| exchange.answer())
                .filter(|answer| answer.is_success())
                .filter_map(|answer| answer.body.json())
                .filter(Value::is_object)
                .collect()
        };
        let servers = objects(Station::AsMetadata);
        let servers: Vec<&Value> = servers.iter().collect();
        let offered = || {
            let objects = transcript.offers.iter().filter_map(|offer| offer.object.as_ref());
            let mut named =
                objects.filter_map(|offer| CredentialOffer::new(offer).credential_issuer());
            named.next().map(str::to_owned)
        };
        Self {
            identifier: self.identifier.or_else(offered),
            issuer: objects(Station::IssuerMetadata).pop().or(self.issuer),
            server: AsMetadata::preferred(&servers).cloned().or(self.server),
        }
    }
}

/// What the caller allows and has at hand.
#[derive(Clone, Copy, Debug)]
pub struct Means<'a> {
    /// Where offers come from.
    pub offers: Option<&'a Offers>,
    /// How credentials are revoked.
    pub status_hook: Option<&'a StatusHook>,
    /// Whether somebody listens for callbacks.
    pub hears_callbacks: bool,
    /// The configured `client_id`.
    pub client_id: Option<&'a str>,
    /// Who vouches for the wallets, and how they authenticate.
    pub identity: &'a Identity,
    /// What the run is judged by.
    pub policy: &'a Policy,
    /// The worst impact allowed; none at all where the target is production.
    pub allowed: Impact,
    /// How long a scenario may wait; none where it may not.
    pub longest_wait: Option<Duration>,
}

/// Decides on a scenario.
pub fn decide(scenario: &Scenario, means: &Means<'_>, knowledge: &Knowledge) -> Decision {
    if scenario.impact > means.allowed {
        return not_run(match means.allowed {
            Impact::None => TARGET_IS_PRODUCTION.to_owned(),
            _ => format!("it has an impact on the issuer: --allow {}", scenario.impact.name()),
        });
    }
    if let Some(why) = too_slow(scenario, means) {
        return not_run(why);
    }
    for need in &scenario.needs {
        if let Some(ending) = unmet(*need, means, knowledge) {
            return Decision::End(ending);
        }
    }
    if let Some(ending) = unbindable(scenario.wallet.binding, knowledge) {
        return Decision::End(ending);
    }
    if let Some(ending) = unsigned(scenario, knowledge) {
        return Decision::End(ending);
    }
    if let Some(ending) = unissued(scenario.wallet.format.as_deref(), knowledge) {
        return Decision::End(ending);
    }
    if !scenario.uses_offers() {
        return match knowledge.identifier {
            Some(_) => Decision::Run(Wanted::default()),
            None => not_run("no issuer was given: add --issuer URL".into()),
        };
    }
    offer(scenario, means, knowledge)
}

/// Why there is no time for a scenario. What an issuer will state is not known yet.
fn too_slow(scenario: &Scenario, means: &Means<'_>) -> Option<String> {
    let slow = scenario.slow?;
    let Some(longest) = means.longest_wait else { return Some(IS_SLOW.to_owned()) };
    match slow {
        Slow::Seconds(seconds) if Duration::from_secs(seconds) > longest => {
            Some(format!("it would wait {seconds} s: add --max-wait {seconds}"))
        }
        Slow::Seconds(_) | Slow::Stated(_) => None,
    }
}

/// The offer that one wallet of a scenario needs.
pub fn wanted_by(scenario: &Scenario, wallet: &str, wanted: &Wanted) -> Wanted {
    match scenario.wallets.get(wallet) {
        Some(another) => Wanted {
            subject: another.subject.clone(),
            not_subject: None,
            is_declared: another.subject.is_some(),
            tenant: another.tenant.clone(),
            ..wanted.clone()
        },
        None => wanted.clone(),
    }
}

fn offer(scenario: &Scenario, means: &Means<'_>, knowledge: &Knowledge) -> Decision {
    let Some(offers) = means.offers else {
        return not_run("no offer source: add --offer LINK, or [[offers]] in vcispec.toml".into());
    };
    let has = |need| scenario.needs.contains(&need);
    if is_single(offers) != has(Need::SingleOffer) {
        return match is_single(offers) {
            true => not_run("it needs an offer of its own, and one static offer was given".into()),
            false => Decision::End(Ending::NotApplicable {
                why: "it is for a single static offer, and fresh ones can be had".into(),
            }),
        };
    }
    let mut wanted = Wanted {
        tx_code: match (has(Need::TxCode), has(Need::NoTxCode)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
        by_reference: has(Need::ByReference).then_some(true),
        configurations: if has(Need::TwoConfigurations) { 2 } else { 1 },
        credential_configuration_id: match &scenario.wallet.configurations {
            Configurations::Named(id) => Some(id.clone()),
            Configurations::First | Configurations::Every => None,
        },
        subject: scenario.wallet.subject.clone(),
        not_subject: scenario.wallets.values().find_map(|another| another.subject.clone()),
        is_declared: false,
        tenant: None,
    };
    if let Some(format) = &scenario.wallet.format {
        wanted.credential_configuration_id = of_format(format, &wanted, offers, knowledge);
    }
    for (name, another) in &scenario.wallets {
        if offers.can_give(&wanted_by(scenario, name, &wanted)).is_err() {
            return not_run(match another.tenant {
                Some(_) => NO_SECOND_TENANT.to_owned(),
                None => NO_SECOND_SUBJECT.to_owned(),
            });
        }
    }
    if has(Need::DeclaredSubject) && !is_declared(&wanted, offers) {
        let subject = wanted.subject.as_deref().unwrap_or_default();
        return not_run(format!(
            "no offer source declares gives = {{ subject = {subject:?} }}, and for others nobody knows"
        ));
    }
    match offers.can_give(&wanted) {
        Ok(()) => Decision::Run(wanted),
        Err(error) => not_run(error.to_string()),
    }
}

/// Whether some source is certain to give offers like this.
fn is_declared(wanted: &Wanted, offers: &Offers) -> bool {
    offers.sources().iter().any(|source| source.fit(wanted) == Fit::Certain)
}

/// The configuration of a format that an offer can be had for, else the first of that format.
fn of_format(
    format: &str,
    wanted: &Wanted,
    offers: &Offers,
    knowledge: &Knowledge,
) -> Option<String> {
    let issuer = knowledge.issuer.as_ref().map(IssuerMetadata::new)?;
    let wishes: Vec<Wanted> = issuer
        .configurations()
        .filter(|(_, configuration)| configuration.format() == Some(format))
        .map(|(id, _)| Wanted { credential_configuration_id: Some(id.into()), ..wanted.clone() })
        .collect();
    let can_be_had = wishes.iter().find(|wish| offers.can_give(wish).is_ok());
    can_be_had.or(wishes.first()).and_then(|wish| wish.credential_configuration_id.clone())
}

/// Whether all there is is one offer, which cannot be renewed.
fn is_single(offers: &Offers) -> bool {
    match offers.sources() {
        [source] => source.left().is_some_and(|left| left <= 1),
        _ => false,
    }
}

fn unmet(need: Need, means: &Means<'_>, knowledge: &Knowledge) -> Option<Ending> {
    let issuer = knowledge.issuer.as_ref().map(IssuerMetadata::new);
    let server = knowledge.server.as_ref().map(AsMetadata::new);
    let response = issuer.and_then(|issuer| issuer.response_encryption());
    let request = issuer.and_then(|issuer| issuer.request_encryption());
    let lacks = |is_there: bool| issuer.is_some() && !is_there;
    let lacks_dpop = server.is_some_and(|server| !server.announces_dpop());
    let authenticates_otherwise = |wanted: Authentication| {
        server.is_some_and(|server| means.identity.method(server) != wanted)
    };
    let why = match need {
        Need::Dpop | Need::DpopDemanded if lacks_dpop => {
            "dpop_signing_alg_values_supported lists no algorithm that this wallet signs with"
        }
        Need::Haip if !means.policy.profiles.contains(Profile::Haip) => {
            "the profile haip-1.0 was not chosen"
        }
        Need::DpopDemanded if !means.policy.demands_dpop() => {
            "neither the profile nor the client's registration demands DPoP"
        }
        Need::RefreshTokens if server.is_some_and(|server| !server.may_refresh()) => {
            "grant_types_supported does not list refresh_token"
        }
        Need::RevocationEndpoint
            if server.is_some_and(|server| server.revocation_endpoint().is_none()) =>
        {
            "revocation_endpoint is not advertised"
        }
        Need::NonceEndpoint if issuer.is_some_and(|issuer| issuer.nonce_endpoint().is_none()) => {
            "nonce_endpoint is not advertised"
        }
        Need::DeferredEndpoint
            if issuer.is_some_and(|issuer| issuer.deferred_credential_endpoint().is_none()) =>
        {
            "deferred_credential_endpoint is not advertised"
        }
        Need::NotificationEndpoint
            if issuer.is_some_and(|issuer| issuer.notification_endpoint().is_none()) =>
        {
            "notification_endpoint is not advertised"
        }
        Need::ResponseEncryption if lacks(response.is_some()) => {
            "credential_response_encryption is not advertised"
        }
        Need::RequestEncryption if lacks(request.is_some()) => {
            "credential_request_encryption is not advertised"
        }
        Need::ResponseCompression
            if lacks(response.is_some_and(|it| it.compressions().contains(&"DEF"))) =>
        {
            "zip_values_supported of credential_response_encryption does not list DEF"
        }
        Need::EncryptedResponses if lacks(response.is_some_and(|it| it.is_required())) => {
            "encrypted responses are not required"
        }
        Need::EncryptedRequests if lacks(request.is_some_and(|it| it.is_required())) => {
            "encrypted requests are not required"
        }
        Need::AuthorizationDetails
            if server.is_some_and(|server| !server.takes_authorization_details()) =>
        {
            "authorization_details_types_supported does not list openid_credential"
        }
        Need::SeveralServers
            if issuer.is_some_and(|issuer| issuer.authorization_servers().len() < 2) =>
        {
            "authorization_servers does not list several"
        }
        Need::Batch if issuer.is_some_and(|issuer| !issuer.has_batch_credential_issuance()) => {
            "batch_credential_issuance is not advertised"
        }
        Need::AnonymousAccess if server.is_some_and(|server| !server.allows_anonymous_access()) => {
            "pre-authorized_grant_anonymous_access_supported is not true"
        }
        Need::NoAnonymousAccess
            if server.is_some_and(|server| server.allows_anonymous_access()) =>
        {
            "pre-authorized_grant_anonymous_access_supported is true"
        }
        Need::KeyAttestations
            if issuer.is_some_and(|issuer| {
                !issuer.configurations().any(|(_, one)| one.requires_key_attestations())
            }) =>
        {
            "no configuration requires key attestations in proofs of the jwt type"
        }
        Need::AttestationProofs
            if issuer.is_some_and(|issuer| {
                !issuer.configurations().any(|(_, one)| one.supports_attestation_proofs())
            }) =>
        {
            "no configuration lists the attestation proof type"
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
        Need::Revocation | Need::Suspension => match means.status_hook {
            None => {
                return Some(Ending::NotRun {
                    why: "nothing is said of how a credential is revoked: add [revoke] to \
                          vcispec.toml"
                        .into(),
                });
            }
            Some(hook) if hook.is_idle() => "the bundled issuer keeps no status list",
            Some(hook) if need == Need::Suspension && !hook.suspends() => {
                "[revoke] does not say that it suspends"
            }
            Some(_) => return None,
        },
        _ => return None,
    };
    Some(Ending::NotApplicable { why: why.to_owned() })
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

fn not_run(why: String) -> Decision {
    Decision::End(Ending::NotRun { why })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::scenario::WalletSettings;

    fn scenario(impact: Impact) -> Scenario {
        Scenario {
            id: "staged".into(),
            title: String::new(),
            aims: Vec::new(),
            needs: Vec::new(),
            impact,
            wallet: WalletSettings::default(),
            wallets: Default::default(),
            slow: None,
            tampers: Vec::new(),
            steps: Vec::new(),
        }
    }

    #[test]
    fn in_production_only_what_leaves_nothing_behind_is_run() {
        let policy = Policy::default();
        let knowledge = Knowledge::of(Some("https://h".into()));
        let decision = |impact, allowed| {
            let identity = &Identity::fleeting();
            let means = Means {
                offers: None,
                status_hook: None,
                hears_callbacks: false,
                client_id: None,
                identity,
                policy: &policy,
                allowed,
                longest_wait: None,
            };
            decide(&scenario(impact), &means, &knowledge)
        };
        let runs = Decision::Run(Wanted::default());
        assert_eq!(decision(Impact::None, Impact::None), runs);
        assert_eq!(decision(Impact::BurnsOffers, Impact::BurnsOffers), runs);
        assert_eq!(decision(Impact::Locks, Impact::Load), runs);
        for impact in [Impact::BurnsOffers, Impact::Locks, Impact::Load] {
            assert_eq!(decision(impact, Impact::None), not_run(TARGET_IS_PRODUCTION.into()));
        }
        let asked = not_run("it has an impact on the issuer: --allow locks".into());
        assert_eq!(decision(Impact::Locks, Impact::BurnsOffers), asked);
    }

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

//! Whether a scenario can be run against this issuer with these offers, and if not, why.

use serde_json::Value;

use crate::checks::Policy;
use crate::offers::{Offers, Wanted};
use crate::protocol::{AsMetadata, IssuerMetadata};
use crate::scenario::{Impact, Need, Scenario};
use crate::transcript::{Ending, Station, Transcript};

/// What is known of an issuer before a scenario starts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Knowledge {
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
    /// What a transcript shows of the issuer.
    pub fn from(transcript: &Transcript) -> Self {
        let last = |station| {
            transcript
                .at(station)
                .filter_map(|exchange| exchange.answer())
                .filter(|answer| answer.is_success())
                .filter_map(|answer| answer.body.json())
                .last()
        };
        Self { issuer: last(Station::IssuerMetadata), server: last(Station::AsMetadata) }
    }
}

/// What the caller allows and has at hand.
#[derive(Clone, Copy, Debug)]
pub struct Means<'a> {
    /// Where offers come from.
    pub offers: Option<&'a Offers>,
    /// Whether a Credential Issuer Identifier was given.
    pub knows_issuer: bool,
    /// The configured `client_id`.
    pub client_id: Option<&'a str>,
    /// What the run is judged by.
    pub policy: &'a Policy,
    /// The worst impact allowed.
    pub allowed: Impact,
}

/// Decides on a scenario.
pub fn decide(scenario: &Scenario, means: &Means<'_>, knowledge: &Knowledge) -> Decision {
    if scenario.impact > means.allowed.max(Impact::BurnsOffers) {
        let impact = if scenario.impact == Impact::Load { "load" } else { "locks" };
        return not_run(format!("it has an impact on the issuer: --allow {impact}"));
    }
    for need in &scenario.needs {
        if let Some(ending) = unmet(*need, means, knowledge) {
            return Decision::End(ending);
        }
    }
    if !scenario.uses_offers() {
        return match means.knows_issuer {
            true => Decision::Run(Wanted::default()),
            false => not_run("no issuer was given: add --issuer URL".into()),
        };
    }
    offer(scenario, means)
}

fn offer(scenario: &Scenario, means: &Means<'_>) -> Decision {
    let Some(offers) = means.offers else {
        return not_run("no offer source: add --offer LINK, or [[offers]] in vcispec.toml".into());
    };
    let has = |need| scenario.needs.contains(&need);
    if is_single(offers) != has(Need::SingleOffer) {
        return not_run(if is_single(offers) {
            "it needs an offer of its own, and one static offer was given".into()
        } else {
            "it is for a single static offer, and fresh ones can be had".into()
        });
    }
    let wanted = Wanted {
        tx_code: match (has(Need::TxCode), has(Need::NoTxCode)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
        by_reference: has(Need::ByReference).then_some(true),
        configurations: if has(Need::TwoConfigurations) { 2 } else { 1 },
        ..Wanted::default()
    };
    match offers.can_give(&wanted) {
        Ok(()) => Decision::Run(wanted),
        Err(error) => not_run(error.to_string()),
    }
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
    let lacks_dpop = server.is_some_and(|server| !server.announces_dpop());
    let why = match need {
        Need::Dpop | Need::DpopDemanded if lacks_dpop => {
            "dpop_signing_alg_values_supported does not list ES256"
        }
        Need::DpopDemanded if !means.policy.demands_dpop() => {
            "neither the profile nor the client's registration demands DPoP"
        }
        Need::NonceEndpoint if issuer.is_some_and(|issuer| issuer.nonce_endpoint().is_none()) => {
            "nonce_endpoint is not advertised"
        }
        Need::Batch if issuer.is_some_and(|issuer| !issuer.has_batch_credential_issuance()) => {
            "batch_credential_issuance is not advertised"
        }
        Need::AnonymousAccess if server.is_some_and(|server| !server.allows_anonymous_access()) => {
            "pre-authorized_grant_anonymous_access_supported is not true"
        }
        Need::ClientId if means.client_id.is_none() => {
            return Some(Ending::NotRun {
                why: "no client_id is configured: add --client-id".into(),
            });
        }
        _ => return None,
    };
    Some(Ending::NotApplicable { why: why.to_owned() })
}

fn not_run(why: String) -> Decision {
    Decision::End(Ending::NotRun { why })
}

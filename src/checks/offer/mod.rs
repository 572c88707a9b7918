//! What must hold of a Credential Offer, as it was handed over and as it was fetched.

mod names_a_server_where_there_are_several;
mod asks_for_codes_by_tx_code;
mod carries_a_pre_authorized_code;
mod carries_grants_as_objects;
mod fetched;
mod has_a_reference_of_its_own;
mod is_json;
mod is_never_signed;
mod is_served_as_json;
mod keeps_the_tx_code_out;
mod link;
mod lists_configurations;
mod names_a_listed_authorization_server;
mod names_its_issuer;
mod names_one_form;
mod offers_known_configurations;
mod reference_is_https;
mod reference_is_unguessable;
mod refuses_an_unknown_reference;
mod tx_code_description_fits;
mod tx_code_input_mode_is_known;
mod tx_code_is_an_object;
mod tx_code_length_is_true;

use serde_json::Value;

use super::judge::worse;
use super::{Applies, Check, Finding, Scene};
use crate::protocol::CredentialOffer;
use crate::transcript::{OfferRecord, Station};

/// The checks of this station.
pub const CHECKS: &[&Check] = &[
    &names_one_form::CHECK,
    &is_json::CHECK,
    &reference_is_https::CHECK,
    &reference_is_unguessable::CHECK,
    &has_a_reference_of_its_own::CHECK,
    &refuses_an_unknown_reference::CHECK,
    &is_served_as_json::CHECK,
    &is_never_signed::CHECK,
    &names_its_issuer::CHECK,
    &lists_configurations::CHECK,
    &offers_known_configurations::CHECK,
    &carries_grants_as_objects::CHECK,
    &carries_a_pre_authorized_code::CHECK,
    &asks_for_codes_by_tx_code::CHECK,
    &tx_code_is_an_object::CHECK,
    &tx_code_input_mode_is_known::CHECK,
    &tx_code_length_is_true::CHECK,
    &tx_code_description_fits::CHECK,
    &keeps_the_tx_code_out::CHECK,
    &names_a_listed_authorization_server::CHECK,
    &names_a_server_where_there_are_several::CHECK,
];

/// The worst finding over the offers of a scenario, with the exchanges that fetched that offer.
fn each_record(scene: &Scene<'_>, judge: impl Fn(&OfferRecord) -> Finding) -> Finding {
    let offers = &scene.transcript.offers;
    let findings = offers.iter().enumerate().map(|(index, record)| match judge(record) {
        Finding::Breaks(breach) => Finding::Breaks(breach.at(fetches(scene, index))),
        Finding::Warns(breach, why) => Finding::Warns(breach.at(fetches(scene, index)), why),
        other => other,
    });
    findings.reduce(worse).unwrap_or(Finding::Silent("no offer was used"))
}

/// The worst finding over the offer objects that could be read.
fn each_offer(scene: &Scene<'_>, judge: impl Fn(&Value, &OfferRecord) -> Finding) -> Finding {
    each_record(scene, |record| match &record.object {
        Some(object) if object.is_object() => judge(object, record),
        _ => Finding::Silent("no offer object could be read"),
    })
}

/// The worst finding over the `tx_code` objects of offers.
fn each_tx_code(scene: &Scene<'_>, judge: impl Fn(&Value, &OfferRecord) -> Finding) -> Finding {
    each_offer(scene, |offer, record| match tx_code(offer) {
        Some(tx_code) if tx_code.is_object() => judge(tx_code, record),
        _ => Finding::Silent("the offer has no tx_code object"),
    })
}

/// Concerns scenarios in which some offer object is of this kind, and those without any.
pub(super) fn where_some_offer(
    scene: &Scene<'_>,
    is_so: impl Fn(&Value) -> bool,
    otherwise: &str,
) -> Applies {
    let mut objects =
        scene.transcript.offers.iter().filter_map(|record| record.object.as_ref()).peekable();
    Applies::when(objects.peek().is_none() || objects.any(is_so), otherwise)
}

/// `tx_code` of the pre-authorized grant, whatever its type.
fn tx_code(offer: &Value) -> Option<&Value> {
    CredentialOffer::new(offer).pre_authorized_grant()?.get("tx_code")
}

/// The requests that fetched the offer of that index.
fn fetches(scene: &Scene<'_>, index: usize) -> Vec<u32> {
    scene
        .transcript
        .at(Station::Offer)
        .filter(|exchange| exchange.offer == Some(index))
        .map(|exchange| exchange.number)
        .collect()
}

#[cfg(test)]
mod examples {
    //! Offers for the tests of these checks.

    use serde_json::{Value, json};

    use crate::checks::staging::ISSUER;
    use crate::transcript::{OfferForm, OfferRecord};

    /// Pointer to the pre-authorized grant.
    pub const GRANT: &str = "/grants/urn:ietf:params:oauth:grant-type:pre-authorized_code";

    /// An offer as an honest issuer makes it.
    pub fn honest_offer() -> Value {
        json!({
            "credential_issuer": ISSUER,
            "credential_configuration_ids": ["pid"],
            "grants": {
                "urn:ietf:params:oauth:grant-type:pre-authorized_code": {
                    "pre-authorized_code": "oaKazRN8I0IbtZ0C7JuMn5",
                    "tx_code": { "input_mode": "numeric", "length": 6, "description": "by letter" }
                }
            }
        })
    }

    /// An offer as it was given, with the object that was read from it.
    pub fn given(given: &str, form: OfferForm, object: Option<Value>) -> OfferRecord {
        OfferRecord { source: "staged".into(), given: given.into(), form, object, tx_code: None }
    }
}

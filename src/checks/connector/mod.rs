//! What must hold of an issuer that is driven through an offer API, and tells its operator's backend
//! what becomes of each offer.

mod answers_orders;
mod event_id_is_the_offer_id;
mod events_have_their_fields;
mod hands_out_the_tx_code;
mod refuses_impossible_tx_codes;
mod refuses_orders_without_claims;
mod refuses_unknown_configurations;
mod tells_of_the_expiry;
mod tells_of_the_failure;
mod tells_of_the_issuance;
mod tells_of_the_offer_first;

use super::{Applies, Check, CodeIn, Expectation, Finding, Profile, Scene, applicability};
use crate::transcript::{Backend, Callback, Station};

/// The checks of this room.
pub const CHECKS: &[&Check] = &[
    &tells_of_the_offer_first::CHECK,
    &tells_of_the_issuance::CHECK,
    &tells_of_the_expiry::CHECK,
    &tells_of_the_failure::CHECK,
    &events_have_their_fields::CHECK,
    &event_id_is_the_offer_id::CHECK,
    &answers_orders::CHECK,
    &hands_out_the_tx_code::CHECK,
    &refuses_unknown_configurations::CHECK,
    &refuses_orders_without_claims::CHECK,
    &refuses_impossible_tx_codes::CHECK,
];

/// An order that cannot be granted. The guide fixes no status, and a code in one case only.
const REFUSED: Expectation = Expectation {
    station: Station::OfferApi,
    applies: applicability::always,
    status: &[400, 404, 409, 422],
    codes: &[],
    tolerated: &[],
    code_in: CodeIn::Body,
    fixed: false,
};

/// Concerns issuers that are held to the profile.
fn profile(scene: &Scene<'_>) -> Applies {
    let is_chosen = scene.policy.profiles.contains(Profile::Connector);
    Applies::when(is_chosen, "the profile connector was not chosen")
}

/// Concerns issuers that are held to the profile, in scenarios whose callbacks were listened to.
fn told(scene: &Scene<'_>) -> Applies {
    if let Applies::No(reason) = profile(scene) {
        return Applies::No(reason);
    }
    Applies::when(scene.transcript.backend.is_some(), "nobody listened for callbacks")
}

/// What was told of each offer; nothing where the offer API gave no id.
fn backend<'s>(scene: &'s Scene<'_>) -> Result<&'s Backend, Finding> {
    let backend = scene.transcript.backend.as_deref();
    backend
        .filter(|backend| !backend.offer_ids.is_empty())
        .ok_or(Finding::Silent("the offer API gave no offer_id"))
}

/// The first callback of which something is wrong, as a breach.
fn each(scene: &Scene<'_>, expected: &str, wrong: fn(&Callback) -> Option<String>) -> Finding {
    let backend = match backend(scene) {
        Ok(backend) => backend,
        Err(silent) => return silent,
    };
    if backend.callbacks.is_empty() {
        return Finding::Silent("no callback arrived");
    }
    match backend.callbacks.iter().find_map(wrong) {
        Some(found) => Finding::breaks(expected, found),
        None => Finding::Holds,
    }
}

/// The statuses that were told of an offer, in words.
fn statuses(events: &[&Callback]) -> String {
    let statuses: Vec<&str> =
        events.iter().map(|event| event.text("status").unwrap_or("no status")).collect();
    if statuses.is_empty() { "no callback".to_owned() } else { statuses.join(", ") }
}

#[cfg(test)]
mod staged {
    //! Offers of an offer API, and what was told of them.

    use jiff::Timestamp;
    use serde_json::{Value, json};

    use crate::checks::staging::Stage;
    use crate::checks::{Profile, Profiles};
    use crate::transcript::{Backend, Callback, Station};

    /// An event as the guide has it.
    pub fn event(status: &str) -> Value {
        json!({"eventId": "o1", "offerId": "o1", "status": status})
    }

    /// A scenario in which a credential was issued, and these bodies arrived.
    pub fn told(bodies: &[Value]) -> Stage {
        let body = json!({"credentials": [{"credential": "c"}]});
        listened(Stage::new().answer_json(Station::Credential, 200, body), bodies)
    }

    /// The same where nothing was issued.
    pub fn listened(mut stage: Stage, bodies: &[Value]) -> Stage {
        let callback = |body: &Value| Callback { at: Timestamp::UNIX_EPOCH, body: body.clone() };
        let callbacks = bodies.iter().map(callback).collect();
        stage.transcript().backend =
            Some(Box::new(Backend { offer_ids: vec!["o1".to_owned()], callbacks }));
        under_the_profile(stage)
    }

    /// The same transcript, of an issuer that is held to the profile.
    pub fn under_the_profile(mut stage: Stage) -> Stage {
        stage.policy.profiles = Profiles::of([Profile::Connector]);
        stage
    }

    /// An order that was granted, and the answer to one with something wrong.
    pub fn ordered(tamper: &str, status: u16, code: &str) -> Stage {
        let granted =
            json!({"offer_id": "o1", "credential_offer_uri": "openid-credential-offer://"});
        let body = match status {
            201 => granted.clone(),
            _ => json!({ "error": code }),
        };
        let stage = Stage::new().answer_json(Station::OfferApi, 201, granted);
        under_the_profile(stage.tampered(tamper, Station::OfferApi, status, body))
    }
}

//! What the backend of an issuer is told wrongly of its offers.

use serde_json::{Value, json};

use super::{Fault, Stage};
use crate::callbacks::Told;

const CONNECTOR: &str = "connector";

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "callback-without-offer-id",
        station: "connector",
        stage: Stage::Callback(|told| each(told, |body| drop(take(body, "offerId")))),
        config: CONNECTOR,
        says: "Callbacks have no offerId",
        caught_by: &["connector/events-have-their-fields"],
    },
    Fault {
        name: "callback-of-unknown-status",
        station: "connector",
        stage: Stage::Callback(|told| {
            if told.bodies.iter().any(|body| body["status"] == "ISSUED") {
                let mut further = told.bodies.clone();
                further.iter_mut().for_each(|body| body["status"] = json!("DELIVERED"));
                told.bodies.extend(further);
            }
        }),
        config: CONNECTOR,
        says: "A further callback follows the issuance, with a status that nobody knows",
        caught_by: &["connector/events-have-their-fields"],
    },
    Fault {
        name: "callback-with-event-id-of-its-own",
        station: "connector",
        stage: Stage::Callback(|told| {
            each(told, |body| {
                let (id, status) = (body["offerId"].clone(), body["status"].clone());
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                body["eventId"] = json!(format!("{}-{}", text(&id), text(&status)));
            });
        }),
        config: CONNECTOR,
        says: "Each callback has an eventId of its own",
        caught_by: &["connector/event-id-is-the-offer-id"],
    },
    Fault {
        name: "callback-withholds-the-offer",
        station: "connector",
        stage: Stage::Callback(|told| withhold(told, "OFFER_CREATED")),
        config: CONNECTOR,
        says: "Nobody is told that an offer was created",
        caught_by: &["connector/tells-of-the-offer-first"],
    },
    Fault {
        name: "callback-withholds-the-issuance",
        station: "connector",
        stage: Stage::Callback(|told| withhold(told, "ISSUED")),
        config: CONNECTOR,
        says: "Nobody is told that a credential was issued",
        caught_by: &["connector/tells-of-the-issuance"],
    },
    Fault {
        name: "callback-withholds-the-expiry",
        station: "connector",
        stage: Stage::Callback(|told| withhold(told, "EXPIRED")),
        config: CONNECTOR,
        says: "Nobody is told that an offer has expired",
        caught_by: &["connector/tells-of-the-expiry"],
    },
];

fn each(told: &mut Told, alter: fn(&mut Value)) {
    told.bodies.iter_mut().for_each(alter);
}

fn take(body: &mut Value, name: &str) -> Option<Value> {
    body.as_object_mut()?.remove(name)
}

fn withhold(told: &mut Told, status: &str) {
    told.bodies.retain(|body| body["status"] != status);
}

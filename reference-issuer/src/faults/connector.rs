//! What the backend of an issuer is told wrongly of its offers.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Fault, Lapse, Rule, Stage};
use crate::{callbacks::Told, station::Station};

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
                told.bodies.splice(0..0, further);
            }
        }),
        config: CONNECTOR,
        says: "Before the issuance, a further callback comes with a status that nobody knows",
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
    Fault {
        name: "callback-withholds-the-failure",
        station: "connector",
        stage: Stage::Callback(|told| withhold(told, "FAILED")),
        config: CONNECTOR,
        says: "Nobody is told that an issuance has failed",
        caught_by: &["connector/tells-of-the-failure"],
    },
    Fault {
        name: "callback-of-failure-without-reason",
        station: "connector",
        stage: Stage::Callback(|told| each(told, |body| drop(take(body, "errorDetails")))),
        config: CONNECTOR,
        says: "A callback of a failure does not say why",
        caught_by: &["connector/events-have-their-fields"],
    },
    Fault {
        name: "offer-api-answers-200",
        station: "connector",
        stage: Stage::Wire(&[Station::OfferApi], |answer| {
            if answer.status == StatusCode::CREATED {
                answer.status = StatusCode::OK;
            }
        }),
        config: CONNECTOR,
        says: "The offer API answers an order with status 200",
        caught_by: &["connector/answers-orders"],
    },
    Fault {
        name: "offer-api-keeps-the-tx-code",
        station: "connector",
        stage: Stage::Wire(&[Station::OfferApi], |answer| {
            if let Some(body) = answer.object() {
                body.remove("tx_code_value");
            }
        }),
        config: CONNECTOR,
        says: "The offer API does not hand out the transaction code that was ordered",
        caught_by: &["connector/hands-out-the-tx-code"],
    },
    Fault {
        name: "accepts-unreadable-orders",
        station: "connector",
        stage: Stage::Rule(Rule::OrderReadable, Lapse::Accepts),
        config: "connector",
        says: "An order without claims, or of an impossible transaction code, is accepted",
        caught_by: &[
            "connector/refuses-orders-without-claims",
            "connector/refuses-impossible-tx-codes",
        ],
    },
    Fault {
        name: "crashes-on-unreadable-orders",
        station: "connector",
        stage: Stage::Rule(Rule::OrderReadable, Lapse::Crashes),
        config: "connector",
        says: "An order without claims, or of an impossible transaction code, is answered with status 500",
        caught_by: &[
            "connector/refuses-orders-without-claims",
            "connector/refuses-impossible-tx-codes",
        ],
    },
    Fault {
        name: "accepts-orders-of-unknown-configurations",
        station: "connector",
        stage: Stage::Rule(Rule::OrderConfigurationKnown, Lapse::Accepts),
        config: "connector",
        says: "An order of a configuration that does not exist is accepted",
        caught_by: &["connector/refuses-unknown-configurations"],
    },
    Fault {
        name: "crashes-on-orders-of-unknown-configurations",
        station: "connector",
        stage: Stage::Rule(Rule::OrderConfigurationKnown, Lapse::Crashes),
        config: "connector",
        says: "An order of a configuration that does not exist is answered with status 500",
        caught_by: &["connector/refuses-unknown-configurations"],
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

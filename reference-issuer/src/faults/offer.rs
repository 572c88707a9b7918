//! Faults of the offer and of the link that carries it.

use axum::http::{StatusCode, header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::{Draw, Fault, Stage};
use crate::{
    answer::Answer,
    layout,
    offers::{Link, Minted, PRE_AUTHORIZED_CODE},
    random,
    station::Station,
};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "offer-in-both-forms",
        station: "offer",
        stage: Stage::Link(|link| {
            link.credential_offer = Some(link.offer.clone());
            link.credential_offer_uri = Some(link.reference.clone());
        }),
        config: "default",
        says: "The link carries the offer by value and by reference",
        caught_by: &["offer/names-one-form"],
    },
    Fault {
        name: "offer-encoded-twice",
        station: "offer",
        stage: Stage::Link(encode_twice),
        config: "default",
        says: "The offer in the link is percent-encoded twice",
        caught_by: &["offer/is-json"],
    },
    Fault {
        name: "offer-reference-over-http",
        station: "offer",
        stage: Stage::Link(refer_without_tls),
        config: "tls",
        says: "The link refers to the offer by an http URL beyond this machine",
        caught_by: &["offer/reference-is-https"],
    },
    Fault {
        name: "offer-as-text",
        station: "offer",
        stage: Stage::Wire(&[Station::Offer], |answer| answer.retype("text/plain")),
        config: "default",
        says: "An offer by reference is served as text/plain",
        caught_by: &["offer/is-served-as-json"],
    },
    Fault {
        name: "offer-unsecured-jwt",
        station: "offer",
        stage: Stage::Wire(&[Station::Offer], wrap),
        config: "default",
        says: "An offer by reference is served as an unsecured JWT",
        caught_by: &["offer/is-never-signed", "offer/is-served-as-json"],
    },
    Fault {
        name: "offer-without-issuer",
        station: "offer",
        stage: Stage::Offer(|minted, _| {
            minted.offer.remove("credential_issuer");
        }),
        config: "default",
        says: "The offer does not name its credential_issuer",
        caught_by: &["offer/names-its-issuer"],
    },
    Fault {
        name: "offer-repeats-configuration",
        station: "offer",
        stage: Stage::Offer(|minted, _| list(minted, |ids| ids.extend(ids.first().cloned()))),
        config: "default",
        says: "The offer lists a configuration twice",
        caught_by: &["offer/lists-configurations"],
    },
    Fault {
        name: "offer-asks-for-a-pin",
        station: "offer",
        stage: Stage::Offer(|minted, _| ask_for_a_pin(minted)),
        config: "default",
        says: "An offer asks for a code by user_pin_required, as drafts until 12 did",
        caught_by: &["offer/asks-for-codes-by-tx-code", "issuer-metadata/speaks-the-final-version"],
    },
    Fault {
        name: "offer-unknown-configuration",
        station: "offer",
        stage: Stage::Offer(|minted, _| list(minted, |ids| ids.push(json!("PID")))),
        config: "default",
        says: "The offer lists a configuration that the metadata lack",
        caught_by: &["offer/offers-known-configurations"],
    },
    Fault {
        name: "offer-grant-as-text",
        station: "offer",
        stage: Stage::Offer(|minted, _| {
            if let Some(grants) = minted.offer.get_mut("grants") {
                grants["authorization_code"] = json!("yes");
            }
        }),
        config: "default",
        says: "A second grant in the offer is text instead of an object",
        caught_by: &["offer/carries-grants-as-objects"],
    },
    Fault {
        name: "offer-code-misspelt",
        station: "offer",
        stage: Stage::Offer(|minted, _| {
            if let Some(grant) = minted.grant() {
                let code = grant.remove("pre-authorized_code").unwrap_or_default();
                grant.insert("pre_authorized_code".to_owned(), code);
            }
        }),
        config: "default",
        says: "The offer spells its code pre_authorized_code",
        caught_by: &["offer/carries-a-pre-authorized-code"],
    },
    Fault {
        name: "offer-tx-code-true",
        station: "offer",
        stage: Stage::Offer(|minted, _| {
            if minted.tx_code.is_some()
                && let Some(grant) = minted.grant()
            {
                grant.insert("tx_code".to_owned(), json!(true));
            }
        }),
        config: "default",
        says: "The offer says tx_code true",
        caught_by: &["offer/tx-code-is-an-object"],
    },
    Fault {
        name: "offer-tx-code-of-unknown-mode",
        station: "offer",
        stage: Stage::Offer(|minted, _| {
            tell(minted, "input_mode", json!("digits"));
        }),
        config: "default",
        says: "The offer asks for a tx_code of input mode digits",
        caught_by: &["offer/tx-code-input-mode-is-known"],
    },
    Fault {
        name: "offer-tx-code-of-wrong-length",
        station: "offer",
        stage: Stage::Offer(|minted, _| {
            let length = minted.tx_code.as_deref().map_or(0, str::len);
            tell(minted, "length", json!(length + 1));
        }),
        config: "default",
        says: "The offer promises one more character of tx_code than there is",
        caught_by: &["offer/tx-code-length-is-true"],
    },
    Fault {
        name: "offer-tx-code-described-at-length",
        station: "offer",
        stage: Stage::Offer(|minted, _| {
            tell(minted, "description", json!("x".repeat(301)));
        }),
        config: "default",
        says: "The description of the tx_code has 301 characters",
        caught_by: &["offer/tx-code-description-fits"],
    },
    Fault {
        name: "offer-tells-tx-code",
        station: "offer",
        stage: Stage::Offer(|minted, _| {
            let code = minted.tx_code.clone().unwrap_or_default();
            tell(minted, "description", json!(format!("Your code is {code}")));
        }),
        config: "default",
        says: "The description of the tx_code gives it away",
        caught_by: &["offer/keeps-the-tx-code-out"],
    },
    Fault {
        name: "offers-share-a-reference",
        station: "offer",
        stage: Stage::Several(&[
            Stage::Draw(Draw::OfferId, |_| "the-offer-of-the-day-whoever-asks".to_owned()),
            Stage::Wire(&[Station::Offer], renew),
        ]),
        config: "default",
        says: "One reference leads to another code at each visit, and caches may keep it",
        caught_by: &["offer/has-a-reference-of-its-own"],
    },
    Fault {
        name: "offer-references-counted",
        station: "offer",
        stage: Stage::Draw(Draw::OfferId, |turn| format!("offer-{turn}")),
        config: "default",
        says: "References to offers are counted instead of drawn",
        caught_by: &["offer/reference-is-unguessable"],
    },
    Fault {
        name: "serves-unknown-references",
        station: "offer",
        stage: Stage::Wire(&[Station::Offer], |answer| {
            if answer.status == StatusCode::NOT_FOUND {
                *answer = Answer::json(StatusCode::OK, json!({}));
            }
        }),
        config: "default",
        says: "A reference that leads nowhere is answered with 200 and an empty object",
        caught_by: &["offer/refuses-an-unknown-reference"],
    },
    Fault {
        name: "crashes-on-unknown-references",
        station: "offer",
        stage: Stage::Wire(&[Station::Offer], |answer| {
            if answer.status == StatusCode::NOT_FOUND {
                answer.status = StatusCode::INTERNAL_SERVER_ERROR;
            }
        }),
        config: "default",
        says: "A reference that leads nowhere is answered with status 500",
        caught_by: &["offer/refuses-an-unknown-reference", "http/never-answers-5xx"],
    },
    Fault {
        name: "offer-names-unlisted-authorization-server",
        station: "offer",
        stage: Stage::Offer(|minted, credential_issuer| {
            if let Some(grant) = minted.grant() {
                grant.insert("authorization_server".to_owned(), json!(credential_issuer));
            }
        }),
        config: "default",
        says: "The offer names an authorization server though the metadata list none",
        caught_by: &["offer/names-a-listed-authorization-server"],
    },
];

fn encode_twice(link: &mut Link) {
    link.credential_offer = link
        .credential_offer
        .take()
        .map(|offer| form_urlencoded::byte_serialize(offer.as_bytes()).collect());
}

fn refer_without_tls(link: &mut Link) {
    let (_, path) = link.reference.split_once(layout::OWN.offers).unwrap_or_default();
    let reference = format!("http://issuer.example{}{path}", layout::OWN.offers);
    link.credential_offer = None;
    link.credential_offer_uri = Some(reference);
}

fn renew(answer: &mut Answer) {
    answer.headers.remove(header::CACHE_CONTROL);
    let grants = answer.object().and_then(|offer| offer.get_mut("grants"));
    if let Some(grant) = grants.and_then(|grants| grants.get_mut(PRE_AUTHORIZED_CODE)) {
        grant["pre-authorized_code"] = json!(random::long());
    }
}

fn wrap(answer: &mut Answer) {
    if let Some(offer) = answer.object() {
        let offer = Value::Object(offer.clone()).to_string();
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
        answer.replace_by_text(format!("{header}.{}.", URL_SAFE_NO_PAD.encode(offer)));
        answer.retype("application/jwt");
    }
}

fn ask_for_a_pin(minted: &mut Minted) {
    if let Some(grant) = minted.grant()
        && grant.remove("tx_code").is_some()
    {
        grant.insert("user_pin_required".to_owned(), json!(true));
    }
}

fn list(minted: &mut Minted, alter: fn(&mut Vec<Value>)) {
    let ids = minted.offer.get_mut("credential_configuration_ids");
    if let Some(ids) = ids.and_then(Value::as_array_mut) {
        alter(ids);
    }
}

fn tell(minted: &mut Minted, name: &str, value: Value) {
    if let Some(tx_code) = minted.tx_code() {
        tx_code.insert(name.to_owned(), value);
    }
}

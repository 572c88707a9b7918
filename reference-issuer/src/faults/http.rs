//! Faults of the transport, at any station.

use axum::http::{HeaderValue, StatusCode, header};

use serde_json::Value;

use super::{Fault, Stage};
use crate::station::Station;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "clock-behind",
        station: "http",
        stage: Stage::Wire(Station::ALL, |answer| {
            let long_ago = HeaderValue::from_static("Mon, 01 Jan 2024 00:00:00 GMT");
            answer.headers.insert(header::DATE, long_ago);
        }),
        config: "plain",
        says: "The Date of every answer is years behind",
        caught_by: &["http/clock-is-right"],
    },
    Fault {
        name: "offer-behind-a-byte-order-mark",
        station: "http",
        stage: Stage::Wire(&[Station::Offer], |answer| {
            if let Some(offer) = answer.object() {
                let marked = format!("\u{feff}{}", Value::Object(offer.clone()));
                answer.replace_by_text(marked);
            }
        }),
        config: "default",
        says: "An offer by reference begins with a byte order mark",
        caught_by: &["http/writes-plain-json", "offer/is-served-as-json"],
    },
    Fault {
        name: "binds-to-the-request-before",
        station: "http",
        stage: Stage::Store(|policy| policy.binds_to_the_request_before = true),
        config: "plain",
        says: "A credential is bound to the key of the request before, as where requests share a desk",
        caught_by: &["http/keeps-parallel-requests-apart", "sd-jwt/binds-the-holder-key"],
    },
    Fault {
        name: "errors-repeat-a-member",
        station: "http",
        stage: Stage::Wire(&[Station::Token], |answer| {
            if let Some(Value::String(code)) =
                answer.object().and_then(|body| body.get("error").cloned())
            {
                answer.replace_by_text(format!(r#"{{"error":"{code}","error":"{code}"}}"#));
            }
        }),
        config: "plain",
        says: "Errors of the token endpoint have the member error twice",
        caught_by: &["http/writes-plain-json"],
    },
    Fault {
        name: "unauthorized-without-challenge",
        station: "http",
        stage: Stage::Wire(&[Station::Credential], |answer| {
            if answer.status == StatusCode::UNAUTHORIZED {
                answer.headers.remove(header::WWW_AUTHENTICATE);
            }
        }),
        config: "plain",
        says: "Status 401 comes without a WWW-Authenticate challenge",
        caught_by: &[
            "http/unauthorized-carries-a-challenge",
            "credential/refuses-missing-token",
            "credential/refuses-invalid-token",
            "credential/looks-at-the-token-first",
        ],
    },
];

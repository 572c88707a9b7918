//! Faults of the transport, at any station.

use axum::http::{HeaderValue, StatusCode, header};

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

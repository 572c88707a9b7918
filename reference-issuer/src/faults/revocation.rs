//! Faults of the revocation endpoint.

use axum::http::StatusCode;

use super::{Fault, Lapse, Rule, Stage};
use crate::station::Station;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "revocation-says-204",
        station: "revocation",
        stage: Stage::Wire(&[Station::Revocation], |answer| {
            if answer.status == StatusCode::OK {
                answer.status = StatusCode::NO_CONTENT;
            }
        }),
        config: "refresh",
        says: "A revocation is answered with status 204",
        caught_by: &["revocation/answers-200"],
    },
    Fault {
        name: "revocation-forgotten",
        station: "revocation",
        stage: Stage::Store(|policy| policy.forgets_revocations = true),
        config: "refresh",
        says: "A revoked refresh token stays good",
        caught_by: &["revocation/ends-refresh-tokens"],
    },
    Fault {
        name: "crashes-on-revoked-token",
        station: "revocation",
        stage: Stage::Rule(Rule::RefreshLineUnrevoked, Lapse::Crashes),
        config: "refresh",
        says: "A revoked refresh token is answered with status 500",
        caught_by: &["revocation/ends-refresh-tokens", "http/never-answers-5xx"],
    },
    Fault {
        name: "revocation-refuses-unknown",
        station: "revocation",
        stage: Stage::Store(|policy| policy.revokes_known_tokens_only = true),
        config: "refresh",
        says: "The revocation of a token that nobody knows is refused",
        caught_by: &["revocation/accepts-unknown-tokens"],
    },
];

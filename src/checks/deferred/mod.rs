//! What must hold of issuance that is put off, and of asking again.

mod access_outlasts_the_wait;
mod answers_202;
mod answers_a_poll;
mod answers_as_json;
mod denies_what_will_not_come;
mod ids_are_unguessable;
mod ignores_unknown_members;
mod keeps_the_transaction_id;
mod names_an_interval;
mod publishes_its_endpoint;
mod refuses_foreign_transaction;
mod refuses_invalid_token;
mod refuses_missing_token;
mod refuses_missing_transaction;
mod refuses_redeemed_transaction;
mod refuses_unknown_transaction;
mod survives_early_polls;

use super::Check;

/// The checks of this station.
pub const CHECKS: &[&Check] = &[
    &answers_202::CHECK,
    &names_an_interval::CHECK,
    &publishes_its_endpoint::CHECK,
    &answers_a_poll::CHECK,
    &keeps_the_transaction_id::CHECK,
    &answers_as_json::CHECK,
    &survives_early_polls::CHECK,
    &denies_what_will_not_come::CHECK,
    &access_outlasts_the_wait::CHECK,
    &ids_are_unguessable::CHECK,
    &refuses_missing_token::CHECK,
    &refuses_invalid_token::CHECK,
    &refuses_unknown_transaction::CHECK,
    &refuses_missing_transaction::CHECK,
    &refuses_redeemed_transaction::CHECK,
    &refuses_foreign_transaction::CHECK,
    &ignores_unknown_members::CHECK,
];

#[cfg(test)]
mod staged {
    //! Requests with one thing wrong, and the control beside them.

    use serde_json::json;

    use crate::checks::staging::Stage;
    use crate::transcript::Station;

    /// A plain request that was answered with credentials.
    fn control() -> Stage {
        let body = json!({"credentials": [{"credential": "c"}]});
        Stage::new().answer_json(Station::Deferred, 200, body)
    }

    /// A tampered request is refused in JSON.
    pub fn refused(tamper: &str, status: u16, code: &str) -> Stage {
        control().tampered(tamper, Station::Deferred, status, json!({ "error": code }))
    }

    /// A tampered request is granted.
    pub fn accepted(tamper: &str) -> Stage {
        control().tampered_raw(tamper, Station::Deferred, 200, &[], "")
    }
}

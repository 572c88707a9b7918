//! What must hold of the Notification Endpoint.

mod accepts_deleted;
mod accepts_failure;
mod answers_204;
mod errors_are_json;
mod id_comes_with_credentials;
mod ids_are_unguessable;
mod ignores_unknown_members;
mod is_idempotent;
mod publishes_its_endpoint;
mod refuses_a_wrong_type;
mod refuses_another_case;
mod refuses_foreign_id;
mod refuses_invalid_token;
mod refuses_missing_event;
mod refuses_missing_id;
mod refuses_missing_token;
mod refuses_unknown_event;
mod refuses_unknown_id;
mod succeeds;
mod survives_forbidden_characters;
mod takes_a_later_event;
mod takes_the_access_token;

use super::Check;

/// The checks of this station.
pub const CHECKS: &[&Check] = &[
    &succeeds::CHECK,
    &answers_204::CHECK,
    &takes_the_access_token::CHECK,
    &is_idempotent::CHECK,
    &accepts_failure::CHECK,
    &accepts_deleted::CHECK,
    &takes_a_later_event::CHECK,
    &errors_are_json::CHECK,
    &survives_forbidden_characters::CHECK,
    &id_comes_with_credentials::CHECK,
    &publishes_its_endpoint::CHECK,
    &ids_are_unguessable::CHECK,
    &refuses_missing_token::CHECK,
    &refuses_invalid_token::CHECK,
    &refuses_unknown_id::CHECK,
    &refuses_missing_id::CHECK,
    &refuses_missing_event::CHECK,
    &refuses_a_wrong_type::CHECK,
    &refuses_another_case::CHECK,
    &refuses_unknown_event::CHECK,
    &refuses_foreign_id::CHECK,
    &ignores_unknown_members::CHECK,
];

#[cfg(test)]
mod staged {
    //! Requests with one thing wrong, and the control beside them.

    use serde_json::json;

    use crate::checks::staging::Stage;
    use crate::transcript::Station;

    /// A plain notification that was taken in.
    fn control() -> Stage {
        notified(&[204])
    }

    /// A tampered request is refused in JSON.
    pub fn refused(tamper: &str, status: u16, code: &str) -> Stage {
        control().tampered(tamper, Station::Notification, status, json!({ "error": code }))
    }

    /// A tampered request is granted.
    pub fn accepted(tamper: &str) -> Stage {
        control().tampered_raw(tamper, Station::Notification, 200, &[], "")
    }

    /// The same notification, answered with these statuses one after the other.
    pub fn notified(statuses: &[u16]) -> Stage {
        statuses.iter().fold(Stage::new(), |stage, status| {
            stage.answer(Station::Notification, *status, &[], "")
        })
    }
}

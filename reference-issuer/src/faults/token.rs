//! Faults of the token endpoint.

use std::time::Duration;

use super::{Fault, Stage};

pub(super) const FAULTS: &[Fault] = &[Fault {
    name: "codes-win-races",
    station: "token",
    stage: Stage::Store(|policy| policy.race_window = Some(Duration::from_millis(60))),
    config: "plain",
    says: "Requests that redeem one code at the same time all get a token",
    caught_by: &["token/redeems-a-code-once"],
}];

//! What is not understood is not granted.

use super::{INVALID_DETAILS, reads_no_details_here};
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-details-of-unknown-type",
    aliases: &[],
    since: "2026.3",
    title: "authorization details of unknown type are refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::authorization_details,
    spec: &["rfc9396#section-5"],
    obligation: "a token request with authorization details of an unknown type is refused with invalid_authorization_details",
    doc: "The type says what the other members of a detail mean. A server that skips details of types it does not know \
          grants something else than was asked for, and the wallet takes it for what it wanted.",
    judge: Judge::Refusal(Refusal {
        tamper: "details-of-unknown-type",
        expects: INVALID_DETAILS,
        control: Control::Needed,
        leniency: Some(reads_no_details_here),
    }),
};

//! What nobody can issue cannot be asked for.

use super::{INVALID_DETAILS, reads_no_details_here};
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-details-of-unknown-configurations",
    aliases: &[],
    since: "2026.3",
    title: "authorization details of unknown configurations are refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::authorization_details,
    spec: &["rfc9396#section-5", "rfc9396#section-6"],
    obligation: "a token request with authorization details for a configuration that does not exist is refused with invalid_authorization_details",
    doc: "A server that takes the details over without looking answers with a token that is good for nothing, and the \
          wallet learns at the credential endpoint what it could have been told before the code was spent. Look \
          `credential_configuration_id` up in the offer and in the metadata of the issuer.",
    judge: Judge::Refusal(Refusal {
        tamper: "details-of-unknown-configuration",
        expects: INVALID_DETAILS,
        control: Control::Needed,
        leniency: Some(reads_no_details_here),
    }),
};

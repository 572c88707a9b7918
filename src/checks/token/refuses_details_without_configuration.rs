//! A wish needs an object.

use super::{INVALID_DETAILS, reads_no_details_here};
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-details-without-configuration",
    aliases: &[],
    since: "2026.3",
    title: "authorization details without configuration are refused",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::authorization_details,
    spec: &["vci#authorization-details", "rfc9396#section-5"],
    obligation: "a token request with authorization details that name no configuration is refused with invalid_authorization_details",
    doc: "`credential_configuration_id` is required in each detail of type `openid_credential`. Drafts before 15 had `format` \
          and type in its place; a server that falls back to the whole offer where neither is there grants more \
          than was asked for.",
    judge: Judge::Refusal(Refusal {
        tamper: "details-without-configuration",
        expects: INVALID_DETAILS,
        control: Control::Needed,
        leniency: Some(reads_no_details_here),
    }),
};

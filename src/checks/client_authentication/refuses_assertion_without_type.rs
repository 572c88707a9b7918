//! An assertion says of what type it is.

use super::{INVALID_ASSERTION, asserting_clients};
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal};

pub static CHECK: Check = Check {
    id: "client-authentication/refuses-assertion-without-type",
    aliases: &[],
    since: "2026.3",
    title: "an assertion without its type is refused",
    level: Level::Must,
    raised_by: &[],
    applies: asserting_clients,
    spec: &["rfc7523#section-2.2"],
    obligation: "a client_assertion without client_assertion_type is refused with 400 or 401 and invalid_client or invalid_request",
    doc: "`client_assertion_type` tells a JWT from other assertions and is required \
          beside it.\n\n\
          Compare it with `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.",
    judge: Judge::Refusal(Refusal {
        tamper: "client-assertion-missing-type",
        expects: &[Expectation { codes: CODES, fixed: false, ..INVALID_ASSERTION }],
        control: Control::Needed,
        leniency: None,
    }),
};

const CODES: &[&str] = &["invalid_client", "invalid_request"];

//! Two values for one parameter are read differently by every layer that reads them.

use super::INVALID_REQUEST;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "token/refuses-repeated-parameters",
    aliases: &[],
    since: "2026.1",
    title: "repeated parameters are refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-3.2", "rfc6749#section-5.2"],
    obligation: "a token request that repeats a parameter is refused with 400 invalid_request",
    doc: "Form libraries take the first value, the last or both; a filter in front of the server \
          may check the one and the server use the other. OAuth therefore counts a repeated \
          parameter as a malformed request. Most frameworks hand over a map from which the \
          second value is already gone: read the list of pairs, and refuse a name that occurs \
          twice. The MUST NOT of RFC 6749 3.2 binds the client, so accepting it warns.",
    judge: Judge::Refusal(Refusal {
        tamper: "repeated-parameter",
        expects: &[INVALID_REQUEST],
        control: Control::Needed,
        leniency: None,
    }),
};

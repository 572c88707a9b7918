//! A bound token that passes as a bearer token was bound for nothing.

use super::{AT_CREDENTIAL, AT_DEFERRED, AT_NOTIFICATION};
use crate::checks::{Check, Control, Expectation, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-bearer-downgrade",
    aliases: &[],
    since: "2026.1",
    title: "a bound token is refused as a bearer token",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-7.2"],
    obligation: "a DPoP-bound token that is sent with the Bearer scheme is refused",
    doc: "Whoever steals a bound token will leave the proof out and say `Bearer`. Resource \
          libraries that know RFC 6750 alone accept it, since they ignore `cnf`. Where both \
          schemes are supported, refuse a token with a binding under `Bearer`; where only DPoP \
          is, accept no other scheme. Any 401 will do: a resource that does not speak `Bearer` \
          has seen no credentials, and then owes no error code.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-bearer-downgrade",
        expects: &[
            Expectation { codes: &[], ..AT_CREDENTIAL },
            Expectation { codes: &[], ..AT_DEFERRED },
            Expectation { codes: &[], ..AT_NOTIFICATION },
        ],
        control: Control::Needed,
        leniency: None,
    }),
};

//! What is not announced is not agreed.

use super::AT_TOKEN;
use crate::checks::{Check, Control, Judge, Level, Refusal, applicability};

pub static CHECK: Check = Check {
    id: "dpop/refuses-unlisted-algorithms",
    aliases: &[],
    since: "2026.3",
    title: "a DPoP proof by an algorithm that is not listed is refused",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::dpop,
    spec: &["rfc9449#section-5.1", "rfc9449#section-4.3"],
    obligation: "a DPoP proof by an algorithm that dpop_signing_alg_values_supported does not list is refused at the token endpoint",
    doc: "A server accepts a proof whose algorithm it supports and finds acceptable, and says in its \
          metadata which ones these are. The proof sent here is good otherwise. If it is taken, the \
          list is shorter than what is supported, and wallets that go by it are kept from keys that \
          would have done.\n\n\
          Hand the list of the metadata to the library as the algorithms it may accept, or extend the \
          list.",
    judge: Judge::Refusal(Refusal {
        tamper: "dpop-unlisted-alg",
        expects: &[AT_TOKEN],
        control: Control::Needed,
        leniency: None,
    }),
};

//! A GET leaves its parameters in logs and histories.

use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "token/refuses-get",
    aliases: &[],
    since: "2026.3",
    title: "a token is not given for a GET",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc6749#section-3.2", "rfc9110#section-15.5.6"],
    obligation: "a GET at the token endpoint gets no token",
    doc: "OAuth has the token endpoint asked by POST, since codes in an address end up in the logs of servers and proxies. \
          A route for any method that reads parameters wherever they are hands tokens out for them. Answer 405 with \
          `Allow: POST`; any other refusal will do.",
    judge: Judge::Refusal(Refusal {
        tamper: "token-by-get",
        expects: &[Expectation {
            station: Station::Token,
            applies: applicability::always,
            status: &[405, 400, 401, 403, 404, 501],
            codes: &[],
            tolerated: &[],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

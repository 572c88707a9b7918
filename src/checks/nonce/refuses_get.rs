//! A nonce that is had by GET is had from caches and by prefetching, too.

use crate::checks::http::REFUSES_GET;
use crate::checks::{Check, CodeIn, Control, Expectation, Judge, Level, Refusal, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "nonce/refuses-get",
    aliases: &[],
    since: "2026.3",
    title: "a nonce is not given for a GET",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::nonce_endpoint,
    spec: &["rfc9110#section-15.5.6", "vci#nonce-request"],
    obligation: "a GET at the Nonce Endpoint is refused",
    doc: "A nonce is asked for by POST, because each answer is a new one and something is written down for it. A \
          route that takes any method also answers what browsers and proxies fetch ahead, and fills its store \
          with nonces that nobody uses. Answer 405 with `Allow: POST`; 404 will do, and so will a page for people.",
    judge: Judge::Refusal(Refusal {
        tamper: "nonce-by-get",
        expects: &[Expectation {
            station: Station::Nonce,
            applies: applicability::always,
            status: REFUSES_GET,
            codes: &[],
            tolerated: &[],
            code_in: CodeIn::Body,
            fixed: false,
        }],
        control: Control::Needed,
        leniency: None,
    }),
};

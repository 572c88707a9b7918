//! Faults against the German guide for providers of attestations.

use serde_json::json;

use super::{Fault, Stage};
use crate::{answer::Answer, station::Station};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "eaa-without-iat",
        station: "eaa-de",
        stage: Stage::Claims(|claims, _| {
            claims.clear.remove("iat");
        }),
        config: "profiled",
        says: "Credentials do not say when they were issued",
        caught_by: &["eaa-de/states-its-validity"],
    },
    Fault {
        name: "eaa-without-status",
        station: "eaa-de",
        stage: Stage::Claims(|claims, _| {
            claims.clear.remove("status");
        }),
        config: "profiled",
        says: "Credentials do not refer to their status",
        caught_by: &["eaa-de/attaches-a-status"],
    },
    Fault {
        name: "eaa-with-an-internal-number",
        station: "eaa-de",
        stage: Stage::Claims(|claims, _| {
            claims.dataset.insert("customer_number".to_owned(), json!("4711"));
        }),
        config: "profiled",
        says: "Credentials have a claim that the metadata do not describe",
        caught_by: &["eaa-de/keeps-to-the-described-claims"],
    },
    Fault {
        name: "eaa-errors-with-a-stack-trace",
        station: "eaa-de",
        stage: Stage::Wire(&[Station::Token, Station::Credential], tell_the_stack),
        config: "profiled",
        says: "Errors come with the stack trace of the server",
        caught_by: &["eaa-de/errors-keep-internals-in"],
    },
];

fn tell_the_stack(answer: &mut Answer) {
    if let Some(body) = answer.object().filter(|body| body.contains_key("error")) {
        let stack = "Error: refused\n    at redeem (/srv/issuer/token.js:17:11)";
        body.insert("stack".to_owned(), json!(stack));
    }
}

//! Faults of deferred issuance.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Draw, Fault, Lapse, Rule, Stage};
use crate::{
    answer::Answer, incoming::Incoming, random, refusal::Refusal, station::Station, strict_json,
};

const CREDENTIAL: &[Station] = &[Station::Credential];
const DEFERRED: &[Station] = &[Station::Deferred];
const BOTH: &[Station] = &[Station::Credential, Station::Deferred];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "deferral-answers-200",
        station: "deferred",
        stage: Stage::Wire(CREDENTIAL, |answer| {
            put_off(answer, |answer| answer.status = StatusCode::OK)
        }),
        config: "deferred",
        says: "A credential that is put off is announced with status 200",
        caught_by: &["deferred/answers-202"],
    },
    Fault {
        name: "poll-answers-200",
        station: "deferred",
        stage: Stage::Wire(DEFERRED, |answer| {
            put_off(answer, |answer| answer.status = StatusCode::OK)
        }),
        config: "deferred",
        says: "A credential that is put off again is announced with status 200",
        caught_by: &["deferred/answers-a-poll"],
    },
    Fault {
        name: "poll-is-an-error",
        station: "deferred",
        stage: Stage::Wire(DEFERRED, |answer| put_off(answer, refuse_as_pending)),
        config: "deferred",
        says: "A wallet that asks too soon is refused with issuance_pending, as in drafts up to 15",
        caught_by: &["deferred/answers-a-poll", "deferred/ignores-unknown-members"],
    },
    Fault {
        name: "deferral-without-interval",
        station: "deferred",
        stage: Stage::Wire(BOTH, |answer| {
            in_deferral(answer, |body| {
                body.remove("interval");
            })
        }),
        config: "deferred",
        says: "A credential is put off without an interval",
        caught_by: &["deferred/names-an-interval"],
    },
    Fault {
        name: "deferral-interval-as-text",
        station: "deferred",
        stage: Stage::Wire(BOTH, |answer| {
            in_deferral(answer, |body| {
                body.insert("interval".to_owned(), json!("0.05"));
            })
        }),
        config: "deferred",
        says: "The interval of a deferral is text",
        caught_by: &["deferred/names-an-interval"],
    },
    Fault {
        name: "deferral-outlasts-access",
        station: "deferred",
        stage: Stage::Wire(CREDENTIAL, |answer| {
            in_deferral(answer, |body| {
                body.insert("interval".to_owned(), json!(4000));
            })
        }),
        config: "deferred",
        says: "The interval of a deferral is longer than the access token lives",
        caught_by: &["deferred/access-outlasts-the-wait"],
    },
    Fault {
        name: "deferred-endpoint-unpublished",
        station: "deferred",
        stage: Stage::Wire(&[Station::IssuerMetadata], |answer| {
            if let Some(metadata) = answer.object() {
                metadata.remove("deferred_credential_endpoint");
            }
        }),
        config: "deferred",
        says: "Credentials are put off, and the metadata do not say where to ask again",
        caught_by: &["deferred/publishes-its-endpoint"],
    },
    Fault {
        name: "poll-renames-the-transaction",
        station: "deferred",
        stage: Stage::Wire(DEFERRED, |answer| {
            in_deferral(answer, |body| {
                body.insert("transaction_id".to_owned(), json!(random::long()));
            })
        }),
        config: "deferred",
        says: "Each answer that puts a credential off again has another transaction_id",
        caught_by: &["deferred/keeps-the-transaction-id"],
    },
    Fault {
        name: "poll-as-text",
        station: "deferred",
        stage: Stage::Wire(DEFERRED, |answer| {
            put_off(answer, |answer| answer.retype("text/plain"))
        }),
        config: "deferred",
        says: "A credential is put off again in text/plain",
        caught_by: &["deferred/answers-as-json"],
    },
    Fault {
        name: "early-poll-ends-the-transaction",
        station: "deferred",
        stage: Stage::Transaction(|transaction| {
            transaction.is_touchy = true;
            // Long enough that what comes at once comes too early, on a busy machine too.
            transaction.interval = 0.3;
        }),
        config: "deferred",
        says: "A wallet that asks before its time loses the transaction",
        caught_by: &["deferred/survives-early-polls"],
    },
    Fault {
        name: "denial-is-never-told",
        station: "deferred",
        stage: Stage::Rule(Rule::TransactionIssuable, Lapse::Accepts),
        config: "deferred",
        says: "A credential that will never come is put off for ever",
        caught_by: &["deferred/denies-what-will-not-come"],
    },
    Fault {
        name: "transaction-ids-counted",
        station: "deferred",
        stage: Stage::Draw(Draw::TransactionId, |turn| format!("transaction-{turn}")),
        config: "deferred",
        says: "Transaction ids are counted instead of drawn",
        caught_by: &["deferred/ids-are-unguessable"],
    },
    Fault {
        name: "poll-refuses-unknown-member",
        station: "deferred",
        stage: Stage::Request(DEFERRED, refuse_unknown),
        config: "deferred",
        says: "A deferred request with an unknown member is refused",
        caught_by: &["deferred/ignores-unknown-members"],
    },
    Fault {
        name: "deferred-accepts-missing-token",
        station: "deferred",
        stage: Stage::RuleAt(DEFERRED, Rule::TokenPresent, Lapse::Accepts),
        config: "deferred",
        says: "A deferred request without an access token is served",
        caught_by: &["deferred/refuses-missing-token"],
    },
    Fault {
        name: "deferred-crashes-on-missing-token",
        station: "deferred",
        stage: Stage::RuleAt(DEFERRED, Rule::TokenPresent, Lapse::Crashes),
        config: "deferred",
        says: "A deferred request without an access token is answered with status 500",
        caught_by: &["deferred/refuses-missing-token", "http/never-answers-5xx"],
    },
    Fault {
        name: "deferred-accepts-invalid-token",
        station: "deferred",
        stage: Stage::RuleAt(DEFERRED, Rule::TokenKnown, Lapse::Accepts),
        config: "deferred",
        says: "A deferred request with an access token it never handed out is served",
        caught_by: &["deferred/refuses-invalid-token"],
    },
    Fault {
        name: "deferred-crashes-on-invalid-token",
        station: "deferred",
        stage: Stage::RuleAt(DEFERRED, Rule::TokenKnown, Lapse::Crashes),
        config: "deferred",
        says: "A deferred request with an access token it never handed out is answered with status 500",
        caught_by: &["deferred/refuses-invalid-token", "http/never-answers-5xx"],
    },
    Fault {
        name: "deferred-accepts-unknown-transaction",
        station: "deferred",
        stage: Stage::RuleAt(DEFERRED, Rule::TransactionKnown, Lapse::Accepts),
        config: "deferred",
        says: "A deferred request by an id it never gave is served",
        caught_by: &["deferred/refuses-unknown-transaction"],
    },
    Fault {
        name: "deferred-crashes-on-unknown-transaction",
        station: "deferred",
        stage: Stage::RuleAt(DEFERRED, Rule::TransactionKnown, Lapse::Crashes),
        config: "deferred",
        says: "A deferred request by an id it never gave is answered with status 500",
        caught_by: &["deferred/refuses-unknown-transaction", "http/never-answers-5xx"],
    },
    Fault {
        name: "deferred-accepts-missing-transaction",
        station: "deferred",
        stage: Stage::RuleAt(DEFERRED, Rule::TransactionPresent, Lapse::Accepts),
        config: "deferred",
        says: "A deferred request without a transaction_id is served",
        caught_by: &["deferred/refuses-missing-transaction"],
    },
    Fault {
        name: "deferred-crashes-on-missing-transaction",
        station: "deferred",
        stage: Stage::RuleAt(DEFERRED, Rule::TransactionPresent, Lapse::Crashes),
        config: "deferred",
        says: "A deferred request without a transaction_id is answered with status 500",
        caught_by: &["deferred/refuses-missing-transaction", "http/never-answers-5xx"],
    },
    Fault {
        name: "deferred-accepts-redeemed-transaction",
        station: "deferred",
        stage: Stage::RuleAt(DEFERRED, Rule::TransactionUnredeemed, Lapse::Accepts),
        config: "deferred",
        says: "A deferred request for what was fetched before is served",
        caught_by: &["deferred/refuses-redeemed-transaction"],
    },
    Fault {
        name: "deferred-crashes-on-redeemed-transaction",
        station: "deferred",
        stage: Stage::RuleAt(DEFERRED, Rule::TransactionUnredeemed, Lapse::Crashes),
        config: "deferred",
        says: "A deferred request for what was fetched before is answered with status 500",
        caught_by: &["deferred/refuses-redeemed-transaction", "http/never-answers-5xx"],
    },
    Fault {
        name: "deferred-accepts-foreign-transaction",
        station: "deferred",
        stage: Stage::RuleAt(DEFERRED, Rule::TransactionOwn, Lapse::Accepts),
        config: "deferred",
        says: "A deferred request for what another wallet was promised is served",
        caught_by: &["deferred/refuses-foreign-transaction"],
    },
    Fault {
        name: "deferred-crashes-on-foreign-transaction",
        station: "deferred",
        stage: Stage::RuleAt(DEFERRED, Rule::TransactionOwn, Lapse::Crashes),
        config: "deferred",
        says: "A deferred request for what another wallet was promised is answered with status 500",
        caught_by: &["deferred/refuses-foreign-transaction", "http/never-answers-5xx"],
    },
    Fault {
        name: "deferred-delivers-one",
        station: "credential",
        stage: Stage::Wire(DEFERRED, deliver_one),
        config: "deferred",
        says: "A deferred credential comes in a single credential member, as in drafts",
        caught_by: &[
            "credential/returns-credential-objects",
            "credential/excludes-deferral-members",
        ],
    },
    Fault {
        name: "deferred-delivery-created",
        station: "credential",
        stage: Stage::Wire(DEFERRED, |answer| {
            if answer.status == StatusCode::OK {
                answer.status = StatusCode::CREATED;
            }
        }),
        config: "deferred",
        says: "Deferred credentials come with status 201",
        caught_by: &["credential/answers-200-as-json"],
    },
    Fault {
        name: "deferred-forgets-the-keys",
        station: "sd-jwt",
        stage: Stage::Transaction(|transaction| {
            transaction.keys.iter_mut().for_each(|key| *key = None)
        }),
        config: "deferred",
        says: "Deferred credentials are bound to no key, whatever was proved at first",
        caught_by: &["sd-jwt/binds-the-holder-key"],
    },
    Fault {
        name: "deferred-takes-bearer",
        station: "dpop",
        stage: Stage::RuleAt(DEFERRED, Rule::DpopScheme, Lapse::Accepts),
        config: "deferred-dpop",
        says: "A bound token is taken as a bearer token at the deferred credential endpoint",
        caught_by: &["dpop/refuses-bearer-downgrade"],
    },
    Fault {
        name: "deferred-takes-any-htu",
        station: "dpop",
        stage: Stage::RuleAt(DEFERRED, Rule::DpopHtu, Lapse::Accepts),
        config: "deferred-dpop",
        says: "A DPoP proof for another URL is taken at the deferred credential endpoint",
        caught_by: &["dpop/refuses-wrong-htu"],
    },
    Fault {
        name: "deferred-takes-any-ath",
        station: "dpop",
        stage: Stage::RuleAt(DEFERRED, Rule::DpopAthRight, Lapse::Accepts),
        config: "deferred-dpop",
        says: "A DPoP proof for another token is taken at the deferred credential endpoint",
        caught_by: &["dpop/refuses-wrong-ath"],
    },
];

/// Alters an answer that puts a credential off.
fn put_off(answer: &mut Answer, alter: fn(&mut Answer)) {
    if answer.status == StatusCode::ACCEPTED {
        alter(answer);
    }
}

/// Alters the body of an answer that puts a credential off.
fn in_deferral(answer: &mut Answer, alter: fn(&mut Map<String, Value>)) {
    if answer.status == StatusCode::ACCEPTED
        && let Some(body) = answer.object()
    {
        alter(body);
    }
}

fn refuse_as_pending(answer: &mut Answer) {
    answer.status = StatusCode::BAD_REQUEST;
    if let Some(body) = answer.object() {
        body.clear();
        body.insert("error".to_owned(), json!("issuance_pending"));
    }
}

fn deliver_one(answer: &mut Answer) {
    if answer.status == StatusCode::OK
        && let Some(body) = answer.object()
        && let Some(mut credentials) = body.remove("credentials")
    {
        let first = credentials.pointer_mut("/0/credential").map(Value::take);
        body.insert("credential".to_owned(), first.unwrap_or_default());
    }
}

fn refuse_unknown(incoming: &Incoming) -> Option<Refusal> {
    let body = strict_json::read_object(&incoming.body)?;
    body.keys()
        .any(|name| name != "transaction_id")
        .then(|| Refusal::bad_request("invalid_credential_request", "a member is unknown"))
}

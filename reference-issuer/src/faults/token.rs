//! Faults of the token endpoint.

use std::time::Duration;

use axum::http::{StatusCode, header};
use serde_json::{Map, Value, json};

use super::{Draw, Fault, Lapse, Rule, Stage};
use crate::{answer::Answer, incoming::Incoming, refusal::Refusal, station::Station};

const TOKEN: &[Station] = &[Station::Token];

/// Parameters that a token request may have.
const KNOWN: [&str; 11] = [
    "refresh_token",
    "grant_type",
    "pre-authorized_code",
    "tx_code",
    "client_id",
    "client_assertion",
    "client_assertion_type",
    "authorization_details",
    "scope",
    "resource",
    "redirect_uri",
];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "token-as-text",
        station: "token",
        stage: Stage::Wire(TOKEN, |answer| {
            if answer.status == StatusCode::OK {
                answer.retype("text/plain");
            }
        }),
        config: "plain",
        says: "Tokens are served as text/plain",
        caught_by: &["token/answers-as-json"],
    },
    Fault {
        name: "token-cacheable",
        station: "token",
        stage: Stage::Wire(TOKEN, |answer| {
            if answer.status == StatusCode::OK {
                answer.headers.remove(header::CACHE_CONTROL);
            }
        }),
        config: "plain",
        says: "Tokens may be cached",
        caught_by: &["token/is-uncacheable"],
    },
    Fault {
        name: "token-without-lifetime",
        station: "token",
        stage: Stage::Wire(TOKEN, |answer| {
            grant(answer, |body| body.remove("expires_in"));
        }),
        config: "dpop-required",
        says: "Token answers do not state a lifetime",
        caught_by: &["token/states-its-lifetime"],
    },
    Fault {
        name: "token-lives-a-day",
        station: "token",
        stage: Stage::Wire(TOKEN, |answer| {
            grant(answer, |body| body.insert("expires_in".to_owned(), json!(86_400)));
        }),
        config: "plain",
        says: "Bearer tokens live for a day",
        caught_by: &["token/keeps-bearer-tokens-short-lived"],
    },
    Fault {
        name: "token-details-without-identifiers",
        station: "token",
        stage: Stage::Wire(TOKEN, |answer| grant(answer, add_details)),
        config: "identifiers",
        says: "An object in authorization_details names no credential_identifiers",
        caught_by: &["token/names-credential-identifiers"],
    },
    Fault {
        name: "token-carries-nonce",
        station: "token",
        stage: Stage::Wire(TOKEN, |answer| {
            grant(answer, |body| body.insert("c_nonce".to_owned(), json!("a-relic-of-drafts")));
        }),
        config: "plain",
        says: "Token answers carry a c_nonce, as in drafts before 14",
        caught_by: &["token/omits-nonces", "issuer-metadata/speaks-the-final-version"],
    },
    Fault {
        name: "token-predictable",
        station: "token",
        stage: Stage::Draw(Draw::AccessToken, |turn| format!("token-{turn}")),
        config: "plain",
        says: "Access tokens are counted instead of drawn",
        caught_by: &["token/access-tokens-are-unguessable"],
    },
    Fault {
        name: "token-errors-as-html",
        station: "token",
        stage: Stage::Wire(TOKEN, |answer| {
            if answer.status.is_client_error() {
                answer.retype("text/html");
            }
        }),
        config: "plain",
        says: "Token errors are served as text/html",
        caught_by: &["token/errors-are-json"],
    },
    Fault {
        name: "token-errors-unprintable",
        station: "token",
        stage: Stage::Wire(TOKEN, |answer| {
            if answer.status.is_client_error()
                && let Some(body) = answer.object()
            {
                body.insert("error_description".to_owned(), json!("the \"request\" was not schön"));
            }
        }),
        config: "plain",
        says: "Descriptions of token errors have quotes and umlauts",
        caught_by: &["token/errors-are-printable"],
    },
    Fault {
        name: "accepts-missing-tx-code",
        station: "token",
        stage: Stage::Rule(Rule::TxCodePresent, Lapse::Accepts),
        config: "plain",
        says: "A token request without the transaction code its offer asks for is served",
        caught_by: &["token/refuses-missing-tx-code"],
    },
    Fault {
        name: "crashes-on-missing-tx-code",
        station: "token",
        stage: Stage::Rule(Rule::TxCodePresent, Lapse::Crashes),
        config: "plain",
        says: "A token request without the transaction code its offer asks for is answered with status 500",
        caught_by: &["token/refuses-missing-tx-code", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-anonymous-client",
        station: "token",
        stage: Stage::Rule(Rule::ClientNamed, Lapse::Accepts),
        config: "plain",
        says: "A token request without client_id is served though that is not announced",
        caught_by: &["token/refuses-anonymous-client"],
    },
    Fault {
        name: "crashes-on-anonymous-client",
        station: "token",
        stage: Stage::Rule(Rule::ClientNamed, Lapse::Crashes),
        config: "plain",
        says: "A token request without client_id is answered with status 500",
        caught_by: &["token/refuses-anonymous-client", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-wrong-tx-code",
        station: "token",
        stage: Stage::Rule(Rule::TxCodeRight, Lapse::Accepts),
        config: "plain",
        says: "A token request with a wrong transaction code is served",
        caught_by: &["token/refuses-wrong-tx-code"],
    },
    Fault {
        name: "crashes-on-wrong-tx-code",
        station: "token",
        stage: Stage::Rule(Rule::TxCodeRight, Lapse::Crashes),
        config: "plain",
        says: "A token request with a wrong transaction code is answered with status 500",
        caught_by: &["token/refuses-wrong-tx-code", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-unexpected-tx-code",
        station: "token",
        stage: Stage::Rule(Rule::TxCodeExpected, Lapse::Accepts),
        config: "plain",
        says: "A token request with a transaction code nobody asked for is served",
        caught_by: &["token/refuses-unexpected-tx-code"],
    },
    Fault {
        name: "crashes-on-unexpected-tx-code",
        station: "token",
        stage: Stage::Rule(Rule::TxCodeExpected, Lapse::Crashes),
        config: "plain",
        says: "A token request with a transaction code nobody asked for is answered with status 500",
        caught_by: &["token/refuses-unexpected-tx-code", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-redeem-again",
        station: "token",
        stage: Stage::Rule(Rule::CodeUnredeemed, Lapse::Accepts),
        config: "plain",
        says: "A token request with a code that was redeemed is served",
        caught_by: &["token/redeems-a-code-once"],
    },
    Fault {
        name: "crashes-on-redeem-again",
        station: "token",
        stage: Stage::Rule(Rule::CodeUnredeemed, Lapse::Crashes),
        config: "plain",
        says: "A token request with a code that was redeemed is answered with status 500",
        caught_by: &["token/redeems-a-code-once", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-unknown-code",
        station: "token",
        stage: Stage::Rule(Rule::CodeKnown, Lapse::Accepts),
        config: "plain",
        says: "A token request with a code that was never handed out is served",
        caught_by: &["token/refuses-unknown-code"],
    },
    Fault {
        name: "crashes-on-unknown-code",
        station: "token",
        stage: Stage::Rule(Rule::CodeKnown, Lapse::Crashes),
        config: "plain",
        says: "A token request with a code that was never handed out is answered with status 500",
        caught_by: &["token/refuses-unknown-code", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-missing-code",
        station: "token",
        stage: Stage::Rule(Rule::CodePresent, Lapse::Accepts),
        config: "plain",
        says: "A token request without a code is served",
        caught_by: &["token/refuses-missing-code"],
    },
    Fault {
        name: "crashes-on-missing-code",
        station: "token",
        stage: Stage::Rule(Rule::CodePresent, Lapse::Crashes),
        config: "plain",
        says: "A token request without a code is answered with status 500",
        caught_by: &["token/refuses-missing-code", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-missing-grant-type",
        station: "token",
        stage: Stage::Rule(Rule::GrantTypePresent, Lapse::Accepts),
        config: "plain",
        says: "A token request without a grant type is served",
        caught_by: &["token/refuses-missing-grant-type"],
    },
    Fault {
        name: "crashes-on-missing-grant-type",
        station: "token",
        stage: Stage::Rule(Rule::GrantTypePresent, Lapse::Crashes),
        config: "plain",
        says: "A token request without a grant type is answered with status 500",
        caught_by: &["token/refuses-missing-grant-type", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-unsupported-grant",
        station: "token",
        stage: Stage::Rule(Rule::GrantTypeSupported, Lapse::Accepts),
        config: "plain",
        says: "A token request of a grant type it does not support is served",
        caught_by: &["token/refuses-unsupported-grant"],
    },
    Fault {
        name: "crashes-on-unsupported-grant",
        station: "token",
        stage: Stage::Rule(Rule::GrantTypeSupported, Lapse::Crashes),
        config: "plain",
        says: "A token request of a grant type it does not support is answered with status 500",
        caught_by: &["token/refuses-unsupported-grant", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-repeated-parameter",
        station: "token",
        stage: Stage::Rule(Rule::ParametersUnrepeated, Lapse::Accepts),
        config: "plain",
        says: "A token request with a parameter twice is served",
        caught_by: &["token/refuses-repeated-parameters"],
    },
    Fault {
        name: "crashes-on-repeated-parameter",
        station: "token",
        stage: Stage::Rule(Rule::ParametersUnrepeated, Lapse::Crashes),
        config: "plain",
        says: "A token request with a parameter twice is answered with status 500",
        caught_by: &["token/refuses-repeated-parameters", "http/never-answers-5xx"],
    },
    Fault {
        name: "missing-tx-code-is-invalid-grant",
        station: "token",
        stage: Stage::Rule(
            Rule::TxCodePresent,
            Lapse::Answers { status: 400, code: "invalid_grant" },
        ),
        config: "plain",
        says: "A missing transaction code is refused as invalid_grant",
        caught_by: &["token/refuses-missing-tx-code"],
    },
    Fault {
        name: "unknown-code-is-forbidden",
        station: "token",
        stage: Stage::Rule(Rule::CodeKnown, Lapse::Answers { status: 403, code: "invalid_grant" }),
        config: "plain",
        says: "An unknown code is refused with status 403",
        caught_by: &["token/refuses-unknown-code", "token/errors-are-json"],
    },
    Fault {
        name: "wrong-tx-code-kills-the-code",
        station: "token",
        stage: Stage::Store(|policy| policy.wrong_tries = 1),
        config: "plain",
        says: "One wrong transaction code makes the right one useless",
        caught_by: &["token/survives-wrong-tx-code"],
    },
    Fault {
        name: "codes-win-races",
        station: "token",
        stage: Stage::Store(|policy| policy.race_window = Some(Duration::from_millis(60))),
        config: "plain",
        says: "Requests that redeem one code at the same time all get a token",
        caught_by: &["token/redeems-a-code-once"],
    },
    Fault {
        name: "refuses-unknown-parameter",
        station: "token",
        stage: Stage::Request(TOKEN, refuse_unknown),
        config: "plain",
        says: "A token request with an unknown parameter is refused",
        caught_by: &["token/ignores-unknown-parameters"],
    },
    Fault {
        name: "challenge-spends-the-code",
        station: "token",
        stage: Stage::Store(|policy| policy.spends_on_dpop_refusal = true),
        config: "default",
        says: "The challenge for a DPoP nonce spends the code",
        caught_by: &["token/challenge-spares-the-code"],
    },
];

/// Alters the body of an answer that grants a token.
fn grant(answer: &mut Answer, alter: fn(&mut Map<String, Value>) -> Option<Value>) {
    if answer.status == StatusCode::OK
        && let Some(body) = answer.object()
    {
        alter(body);
    }
}

fn add_details(body: &mut Map<String, Value>) -> Option<Value> {
    let details = body.get_mut("authorization_details")?.as_array_mut()?;
    let mut bare = details.first()?.clone();
    let removed = bare.as_object_mut()?.remove("credential_identifiers");
    details.push(bare);
    removed
}

fn refuse_unknown(incoming: &Incoming) -> Option<Refusal> {
    let form = incoming.form();
    form.iter()
        .any(|(name, _)| !KNOWN.contains(&name.as_ref()))
        .then(|| Refusal::bad_request("invalid_request", "a parameter is unknown"))
}

//! Faults of the credential endpoint.

use axum::http::{StatusCode, header};
use serde_json::{Map, Value, json};

use super::{Fault, Lapse, Rule, Stage};
use crate::{
    answer::Answer,
    formats::{Context, sd_jwt::Claims},
    incoming::Incoming,
    refusal::Refusal,
    station::Station,
    strict_json,
};

const CREDENTIAL: &[Station] = &[Station::Credential];

/// Members that a credential request may have.
const KNOWN: [&str; 4] = [
    "credential_identifier",
    "credential_configuration_id",
    "proofs",
    "credential_response_encryption",
];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "credential-as-text",
        station: "credential",
        stage: Stage::Wire(CREDENTIAL, |answer| {
            if answer.status == StatusCode::OK {
                answer.retype("text/plain");
            }
        }),
        config: "plain",
        says: "Credentials are served as text/plain",
        caught_by: &["credential/answers-200-as-json"],
    },
    Fault {
        name: "ends-tokens-at-errors",
        station: "credential",
        stage: Stage::Store(|policy| policy.ends_tokens_at_errors = true),
        config: "plain",
        says: "A credential request that is refused uses up the access token",
        caught_by: &["credential/survives-refused-requests"],
    },
    Fault {
        name: "credentials-as-strings",
        station: "credential",
        stage: Stage::Wire(CREDENTIAL, |answer| issued(answer, unwrap)),
        config: "plain",
        says: "The credentials are an array of strings instead of objects",
        caught_by: &["credential/returns-credential-objects"],
    },
    Fault {
        name: "credential-beside-transaction",
        station: "credential",
        stage: Stage::Wire(CREDENTIAL, |answer| {
            issued(answer, |body| {
                body.insert("transaction_id".to_owned(), json!("8xLOxBtZp8"));
                body.insert("interval".to_owned(), json!(5));
            })
        }),
        config: "plain",
        says: "Credentials come with a transaction_id and an interval",
        caught_by: &["credential/excludes-deferral-members"],
    },
    Fault {
        name: "credential-of-another-configuration",
        station: "credential",
        stage: Stage::Claims(exchange),
        config: "plain",
        says: "The credential issued is of another configuration than the one asked for",
        caught_by: &[
            "credential/matches-the-request",
            "sd-jwt/vct-matches",
            "sd-jwt/has-the-mandatory-claims",
        ],
    },
    Fault {
        name: "credential-cacheable",
        station: "credential",
        stage: Stage::Wire(CREDENTIAL, |answer| {
            answer.headers.remove(header::CACHE_CONTROL);
        }),
        config: "plain",
        says: "Credentials may be cached",
        caught_by: &["credential/is-uncacheable"],
    },
    Fault {
        name: "credential-carries-nonce",
        station: "credential",
        stage: Stage::Wire(CREDENTIAL, |answer| {
            issued(answer, |body| {
                body.insert("c_nonce".to_owned(), json!("a-relic-of-drafts"));
            })
        }),
        config: "plain",
        says: "Credential answers carry a c_nonce, as in drafts before 15",
        caught_by: &["credential/omits-old-members", "issuer-metadata/speaks-the-final-version"],
    },
    Fault {
        name: "wants-a-single-proof",
        station: "credential",
        stage: Stage::Request(CREDENTIAL, refuse_proofs),
        config: "bilingual",
        says: "Before it looks at the token, it refuses a request with its key proofs in proofs: it wants a single one \
               in proof, as drafts until 15 had it",
        caught_by: &[
            "credential/takes-current-requests",
            "credential/refuses-invalid-token",
            "credential/refuses-missing-token",
            "issuer-metadata/speaks-the-final-version",
        ],
    },
    Fault {
        name: "accepts-missing-token",
        station: "credential",
        stage: Stage::Rule(Rule::TokenPresent, Lapse::Accepts),
        config: "plain",
        says: "A credential request without an access token is served",
        caught_by: &["credential/refuses-missing-token", "credential/looks-at-the-token-first"],
    },
    Fault {
        name: "crashes-on-missing-token",
        station: "credential",
        stage: Stage::Rule(Rule::TokenPresent, Lapse::Crashes),
        config: "plain",
        says: "A credential request without an access token is answered with status 500",
        caught_by: &[
            "credential/refuses-missing-token",
            "credential/looks-at-the-token-first",
            "http/never-answers-5xx",
        ],
    },
    Fault {
        name: "accepts-invalid-token",
        station: "credential",
        stage: Stage::Rule(Rule::TokenKnown, Lapse::Accepts),
        config: "plain",
        says: "A credential request with an access token it never handed out is served",
        caught_by: &["credential/refuses-invalid-token"],
    },
    Fault {
        name: "crashes-on-invalid-token",
        station: "credential",
        stage: Stage::Rule(Rule::TokenKnown, Lapse::Crashes),
        config: "plain",
        says: "A credential request with an access token it never handed out is answered with status 500",
        caught_by: &["credential/refuses-invalid-token", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-token-in-query",
        station: "credential",
        stage: Stage::Rule(Rule::TokenInHeader, Lapse::Accepts),
        config: "plain",
        says: "A credential request with the access token in the query is served",
        caught_by: &["credential/refuses-token-in-query"],
    },
    Fault {
        name: "crashes-on-token-in-query",
        station: "credential",
        stage: Stage::Rule(Rule::TokenInHeader, Lapse::Crashes),
        config: "plain",
        says: "A credential request with the access token in the query is answered with status 500",
        caught_by: &["credential/refuses-token-in-query", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-unknown-configuration",
        station: "credential",
        stage: Stage::Rule(Rule::ConfigurationKnown, Lapse::Accepts),
        config: "plain",
        says: "A credential request for a configuration that the metadata lack is served",
        caught_by: &["credential/refuses-unknown-configuration"],
    },
    Fault {
        name: "crashes-on-unknown-configuration",
        station: "credential",
        stage: Stage::Rule(Rule::ConfigurationKnown, Lapse::Crashes),
        config: "plain",
        says: "A credential request for a configuration that the metadata lack is answered with status 500",
        caught_by: &["credential/refuses-unknown-configuration", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-unoffered-configuration",
        station: "credential",
        stage: Stage::Rule(Rule::ConfigurationOffered, Lapse::Accepts),
        config: "plain",
        says: "A credential request for a configuration outside the offer is served",
        caught_by: &["credential/refuses-unoffered-configuration"],
    },
    Fault {
        name: "crashes-on-unoffered-configuration",
        station: "credential",
        stage: Stage::Rule(Rule::ConfigurationOffered, Lapse::Crashes),
        config: "plain",
        says: "A credential request for a configuration outside the offer is answered with status 500",
        caught_by: &["credential/refuses-unoffered-configuration", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-malformed-json",
        station: "credential",
        stage: Stage::Rule(Rule::BodyReadable, Lapse::Accepts),
        config: "plain",
        says: "A credential request whose body is not JSON is served",
        caught_by: &["credential/refuses-malformed-json"],
    },
    Fault {
        name: "crashes-on-malformed-json",
        station: "credential",
        stage: Stage::Rule(Rule::BodyReadable, Lapse::Crashes),
        config: "plain",
        says: "A credential request whose body is not JSON is answered with status 500",
        caught_by: &["credential/refuses-malformed-json", "http/never-answers-5xx"],
    },
    Fault {
        name: "refuses-unknown-member",
        station: "credential",
        stage: Stage::Request(CREDENTIAL, refuse_unknown),
        config: "plain",
        says: "A credential request with an unknown member is refused",
        caught_by: &["credential/ignores-unknown-members"],
    },
    Fault {
        name: "credential-errors-as-text",
        station: "credential",
        stage: Stage::Wire(CREDENTIAL, |answer| {
            if answer.status == StatusCode::BAD_REQUEST {
                answer.retype("text/plain");
            }
        }),
        config: "plain",
        says: "Credential errors are served as text/plain",
        caught_by: &["credential/errors-are-json"],
    },
    Fault {
        name: "credential-errors-unprintable",
        station: "credential",
        stage: Stage::Wire(CREDENTIAL, |answer| {
            if answer.status == StatusCode::BAD_REQUEST
                && let Some(body) = answer.object()
            {
                body.insert("error_description".to_owned(), json!("the \"request\" was not schön"));
            }
        }),
        config: "plain",
        says: "Descriptions of credential errors have quotes and umlauts",
        caught_by: &["credential/errors-are-printable"],
    },
    Fault {
        name: "unknown-configuration-in-old-words",
        station: "credential",
        stage: Stage::Rule(
            Rule::ConfigurationKnown,
            Lapse::Answers { status: 400, code: "unsupported_credential_type" },
        ),
        config: "plain",
        says: "An unknown configuration is refused with a code that draft 16 dropped",
        caught_by: &[
            "credential/refuses-unknown-configuration",
            "credential/errors-use-current-codes",
        ],
    },
    Fault {
        name: "malformed-json-is-invalid-request",
        station: "credential",
        stage: Stage::Rule(
            Rule::BodyReadable,
            Lapse::Answers { status: 400, code: "invalid_request" },
        ),
        config: "plain",
        says: "A malformed body is refused with the generic code of OAuth",
        caught_by: &["credential/refuses-malformed-json", "credential/errors-are-json"],
    },
];

/// Alters the body of an answer that carries credentials.
fn issued(answer: &mut Answer, alter: fn(&mut Map<String, Value>)) {
    if answer.status == StatusCode::OK
        && let Some(body) = answer.object()
    {
        alter(body);
    }
}

fn unwrap(body: &mut Map<String, Value>) {
    if let Some(Value::Array(credentials)) = body.get_mut("credentials") {
        for credential in credentials {
            *credential = credential.get_mut("credential").map_or(Value::Null, Value::take);
        }
    }
}

fn exchange(claims: &mut Claims, context: &Context) {
    let own = claims.clear.get("vct").and_then(Value::as_str);
    let another = context.issuer.credentials.iter().find(|other| Some(other.vct.as_str()) != own);
    if let Some(another) = another {
        claims.dataset = another.dataset.clone();
        claims.clear.insert("vct".to_owned(), json!(another.vct));
    }
}

fn refuse_proofs(incoming: &Incoming) -> Option<Refusal> {
    let body = strict_json::read_object(&incoming.body)?;
    body.contains_key("proofs").then(|| Refusal::bad_request("invalid_proof", "proof is missing"))
}

fn refuse_unknown(incoming: &Incoming) -> Option<Refusal> {
    let body = strict_json::read_object(&incoming.body)?;
    body.keys()
        .any(|name| !KNOWN.contains(&name.as_str()))
        .then(|| Refusal::bad_request("invalid_credential_request", "a member is unknown"))
}

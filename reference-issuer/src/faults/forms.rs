//! Faults of requests that come in another form than they should.

use axum::http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use super::{Fault, Lapse, Rule, Stage};
use crate::{
    incoming::Incoming,
    refusal::{Refusal, Scheme},
    station::Station,
};

const CREDENTIAL: &[Station] = &[Station::Credential];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "accepts-token-by-get",
        station: "token",
        stage: Stage::Rule(Rule::TokenByPost, Lapse::Accepts),
        config: "plain",
        says: "A GET at the token endpoint is served",
        caught_by: &["token/refuses-get"],
    },
    Fault {
        name: "crashes-on-token-by-get",
        station: "token",
        stage: Stage::Rule(Rule::TokenByPost, Lapse::Crashes),
        config: "plain",
        says: "A GET at the token endpoint is answered with status 500",
        caught_by: &["token/refuses-get", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-token-request-as-json",
        station: "token",
        stage: Stage::Rule(Rule::FormTyped, Lapse::Accepts),
        config: "plain",
        says: "A token request whose body is JSON is served",
        caught_by: &["token/refuses-json"],
    },
    Fault {
        name: "crashes-on-token-request-as-json",
        station: "token",
        stage: Stage::Rule(Rule::FormTyped, Lapse::Crashes),
        config: "plain",
        says: "A token request whose body is JSON is answered with status 500",
        caught_by: &["token/refuses-json", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-request-naming-nothing",
        station: "credential",
        stage: Stage::Rule(Rule::RequestNamesOne, Lapse::Accepts),
        config: "plain",
        says: "A credential request that names both an identifier and a configuration, or neither is served",
        caught_by: &["credential/refuses-both-identifiers", "credential/refuses-a-format"],
    },
    Fault {
        name: "crashes-on-request-naming-nothing",
        station: "credential",
        stage: Stage::Rule(Rule::RequestNamesOne, Lapse::Crashes),
        config: "plain",
        says: "A credential request that names both an identifier and a configuration, or neither is answered with status 500",
        caught_by: &[
            "credential/refuses-both-identifiers",
            "credential/refuses-a-format",
            "http/never-answers-5xx",
        ],
    },
    Fault {
        name: "accepts-repeated-member",
        station: "credential",
        stage: Stage::Rule(Rule::BodyUnrepeated, Lapse::Accepts),
        config: "plain",
        says: "A credential request in which a member stands twice is served",
        caught_by: &["credential/refuses-repeated-members"],
    },
    Fault {
        name: "crashes-on-repeated-member",
        station: "credential",
        stage: Stage::Rule(Rule::BodyUnrepeated, Lapse::Crashes),
        config: "plain",
        says: "A credential request in which a member stands twice is answered with status 500",
        caught_by: &["credential/refuses-repeated-members", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-empty-body",
        station: "credential",
        stage: Stage::Rule(Rule::BodyPresent, Lapse::Accepts),
        config: "plain",
        says: "A credential request without a body is served",
        caught_by: &["credential/refuses-an-empty-body"],
    },
    Fault {
        name: "crashes-on-empty-body",
        station: "credential",
        stage: Stage::Rule(Rule::BodyPresent, Lapse::Crashes),
        config: "plain",
        says: "A credential request without a body is answered with status 500",
        caught_by: &["credential/refuses-an-empty-body", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-text-body",
        station: "credential",
        stage: Stage::Rule(Rule::BodyTyped, Lapse::Accepts),
        config: "plain",
        says: "A credential request labelled as plain text is served",
        caught_by: &["credential/refuses-another-media-type"],
    },
    Fault {
        name: "crashes-on-text-body",
        station: "credential",
        stage: Stage::Rule(Rule::BodyTyped, Lapse::Crashes),
        config: "plain",
        says: "A credential request labelled as plain text is answered with status 500",
        caught_by: &["credential/refuses-another-media-type", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-made-up-identifier",
        station: "credential",
        stage: Stage::Rule(Rule::IdentifierKnown, Lapse::Accepts),
        config: "plain",
        says: "A credential request by an identifier of its own making is served",
        caught_by: &["credential/refuses-made-up-identifiers"],
    },
    Fault {
        name: "crashes-on-made-up-identifier",
        station: "credential",
        stage: Stage::Rule(Rule::IdentifierKnown, Lapse::Crashes),
        config: "plain",
        says: "A credential request by an identifier of its own making is answered with status 500",
        caught_by: &["credential/refuses-made-up-identifiers", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-unknown-identifier",
        station: "credential",
        stage: Stage::Rule(Rule::IdentifierKnown, Lapse::Accepts),
        config: "identifiers",
        says: "A credential request by an unknown identifier is served",
        caught_by: &["credential/refuses-unknown-identifiers"],
    },
    Fault {
        name: "crashes-on-unknown-identifier",
        station: "credential",
        stage: Stage::Rule(Rule::IdentifierKnown, Lapse::Crashes),
        config: "identifiers",
        says: "A credential request by an unknown identifier is answered with status 500",
        caught_by: &["credential/refuses-unknown-identifiers", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-configuration-despite-identifiers",
        station: "credential",
        stage: Stage::Rule(Rule::IdentifiersUsed, Lapse::Accepts),
        config: "identifiers",
        says: "A credential request by configuration, though identifiers were given, is served",
        caught_by: &["credential/refuses-configurations-despite-identifiers"],
    },
    Fault {
        name: "crashes-on-configuration-despite-identifiers",
        station: "credential",
        stage: Stage::Rule(Rule::IdentifiersUsed, Lapse::Crashes),
        config: "identifiers",
        says: "A credential request by configuration, though identifiers were given, is answered with status 500",
        caught_by: &[
            "credential/refuses-configurations-despite-identifiers",
            "http/never-answers-5xx",
        ],
    },
    Fault {
        name: "body-before-token",
        station: "credential",
        stage: Stage::Request(CREDENTIAL, |incoming| {
            is_malformed_and_anonymous(incoming)
                .then(|| Refusal::bad_request("invalid_credential_request", "the body is not JSON"))
        }),
        config: "plain",
        says: "The body of a credential request is looked at before the token",
        caught_by: &["credential/looks-at-the-token-first"],
    },
    Fault {
        name: "crashes-on-body-before-token",
        station: "credential",
        stage: Stage::Request(CREDENTIAL, |incoming| {
            is_malformed_and_anonymous(incoming).then(Refusal::crash)
        }),
        config: "plain",
        says: "A malformed body without a token is answered with status 500",
        caught_by: &["credential/looks-at-the-token-first", "http/never-answers-5xx"],
    },
    Fault {
        name: "scheme-by-the-letter",
        station: "credential",
        stage: Stage::Request(CREDENTIAL, |incoming| {
            let is_loud = incoming.header("authorization").any(|own| own.starts_with("BEARER"));
            is_loud.then(|| {
                Refusal::challenge(StatusCode::UNAUTHORIZED, Scheme::Bearer, "invalid_token")
            })
        }),
        config: "plain",
        says: "The name of the authorization scheme has to be written in one way",
        caught_by: &["credential/takes-any-case-of-the-scheme"],
    },
    Fault {
        name: "media-type-by-the-letter",
        station: "credential",
        stage: Stage::Request(CREDENTIAL, |incoming| {
            let has_charset = incoming.header("content-type").any(|own| own.contains("charset"));
            has_charset.then(|| {
                Refusal::bad_request("invalid_credential_request", "the media type is not JSON")
            })
        }),
        config: "plain",
        says: "A parameter of the media type is taken for another media type",
        caught_by: &["credential/takes-media-type-parameters"],
    },
    Fault {
        name: "redirects-an-empty-body",
        station: "http",
        stage: Stage::Request(CREDENTIAL, |incoming| {
            let is_empty = incoming.method == "POST" && incoming.body.is_empty();
            let refusal = || Refusal::bad_request("invalid_credential_request", "elsewhere");
            is_empty.then(|| refusal().answering(307, "elsewhere"))
        }),
        config: "plain",
        says: "A POST without a body is redirected",
        caught_by: &["http/redirects-no-post", "credential/refuses-an-empty-body"],
    },
    Fault {
        name: "errors-with-a-trace",
        station: "http",
        stage: Stage::Wire(CREDENTIAL, |answer| {
            let is_error = answer.status == StatusCode::BAD_REQUEST;
            if let Some(body) = answer.object().filter(|_| is_error) {
                body.insert("trace".to_owned(), json!("java.lang.IllegalStateException"));
            }
        }),
        config: "plain",
        says: "Errors show where they were thrown",
        caught_by: &["http/keeps-the-inside-to-itself"],
    },
    Fault {
        name: "half-a-preflight",
        station: "http",
        stage: Stage::Wire(CREDENTIAL, |answer| {
            if answer.headers.contains_key(header::ACCESS_CONTROL_ALLOW_HEADERS) {
                let half = HeaderValue::from_static("content-type");
                answer.headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, half);
            }
        }),
        config: "two-servers",
        says: "Wallets in a browser may ask, and not show their token",
        caught_by: &["http/serves-browsers-in-full"],
    },
];

fn is_malformed_and_anonymous(incoming: &Incoming) -> bool {
    let is_anonymous = incoming.header("authorization").next().is_none();
    is_anonymous
        && incoming.method == "POST"
        && serde_json::from_slice::<Value>(&incoming.body).is_err()
}

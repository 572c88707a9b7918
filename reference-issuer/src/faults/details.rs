//! Faults of authorization details in token requests, and of several authorization servers.

use serde_json::json;

use super::{Fault, Lapse, Rule, Stage};
use crate::{
    formats::{Context, sd_jwt::Claims},
    incoming::Incoming,
    refusal::Refusal,
    station::Station,
};

const TOKEN: &[Station] = &[Station::Token];
const AS_METADATA: &[Station] = &[Station::AsMetadata];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "accepts-details-of-unknown-type",
        station: "token",
        stage: Stage::Rule(Rule::DetailTyped, Lapse::Accepts),
        config: "two-servers",
        says: "A token request with authorization details of an unknown type is served",
        caught_by: &["token/refuses-details-of-unknown-type"],
    },
    Fault {
        name: "crashes-on-details-of-unknown-type",
        station: "token",
        stage: Stage::Rule(Rule::DetailTyped, Lapse::Crashes),
        config: "two-servers",
        says: "A token request with authorization details of an unknown type is answered with status 500",
        caught_by: &["token/refuses-details-of-unknown-type", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-details-of-unknown-configuration",
        station: "token",
        stage: Stage::Rule(Rule::DetailOffered, Lapse::Accepts),
        config: "two-servers",
        says: "A token request with authorization details for a configuration that does not exist is served",
        caught_by: &["token/refuses-details-of-unknown-configurations"],
    },
    Fault {
        name: "crashes-on-details-of-unknown-configuration",
        station: "token",
        stage: Stage::Rule(Rule::DetailOffered, Lapse::Crashes),
        config: "two-servers",
        says: "A token request with authorization details for a configuration that does not exist is answered with status 500",
        caught_by: &["token/refuses-details-of-unknown-configurations", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-details-without-configuration",
        station: "token",
        stage: Stage::Rule(Rule::DetailNamesConfiguration, Lapse::Accepts),
        config: "two-servers",
        says: "A token request with authorization details that name no configuration is served",
        caught_by: &["token/refuses-details-without-configuration"],
    },
    Fault {
        name: "crashes-on-details-without-configuration",
        station: "token",
        stage: Stage::Rule(Rule::DetailNamesConfiguration, Lapse::Crashes),
        config: "two-servers",
        says: "A token request with authorization details that name no configuration is answered with status 500",
        caught_by: &["token/refuses-details-without-configuration", "http/never-answers-5xx"],
    },
    Fault {
        name: "accepts-contradictory-claims",
        station: "token",
        stage: Stage::Rule(Rule::DetailClaimsAgree, Lapse::Accepts),
        config: "two-servers",
        says: "A token request whose authorization details describe one claim twice is accepted",
        caught_by: &["token/refuses-contradictory-claims"],
    },
    Fault {
        name: "crashes-on-contradictory-claims",
        station: "token",
        stage: Stage::Rule(Rule::DetailClaimsAgree, Lapse::Crashes),
        config: "two-servers",
        says: "A token request whose authorization details describe one claim twice is answered with status 500",
        caught_by: &["token/refuses-contradictory-claims", "http/never-answers-5xx"],
    },
    Fault {
        name: "drops-a-mandatory-claim",
        station: "credential",
        stage: Stage::Claims(drop_optional),
        config: "two-servers",
        says: "A claim is left out that the metadata call optional and the wallet mandatory",
        caught_by: &["credential/delivers-mandatory-claims"],
    },
    Fault {
        name: "refuses-unknown-detail-member",
        station: "token",
        stage: Stage::Request(TOKEN, |incoming| {
            details(incoming).is_some_and(|own| own.contains("zzz_unknown")).then(invalid)
        }),
        config: "two-servers",
        says: "A member of authorization details that nobody defined is refused",
        caught_by: &["token/ignores-unknown-detail-members"],
    },
    Fault {
        name: "refuses-a-selection",
        station: "token",
        stage: Stage::Request(TOKEN, |incoming| {
            details(incoming)
                .is_some_and(|own| own.matches("openid_credential").count() == 1)
                .then(invalid)
        }),
        config: "two-servers",
        says: "Authorization details that do not name all that was offered are refused",
        caught_by: &["token/grants-a-selection"],
    },
    Fault {
        name: "ignores-authorization-details",
        station: "token",
        stage: Stage::Wire(TOKEN, |answer| {
            if let Some(body) = answer.object() {
                body.remove("authorization_details");
            }
        }),
        config: "two-servers",
        says: "Authorization details in a token request are answered with none",
        caught_by: &["token/returns-authorization-details"],
    },
    Fault {
        name: "details-for-everything",
        station: "token",
        stage: Stage::Wire(TOKEN, |answer| {
            let body = answer.object();
            if let Some(details) = body.and_then(|body| body.get_mut("authorization_details"))
                && let Some(details) = details.as_array_mut()
                && details.len() == 1
            {
                details.push(json!({
                    "type": "openid_credential",
                    "credential_configuration_id": "diploma",
                    "credential_identifiers": ["diploma-of-the-offer"]
                }));
            }
        }),
        config: "two-servers",
        says: "A token response has authorization details for all of the offer, whatever was asked for",
        caught_by: &["token/keeps-to-the-selection", "token/names-credential-identifiers"],
    },
    Fault {
        name: "forgets-the-second-identifier",
        station: "credential",
        stage: Stage::Request(&[Station::Credential], |incoming| {
            String::from_utf8_lossy(&incoming.body).contains("\"pid-2-").then(|| {
                let why = "no such credential_identifier";
                Refusal::bad_request("unknown_credential_identifier", why)
            })
        }),
        config: "two-servers",
        says: "Of several credential identifiers only the first can be redeemed",
        caught_by: &["credential/redeems-every-identifier"],
    },
    Fault {
        name: "finds-fault-with-the-second-identifier",
        station: "credential",
        stage: Stage::Request(&[Station::Credential], |incoming| {
            String::from_utf8_lossy(&incoming.body).contains("\"pid-2-").then(|| {
                Refusal::bad_request("invalid_credential_request", "the dataset was not found")
            })
        }),
        config: "two-servers",
        says: "Of several credential identifiers only the first is served, and the request blamed for it",
        caught_by: &["credential/redeems-every-identifier"],
    },
    Fault {
        name: "offer-without-a-server",
        station: "offer",
        stage: Stage::Offer(|minted, _| {
            if let Some(grant) = minted.grant() {
                grant.remove("authorization_server");
            }
        }),
        config: "two-servers",
        says: "Offers do not say which of two authorization servers knows the code",
        caught_by: &["offer/names-a-server-where-there-are-several"],
    },
    Fault {
        name: "server-without-authorization-endpoint",
        station: "as-metadata",
        stage: Stage::Wire(AS_METADATA, |answer| {
            if let Some(metadata) = answer.object() {
                metadata.remove("authorization_endpoint");
            }
        }),
        config: "two-servers",
        says: "A server with the authorization code grant does not say where users decide",
        caught_by: &["as-metadata/publishes-an-authorization-endpoint"],
    },
    Fault {
        name: "server-without-response-types",
        station: "as-metadata",
        stage: Stage::Wire(AS_METADATA, |answer| {
            if let Some(metadata) = answer.object() {
                metadata.remove("response_types_supported");
            }
        }),
        config: "two-servers",
        says: "A server with the authorization code grant does not state its response types",
        caught_by: &["as-metadata/states-its-response-types"],
    },
    Fault {
        name: "server-with-plain-challenges",
        station: "as-metadata",
        stage: Stage::Wire(AS_METADATA, |answer| {
            let methods = answer
                .object()
                .and_then(|metadata| metadata.get_mut("code_challenge_methods_supported"));
            if let Some(methods) = methods {
                *methods = json!(["plain"]);
            }
        }),
        config: "two-servers",
        says: "A server announces no other code challenges than plain ones",
        caught_by: &["as-metadata/lists-s256"],
    },
];

fn drop_optional(claims: &mut Claims, _: &Context) {
    claims.dataset.remove("place_of_birth");
}

fn details(incoming: &Incoming) -> Option<String> {
    let form = incoming.form();
    let (_, value) = form.iter().find(|(name, _)| name == "authorization_details")?;
    Some(value.to_string())
}

fn invalid() -> Refusal {
    let why = "the authorization details are not understood";
    Refusal::bad_request("invalid_authorization_details", why)
}

//! Faults of the authorization server metadata.

use serde_json::{Value, json};

use super::{Fault, Stage};
use crate::{answer::Answer, layout::Layout, station::Station};

const METADATA: &[Station] = &[Station::AsMetadata];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "as-metadata-appended-path-only",
        station: "as-metadata",
        stage: Stage::Route(append),
        config: "tls",
        says: "Authorization server metadata is served only after the path of its identifier",
        caught_by: &["as-metadata/is-at-the-inserted-path"],
    },
    Fault {
        name: "as-metadata-as-html",
        station: "as-metadata",
        stage: Stage::Wire(METADATA, |answer| answer.retype("text/html")),
        config: "default",
        says: "Authorization server metadata is served as text/html",
        caught_by: &["as-metadata/is-served-as-json"],
    },
    Fault {
        name: "as-metadata-foreign-issuer",
        station: "as-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            set(answer, "issuer", json!("http://localhost/another"));
        }),
        config: "default",
        says: "Authorization server metadata names another issuer than the one asked for",
        caught_by: &["as-metadata/names-the-same-issuer"],
    },
    Fault {
        name: "as-metadata-issuer-with-query",
        station: "as-metadata",
        stage: Stage::Route(|layout| layout.authorization_server.push_str("?tenant=1")),
        config: "tls",
        says: "The identifier of the authorization server has a query",
        caught_by: &["as-metadata/issuer-is-a-plain-url"],
    },
    Fault {
        name: "as-metadata-without-token-endpoint",
        station: "as-metadata",
        stage: Stage::Wire(METADATA, |answer| remove(answer, "token_endpoint")),
        config: "default",
        says: "Authorization server metadata names no token endpoint",
        caught_by: &["as-metadata/names-a-token-endpoint"],
    },
    Fault {
        name: "as-metadata-without-grant-types",
        station: "as-metadata",
        stage: Stage::Wire(METADATA, |answer| remove(answer, "grant_types_supported")),
        config: "default",
        says: "Authorization server metadata does not list the pre-authorized grant",
        caught_by: &["as-metadata/lists-the-pre-authorized-grant"],
    },
    Fault {
        name: "as-metadata-hides-anonymous-access",
        station: "as-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            remove(answer, "pre-authorized_grant_anonymous_access_supported");
        }),
        config: "default",
        says: "Anonymous token requests are served though the metadata do not announce it",
        caught_by: &["as-metadata/announces-anonymous-access"],
    },
    Fault {
        name: "as-metadata-symmetric-dpop-algorithm",
        station: "as-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            set(answer, "dpop_signing_alg_values_supported", json!(["ES256", "HS256"]));
        }),
        config: "default",
        says: "Authorization server metadata list a symmetric algorithm for DPoP",
        caught_by: &["as-metadata/dpop-algorithms-are-asymmetric"],
    },
    Fault {
        name: "as-metadata-empty-array",
        station: "as-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            set(answer, "scopes_supported", json!([]));
        }),
        config: "default",
        says: "Authorization server metadata have an empty array",
        caught_by: &["as-metadata/omits-empty-arrays"],
    },
    Fault {
        name: "as-keys-with-private-parts",
        station: "as-metadata",
        stage: Stage::Wire(&[Station::KeySet], |answer| {
            let keys = answer.object().and_then(|set| set.get_mut("keys"));
            if let Some(key) = keys.and_then(|keys| keys.get_mut(0)) {
                key["d"] = json!("c2VjcmV0IG5vIG1vcmU");
            }
        }),
        config: "dids-only",
        says: "The key set of the authorization server has a private key in it",
        caught_by: &["as-metadata/publishes-public-keys"],
    },
    Fault {
        name: "as-keys-over-http",
        station: "as-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            set(answer, "jwks_uri", json!("http://issuer.example/keys"));
        }),
        config: "tls",
        says: "The key set of the authorization server is fetched over http",
        caught_by: &["as-metadata/publishes-public-keys"],
    },
    Fault {
        name: "as-metadata-without-attestation-method",
        station: "as-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            set(answer, "token_endpoint_auth_methods_supported", json!(["none"]));
        }),
        config: "attested",
        says: "Clients have to be attested, and no method for it is listed",
        caught_by: &["as-metadata/announces-client-attestation"],
    },
    Fault {
        name: "as-metadata-without-attestation-algorithms",
        station: "as-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            remove(answer, "client_attestation_signing_alg_values_supported");
        }),
        config: "attested",
        says: "No algorithms for client attestations are listed",
        caught_by: &["as-metadata/lists-attestation-algorithms"],
    },
    Fault {
        name: "as-metadata-without-assertion-algorithms",
        station: "as-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            remove(answer, "token_endpoint_auth_signing_alg_values_supported");
        }),
        config: "private-key-jwt",
        says: "No algorithms for client assertions are listed",
        caught_by: &["as-metadata/lists-assertion-algorithms"],
    },
];

fn set(answer: &mut Answer, name: &str, value: Value) {
    if let Some(metadata) = answer.object() {
        metadata.insert(name.to_owned(), value);
    }
}

fn remove(answer: &mut Answer, name: &str) {
    if let Some(metadata) = answer.object() {
        metadata.remove(name);
    }
}

fn append(layout: &mut Layout) {
    if let Some(origin) = &layout.origins.authorization_server
        && let Some(path) = layout.authorization_server.strip_prefix(origin)
    {
        layout.as_metadata = vec![format!("{path}/.well-known/oauth-authorization-server")];
    }
}

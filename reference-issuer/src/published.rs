//! What the issuer publishes about itself, written once, when it starts.

use axum::body::Bytes;
use serde_json::{Map, Value, json};

use crate::{
    algorithm, binding, client_authentication,
    credentials::Credential,
    dialect::{self, AuthorizationServer, Batch, Nonces},
    encryption,
    formats::jwt_vc,
    guides::Drafts,
    jwe::DecryptionKey,
    key_attestation,
    keys::Signer,
    layout::Layout,
    settings::{Dpop, Settings},
};

/// Metadata and keys.
pub struct Documents {
    /// Credential Issuer Metadata.
    pub issuer_metadata: Bytes,
    /// Authorization server metadata.
    pub as_metadata: Bytes,
    /// Metadata of the other authorization server.
    pub another_as_metadata: Bytes,
    /// JWT VC Issuer Metadata.
    pub jwt_vc_issuer: Bytes,
    /// The DID document.
    pub did_document: Bytes,
    /// The OpenID configuration.
    pub openid_configuration: Bytes,
    /// The key set that it leads to.
    pub key_set: Bytes,
}

impl Documents {
    /// Writes all of them, as the guide has them that is followed.
    pub fn write(
        settings: &Settings,
        layout: &Layout,
        credentials: &[Credential],
        signers: &[Signer],
        request_keys: &[DecryptionKey],
    ) -> Self {
        let mut issuer_metadata = issuer_metadata(settings, layout, credentials);
        encryption::announce(settings, request_keys, &mut issuer_metadata);
        let mut drafts = Drafts {
            issuer_metadata,
            as_metadata: as_metadata(settings, layout),
            did_document: jwt_vc::did_document(&layout.did, signers),
            openid_configuration: jwt_vc::openid_configuration(layout),
        };
        if let Some(guide) = settings.guide {
            (guide.rewrite)(layout, &mut drafts);
        }
        let keys: Vec<Value> = signers.iter().map(Signer::jwk).collect();
        Self {
            issuer_metadata: written(drafts.issuer_metadata),
            as_metadata: written(drafts.as_metadata),
            another_as_metadata: written(another_as_metadata(layout)),
            jwt_vc_issuer: written(json!({
                "issuer": layout.credential_issuer,
                "jwks": {"keys": keys}
            })),
            did_document: written(drafts.did_document),
            openid_configuration: written(drafts.openid_configuration),
            key_set: written(json!({"keys": keys})),
        }
    }
}

fn issuer_metadata(settings: &Settings, layout: &Layout, credentials: &[Credential]) -> Value {
    let mut metadata = json!({"credential_issuer": layout.credential_issuer});
    match settings.dialect.authorization_server {
        AuthorizationServer::Own if layout.origins.authorization_server.is_none() => {}
        AuthorizationServer::Own | AuthorizationServer::Named => {
            metadata["authorization_servers"] = match settings.lists_another_server {
                true => json!([layout.another_server, layout.authorization_server]),
                false => json!([layout.authorization_server]),
            };
        }
        AuthorizationServer::OpenidConfiguration => {
            metadata["authorization_servers"] = json!([layout.authorization_server]);
            metadata["token_endpoint"] = json!(layout.token_endpoint);
        }
        AuthorizationServer::IssuerMetadata => {
            metadata["authorization_server"] = json!(layout.authorization_server);
            metadata["token_endpoint"] = json!(layout.token_endpoint);
        }
    }
    metadata["credential_endpoint"] = json!(layout.credential_endpoint);
    if settings.dialect.nonces == Nonces::Endpoint && settings.wants_nonces {
        metadata["nonce_endpoint"] = json!(layout.nonce_endpoint);
    }
    if settings.deferral.is_some() {
        metadata["deferred_credential_endpoint"] = json!(layout.deferred_credential_endpoint);
    }
    if settings.notifications {
        metadata["notification_endpoint"] = json!(layout.notification_endpoint);
    }
    if let Some(batch_size) = settings.batch_size {
        match settings.dialect.batch {
            Batch::Proofs => {
                metadata["batch_credential_issuance"] = json!({"batch_size": batch_size});
            }
            Batch::Endpoint => {
                metadata["batch_credential_endpoint"] = json!(layout.batch_credential_endpoint);
            }
        }
    }
    metadata["display"] = json!([
        {"name": "Reference Issuer", "locale": "en"},
        {"name": "Referenzaussteller", "locale": "de"}
    ]);
    let configurations: Map<String, Value> = credentials
        .iter()
        .map(|credential| {
            let algorithms = settings.wallet_algorithms;
            let mut metadata = dialect::describe(&settings.dialect, credential, algorithms);
            binding::announce(settings, credential, &mut metadata);
            if settings.key_attestations {
                key_attestation::announce(settings, &mut metadata);
            }
            (credential.id.to_owned(), metadata)
        })
        .collect();
    metadata["credential_configurations_supported"] = Value::Object(configurations);
    metadata
}

fn as_metadata(settings: &Settings, layout: &Layout) -> Value {
    let mut metadata = json!({
        "issuer": layout.authorization_server,
        "token_endpoint": layout.token_endpoint,
        "grant_types_supported": ["urn:ietf:params:oauth:grant-type:pre-authorized_code"],
        "token_endpoint_auth_methods_supported": ["none"]
    });
    if settings.takes_authorization_details {
        metadata["authorization_details_types_supported"] = json!(["openid_credential"]);
    }
    if settings.refresh_tokens {
        if let Some(grants) = metadata["grant_types_supported"].as_array_mut() {
            grants.push(json!("refresh_token"));
        }
        metadata["revocation_endpoint"] = json!(layout.revocation_endpoint);
    }
    if settings.dpop != Dpop::Off {
        metadata["dpop_signing_alg_values_supported"] =
            json!(algorithm::names(settings.wallet_algorithms));
    }
    if settings.anonymous {
        metadata["pre-authorized_grant_anonymous_access_supported"] = json!(true);
    }
    if settings.publishes_server_keys {
        metadata["jwks_uri"] = json!(layout.key_set);
    }
    client_authentication::announce(settings, layout, &mut metadata);
    if settings.refresh_tokens {
        metadata["revocation_endpoint_auth_methods_supported"] =
            metadata["token_endpoint_auth_methods_supported"].clone();
    }
    metadata
}

/// A server of the authorization code flow. Nobody who has a pre-authorized code asks it for anything.
fn another_as_metadata(layout: &Layout) -> Value {
    json!({
        "issuer": layout.another_server,
        "authorization_endpoint": format!("{}/consent", layout.another_server),
        "token_endpoint": format!("{}/redeem", layout.another_server),
        "grant_types_supported": ["authorization_code"],
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"]
    })
}

fn written(document: Value) -> Bytes {
    Bytes::from(document.to_string())
}

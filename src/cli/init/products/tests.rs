//! Each product is told by what deployments of it say, and nobody else is taken for it.

use serde_json::json;

use super::*;

fn told(identifier: &str, issuer: Value, server: Option<Value>) -> Option<&'static str> {
    let clues = Clues { identifier, issuer: &issuer, server: server.as_ref() };
    recognise(&clues).map(|recognised| recognised.product.name)
}

/// Metadata whose credential endpoint is at this path of the host.
fn with_endpoint(host: &str, path: &str) -> Value {
    json!({ "credential_endpoint": format!("https://{host}{path}") })
}

#[test]
fn each_product_is_told_by_what_it_says() {
    let issuer = json!({
        "credential_endpoint": "https://h/vci/collect",
        "nonce_endpoint": "https://h/vci/fresh-nonce",
    });
    assert_eq!(told("https://h", issuer, None), Some("reference-issuer"));
    let realm = with_endpoint("h", "/auth/realms/test/protocol/oid4vc/credential");
    assert_eq!(told("https://h/auth/realms/test", realm, None), Some("keycloak"));
    let server = json!({
        "token_endpoint": "https://h/openid4vci/token",
        "pushed_authorization_request_endpoint": "https://h/openid4vci/par",
    });
    let issuer = with_endpoint("h", "/openid4vci/credential");
    assert_eq!(told("https://h/openid4vci", issuer, Some(server)), Some("walt-id"));
    let issuer = with_endpoint("h", "/issuer02/oid4vci/api/credential");
    assert_eq!(told("https://h/issuer02", issuer, None), Some("swiyu"));
    let issuer = with_endpoint("h", "/issuers/demo/vci/credential");
    assert_eq!(told("https://h/issuers/demo", issuer, None), Some("eudiplo"));
    let issuer = json!({ "credential_configurations_supported": {
        "Account": { "format": "dc+sd-jwt", "vct": "https://h/oidc4vci/types/Account" },
    } });
    assert_eq!(told("https://h", issuer, None), Some("eudiw-connector"));
    let hosted = "https://tenant.vii.au01.mattr.global";
    assert_eq!(told(hosted, json!({}), None), Some("mattr"));
    let mut own_domain = with_endpoint("issue.example", "/v1/openid/credential");
    own_domain["mdoc_iacas_uri"] = json!("https://issue.example/iacas");
    assert_eq!(told("https://issue.example", own_domain, None), Some("mattr"));
    let issuer = with_endpoint("dev.issuer-backend.eudiw.dev", "/wallet/credentialEndpoint");
    assert_eq!(told("https://dev.issuer-backend.eudiw.dev", issuer, None), Some("eudi-pid-issuer"));
    let schema = "/ssi/openid4vci/final-1.0/df0fc41b";
    let issuer = with_endpoint("h", &format!("{schema}/credential"));
    assert_eq!(told(&format!("https://h{schema}"), issuer, None), Some("procivis"));
}

#[test]
fn nobody_else_is_taken_for_one() {
    // A realm as Authorization Server of somebody else's issuer.
    let mut issuer = with_endpoint("credential-issuer.example.com", "/credentials");
    issuer["authorization_servers"] = json!(["https://example.com/realms/pid-issuer-realm"]);
    let server = json!({
        "issuer": "https://example.com/realms/pid-issuer-realm",
        "token_endpoint": "https://example.com/realms/pid-issuer-realm/protocol/openid-connect/token",
    });
    assert_eq!(told("https://credential-issuer.example.com", issuer, Some(server)), None);
    for path in [
        "/credential",
        "/vci/credential",
        "/oid4vci/credential",
        "/tenant/538451fa/credential",
        "/issuer/grlvzckofy/credential",
        "/api/credentialEndpoint",
    ] {
        assert_eq!(told("https://h", with_endpoint("h", path), None), None, "{path}");
    }
    // The path alone is anybody's.
    assert_eq!(
        told("https://h/openid4vci", with_endpoint("h", "/openid4vci/credential"), None),
        None
    );
    let issuer = with_endpoint("h", "/v1/openid/credential");
    assert_eq!(told("https://mattr.global.example", issuer, None), None);
    for nonsense in [json!(null), json!([]), json!({ "credential_endpoint": 7 })] {
        assert_eq!(told("no url", nonsense, None), None);
    }
}

#[test]
fn every_product_has_a_recipe_and_a_name_of_its_own() {
    let mut seen = std::collections::BTreeSet::new();
    for name in names() {
        assert!(seen.insert(name), "{name} twice");
        let product = find(name).unwrap_or(&ANY_ISSUER);
        assert!(crate::cli::init::recipe::find(product.recipe).is_some(), "{name}");
    }
}

#[test]
fn a_server_that_lists_its_grants_can_lack_one() {
    let lacks = |server: Value| {
        let issuer = json!({});
        let clues = Clues { identifier: "", issuer: &issuer, server: Some(&server) };
        clues.lacks_pre_authorized_codes()
    };
    assert!(lacks(json!({ "grant_types_supported": ["authorization_code"] })));
    assert!(!lacks(json!({})));
    assert!(!lacks(json!({ "grant_types_supported": [crate::protocol::PRE_AUTHORIZED_CODE] })));
}

//! Drafts 13 and 15, as a wallet of that draft speaks with an issuer of that draft.

use reference_issuer::{
    Deferral, Dialect, Dpop, Encryption, Format, OfferRequest, Running, Settings, TxCodeRequest,
    start,
};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::{
    raw::{GRANT, Raw, code, grant, header, one_proof, proof},
    wallet::payload,
};

/// An issuer of bearer tokens at an identifier with a path.
fn settings(dialect: Dialect) -> Settings {
    Settings {
        dialect,
        issuer_path: "/eu".to_owned(),
        dpop: Dpop::Off,
        dpop_nonces: false,
        ..Settings::default()
    }
}

struct Visit {
    raw: Raw,
    issuer: Running,
    metadata: Value,
}

impl Visit {
    async fn new(settings: Settings) -> Self {
        let (raw, issuer) = (Raw::new(), start(settings).await.unwrap());
        let at = format!("{}/.well-known/openid-credential-issuer", issuer.credential_issuer());
        let metadata = raw.get(&at).await;
        assert_eq!(metadata.status, StatusCode::OK);
        Self { raw, issuer, metadata: metadata.body }
    }

    fn id(&self) -> &str {
        self.issuer.credential_issuer()
    }

    fn endpoint(&self, name: &str) -> &str {
        self.metadata[name].as_str().unwrap()
    }

    async fn token(&self, id: &str) -> Value {
        let request = OfferRequest {
            credential_configuration_ids: vec![id.to_owned()],
            tx_code: Some(TxCodeRequest::default()),
            ..OfferRequest::default()
        };
        let minted = self.issuer.mint(request).unwrap();
        let offer = self.raw.offer(&minted.credential_offer_uri).await;
        assert!(grant(&offer)["tx_code"].is_object());
        let tx_code = minted.tx_code_value.unwrap();
        let origin = self.id().trim_end_matches("/eu");
        let at = format!("{origin}/.well-known/oauth-authorization-server/eu");
        let endpoint = self.raw.get(&at).await.body["token_endpoint"].clone();
        let form =
            [("grant_type", GRANT), ("pre-authorized_code", code(&offer)), ("tx_code", &tx_code)];
        let token = self.raw.form(endpoint.as_str().unwrap(), &form).await;
        assert_eq!(token.status, StatusCode::OK, "{token:?}");
        token.body
    }
}

#[tokio::test]
async fn draft_13_names_the_format_and_gives_one_credential_for_one_proof() {
    let visit = Visit::new(settings(Dialect::DRAFT_13)).await;
    let metadata = &visit.metadata;
    assert!(metadata.get("nonce_endpoint").is_none());
    assert!(metadata.get("batch_credential_issuance").is_none());
    let pid = &metadata["credential_configurations_supported"]["pid"];
    assert_eq!(pid["format"], "vc+sd-jwt");
    assert!(pid["claims"]["address"]["locality"]["display"].is_array());
    assert!(pid["display"].is_array() && pid.get("credential_metadata").is_none());

    let token = visit.token("pid").await;
    assert!(token["c_nonce_expires_in"].is_u64());
    let endpoint = visit.endpoint("credential_endpoint");
    let mut body = json!({"format": "vc+sd-jwt", "vct": pid["vct"]});
    let refused = visit.raw.with_token(endpoint, &token, &body).await;
    assert_eq!(refused.body["error"], "invalid_proof");
    let nonce = &refused.body["c_nonce"];
    assert_ne!(*nonce, token["c_nonce"]);
    body["proof"] = one_proof(visit.id(), nonce);
    let answer = visit.raw.with_token(endpoint, &token, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let compact = answer.body["credential"].as_str().unwrap();
    assert_eq!(header(compact)["typ"], "vc+sd-jwt");
    assert_eq!(payload(compact)["vct"], pid["vct"]);
    assert!(answer.body.get("credentials").is_none());

    let used = visit.raw.with_token(endpoint, &token, &body).await;
    assert_eq!(used.body["error"], "invalid_proof");
    body["proof"] = one_proof(visit.id(), &answer.body["c_nonce"]);
    let again = visit.raw.with_token(endpoint, &token, &body).await;
    assert_eq!(again.status, StatusCode::OK);
}

#[tokio::test]
async fn draft_13_tells_an_unknown_type_from_an_unknown_format() {
    let visit = Visit::new(settings(Dialect::DRAFT_13)).await;
    let token = visit.token("pid").await;
    let endpoint = visit.endpoint("credential_endpoint");
    for (body, error) in [
        (json!({"format": "ldp_vc"}), "unsupported_credential_format"),
        (json!({"format": "vc+sd-jwt", "vct": "urn:x"}), "unsupported_credential_type"),
        (json!({"credential_configuration_id": "pid"}), "invalid_credential_request"),
        (json!({"format": 1}), "invalid_credential_request"),
    ] {
        let refused = visit.raw.with_token(endpoint, &token, &body).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert_eq!(refused.body["error"], error, "{body}");
    }
}

#[tokio::test]
async fn draft_13_answers_several_requests_at_once_or_none() {
    let visit = Visit::new(settings(Dialect::DRAFT_13)).await;
    let token = visit.token("pid").await;
    let vct = &visit.metadata["credential_configurations_supported"]["pid"]["vct"];
    let one = |nonce: &Value| json!({"format": "vc+sd-jwt", "vct": vct, "proof": one_proof(visit.id(), nonce)});
    let endpoint = visit.endpoint("batch_credential_endpoint");
    let (nonce, bad) = (&token["c_nonce"], json!("made-up"));
    let body = json!({"credential_requests": [one(nonce), one(&bad)]});
    let refused = visit.raw.with_token(endpoint, &token, &body).await;
    assert_eq!(refused.body["error"], "invalid_proof");
    let body = json!({"credential_requests": [one(nonce), one(nonce)]});
    let answer = visit.raw.with_token(endpoint, &token, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let responses = answer.body["credential_responses"].as_array().unwrap();
    assert_eq!(responses.len(), 2);
    assert!(responses.iter().all(|response| response["credential"].is_string()));
    assert!(answer.body["c_nonce"].is_string());
}

#[tokio::test]
async fn draft_13_names_w3c_credentials_and_mdocs_in_their_own_ways() {
    let formats: &[Format] = &[Format::JwtVc, Format::Mdoc];
    let visit = Visit::new(Settings { formats, ..settings(Dialect::DRAFT_13) }).await;
    let endpoint = visit.endpoint("credential_endpoint");
    let configurations = &visit.metadata["credential_configurations_supported"];
    let degree = &configurations["degree"]["credential_definition"];
    assert!(degree["credentialSubject"]["given_name"]["display"].is_array());
    assert_eq!(configurations["mdl"]["credential_signing_alg_values_supported"], json!(["ES256"]));
    for (id, mut body) in [
        (
            "degree",
            json!({"format": "jwt_vc_json", "credential_definition": {"type": degree["type"]}}),
        ),
        ("mdl", json!({"format": "mso_mdoc", "doctype": "org.iso.18013.5.1.mDL"})),
    ] {
        let token = visit.token(id).await;
        body["proof"] = one_proof(visit.id(), &token["c_nonce"]);
        let answer = visit.raw.with_token(endpoint, &token, &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        assert!(answer.body["credential"].is_string());
    }
}

#[tokio::test]
async fn draft_15_takes_one_proof_or_several_and_describes_claims_by_paths() {
    let visit = Visit::new(settings(Dialect::DRAFT_15)).await;
    let pid = &visit.metadata["credential_configurations_supported"]["pid"];
    assert_eq!(pid["format"], "dc+sd-jwt");
    assert!(pid["claims"][0]["path"].is_array() && pid["display"].is_array());
    let token = visit.token("pid").await;
    assert!(token.get("c_nonce").is_none());
    let endpoint = visit.endpoint("credential_endpoint");
    let nonce = async || {
        let answer = visit.raw.post(visit.endpoint("nonce_endpoint"), &json!({})).await;
        answer.body["c_nonce"].clone()
    };
    let id = visit.id();
    let one = json!({
        "credential_configuration_id": "pid",
        "proof": one_proof(id, &nonce().await)
    });
    let answer = visit.raw.with_token(endpoint, &token, &one).await;
    assert_eq!(answer.body["credentials"].as_array().unwrap().len(), 1, "{answer:?}");
    let fresh = nonce().await;
    let two = [proof(id, Some(&fresh)), proof(id, Some(&fresh))];
    let mut several = json!({"credential_configuration_id": "pid", "proofs": {"jwt": two}});
    let answer = visit.raw.with_token(endpoint, &token, &several).await;
    assert_eq!(answer.body["credentials"].as_array().unwrap().len(), 2);

    let used = visit.raw.with_token(endpoint, &token, &several).await;
    assert_eq!(used.body["error"], "invalid_nonce");
    assert!(used.body.get("c_nonce").is_none());
    several["proof"] = one_proof(id, &nonce().await);
    let both = visit.raw.with_token(endpoint, &token, &several).await;
    assert_eq!(both.body["error"], "invalid_proof");
    let unknown = json!({"credential_configuration_id": "none"});
    let unknown = visit.raw.with_token(endpoint, &token, &unknown).await;
    assert_eq!(unknown.body["error"], "unsupported_credential_type");
}

#[tokio::test]
async fn older_drafts_let_a_wallet_wait_by_an_error() {
    for dialect in [Dialect::DRAFT_13, Dialect::DRAFT_15] {
        let deferral = Some(Deferral { polls: Some(1), interval: 3.0, is_rare: false });
        let visit = Visit::new(Settings { deferral, ..settings(dialect) }).await;
        let token = visit.token("pid").await;
        let pid = &visit.metadata["credential_configurations_supported"]["pid"];
        let nonce = match visit.metadata.get("nonce_endpoint").and_then(Value::as_str) {
            Some(at) => visit.raw.post(at, &json!({})).await.body["c_nonce"].clone(),
            None => token["c_nonce"].clone(),
        };
        let body = json!({
            "format": pid["format"],
            "vct": pid["vct"],
            "credential_configuration_id": "pid",
            "proof": one_proof(visit.id(), &nonce)
        });
        let endpoint = visit.endpoint("credential_endpoint");
        let first = visit.raw.with_token(endpoint, &token, &body).await;
        assert_eq!(first.status, StatusCode::ACCEPTED, "{first:?}");
        assert!(first.body.get("interval").is_none());
        let ask = json!({"transaction_id": first.body["transaction_id"]});
        let deferred = visit.endpoint("deferred_credential_endpoint");
        let second = visit.raw.with_token(deferred, &token, &ask).await;
        assert_eq!(second.status, StatusCode::BAD_REQUEST);
        assert_eq!(second.body, json!({"error": "issuance_pending", "interval": 3}));
        let third = visit.raw.with_token(deferred, &token, &ask).await;
        assert_eq!(third.status, StatusCode::OK);
        assert_eq!(third.body["credential"].is_string(), dialect == Dialect::DRAFT_13);
    }
}

#[tokio::test]
async fn older_drafts_encrypt_answers_alone() {
    for dialect in [Dialect::DRAFT_13, Dialect::DRAFT_15] {
        let encryption = Encryption::Required;
        let visit = Visit::new(Settings { encryption, ..settings(dialect) }).await;
        assert!(visit.metadata.get("credential_request_encryption").is_none());
        let announced = &visit.metadata["credential_response_encryption"];
        assert_eq!(announced["encryption_required"], true);
        assert!(announced.get("zip_values_supported").is_none());
        let token = visit.token("pid").await;
        let pid = &visit.metadata["credential_configurations_supported"]["pid"];
        let nonce = match visit.metadata.get("nonce_endpoint").and_then(Value::as_str) {
            Some(at) => visit.raw.post(at, &json!({})).await.body["c_nonce"].clone(),
            None => token["c_nonce"].clone(),
        };
        let mut body = json!({
            "format": pid["format"],
            "vct": pid["vct"],
            "credential_configuration_id": "pid",
            "proof": one_proof(visit.id(), &nonce)
        });
        let endpoint = visit.endpoint("credential_endpoint");
        let refused = visit.raw.with_token(endpoint, &token, &body).await;
        assert_eq!(refused.body["error"], "invalid_encryption_parameters");
        body["credential_response_encryption"] = json!({
            "jwk": crate::wallet::jwk(&crate::wallet::key()),
            "alg": "ECDH-ES",
            "enc": "A256GCM"
        });
        let sealed = visit.raw.with_token(endpoint, &token, &body).await;
        assert_eq!(sealed.status, StatusCode::OK, "{sealed:?}");
        assert_eq!(sealed.headers["content-type"], "application/jwt");
    }
}

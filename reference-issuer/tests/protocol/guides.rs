//! The issuers of public guides, each as the wallet of its own guide would speak with it.

use std::sync::Arc;

use reference_issuer::{Running, guide, guides, start};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::{
    raw::{GRANT, Raw, code, dpop, grant, header, one_proof, proof},
    wallet::{Answered, key, payload},
};

async fn like(name: &str) -> (Raw, Running) {
    (Raw::new(), start(guide(name).unwrap().settings()).await.unwrap())
}

/// Asks for an offer with the example of the guide.
async fn offered(raw: &Raw, issuer: &Running) -> Answered {
    let (url, body) = issuer.offer_request();
    raw.post(&url, &serde_json::from_str(&body).unwrap()).await
}

#[tokio::test]
async fn corbado_is_found_by_three_documents_that_nobody_caches() {
    let (raw, issuer) = like("corbado").await;
    let base = issuer.credential_issuer();
    for (name, media_type) in [
        ("openid-credential-issuer", "application/json"),
        ("openid-configuration", "application/json"),
        ("did.json", "application/did+json"),
    ] {
        let document = raw.get(&format!("{base}/.well-known/{name}")).await;
        assert_eq!(document.status, StatusCode::OK, "{name}");
        assert_eq!(document.headers["content-type"], media_type);
        let headers = &document.headers;
        assert_eq!(headers["cache-control"], "no-cache, no-store, must-revalidate");
        assert_eq!(
            (&headers["pragma"], &headers["expires"]),
            (&"no-cache".parse().unwrap(), &"0".parse().unwrap())
        );
        assert_eq!(document.body.get("issuer").is_some(), name == "openid-credential-issuer");
    }
    let none = raw.get(&format!("{base}/.well-known/oauth-authorization-server")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let schema = raw.get(&format!("{base}/api/schemas/eu.europa.ec.eudi.pid.1")).await;
    assert_eq!(schema.headers["content-type"], "application/schema+json");
    assert_eq!(schema.headers["access-control-allow-origin"], "*");
}

#[tokio::test]
async fn corbado_issues_against_a_pin() {
    let (raw, issuer) = like("corbado").await;
    let base = issuer.credential_issuer().to_owned();
    let metadata = raw.get(&format!("{base}/.well-known/openid-credential-issuer")).await.body;
    let pid = &metadata["credential_configurations_supported"]["eu.europa.ec.eudi.pid.1"];
    assert_eq!(
        (&pid["format"], &pid["doctype"]),
        (&json!("jwt_vc"), &json!("eu.europa.ec.eudi.pid.1"))
    );
    assert_eq!(pid["claims"]["eu.europa.ec.eudi.pid.1"]["birth_date"]["mandatory"], true);

    let authorize = format!("{base}/api/issue/authorize");
    let nobody = raw.post(&authorize, &json!({"user_data": {"given_name": "Ada"}})).await;
    assert_eq!(nobody.status, StatusCode::BAD_REQUEST);
    assert_eq!(nobody.body["error"], "missing_user_data");
    let ada = json!({"given_name": "Ada", "family_name": "Lovelace", "birth_date": "1815-12-10"});
    let minted = raw.post(&authorize, &json!({"user_data": ada})).await;
    assert_eq!(minted.status, StatusCode::OK);
    let offer = raw.offer(minted.body["credential_offer_uri"].as_str().unwrap()).await;
    assert_eq!(offer["credential_configuration_ids"], json!(["eu.europa.ec.eudi.pid.1"]));
    assert_eq!(grant(&offer)["user_pin_required"], true);
    assert!(grant(&offer).get("tx_code").is_none());
    assert_eq!(code(&offer), minted.body["pre_authorized_code"].as_str().unwrap());
    let pin = minted.body["tx_code"].as_str().unwrap();
    assert_eq!(pin.len(), 4);

    let endpoint = metadata["token_endpoint"].as_str().unwrap();
    let wrong = if pin == "0000" { "0001" } else { "0000" };
    let mut form =
        vec![("grant_type", GRANT), ("pre-authorized_code", code(&offer)), ("user_pin", wrong)];
    assert_eq!(raw.form(endpoint, &form).await.body["error"], "invalid_grant");
    form[2] = ("user_pin", pin);
    let token = raw.form(endpoint, &form).await;
    assert_eq!(token.status, StatusCode::OK, "{token:?}");
    assert_eq!(
        (&token.body["expires_in"], &token.body["c_nonce_expires_in"]),
        (&json!(3600), &json!(300))
    );

    let endpoint = metadata["credential_endpoint"].as_str().unwrap();
    let body = json!({
        "format": "jwt_vc",
        "doctype": "eu.europa.ec.eudi.pid.1",
        "proof": one_proof(&base, &token.body["c_nonce"])
    });
    let answer = raw.with_token(endpoint, &token.body, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_eq!(answer.body["format"], "jwt_vc");
    assert!(answer.body["c_nonce"].is_string());
    let compact = answer.body["credential"].as_str().unwrap();
    let claims = payload(compact);
    let document = raw.get(&format!("{base}/.well-known/did.json")).await.body;
    assert_eq!(claims["iss"], document["id"]);
    let kid = header(compact)["kid"].as_str().unwrap().to_owned();
    let did = document["id"].as_str().unwrap();
    assert_eq!(document["verificationMethod"][0]["id"], format!("{did}#{kid}"));
    assert_eq!(claims["vc"]["credentialSubject"]["given_name"], "Ada");
    assert_eq!(claims["vc"]["credentialSubject"]["id"], claims["sub"]);

    // Whoever names nothing means what was offered.
    let bare = json!({"proof": one_proof(&base, &answer.body["c_nonce"])});
    assert_eq!(raw.with_token(endpoint, &token.body, &bare).await.status, StatusCode::OK);
}

#[tokio::test]
async fn gramota_issues_to_wallets_of_both_generations() {
    for is_bound in [false, true] {
        let (raw, issuer) = like("gramota").await;
        let base = issuer.credential_issuer().to_owned();
        let metadata = raw.get(&format!("{base}/.well-known/openid-credential-issuer")).await.body;
        assert_eq!(metadata["batch_credential_issuance"]["batch_size"], 50);
        assert_eq!(metadata["authorization_servers"], json!([base]));
        assert!(metadata.get("nonce_endpoint").is_none());
        let keys = raw.get(&format!("{base}/.well-known/jwt-vc-issuer")).await.body;
        assert_eq!(keys["issuer"], base);

        let offers = format!("{base}/v1/credential-offers");
        let wanted = json!({"vct": "urn:eudi:pid:1", "subject": {"given_name": "Ada"}});
        let minted = raw.post(&offers, &wanted).await;
        let offer = raw.offer(minted.body["offerUrl"].as_str().unwrap()).await;
        assert_eq!(minted.body["preAuthCode"], code(&offer));
        let ids = json!(["urn:eudi:pid:1_sd_jwt_vc"]);
        assert_eq!(offer["credential_configuration_ids"], ids);

        let endpoint = format!("{base}/oid4vci/token");
        let form = [("grant_type", GRANT), ("pre-authorized_code", code(&offer))];
        let holder = Arc::new(key());
        let token = match is_bound {
            true => raw.bound_form(&endpoint, &form, &dpop(&holder, &endpoint, None)).await,
            false => raw.form(&endpoint, &form).await,
        };
        assert_eq!(token.status, StatusCode::OK, "{token:?}");
        let token = token.body;
        assert_eq!(token["token_type"], if is_bound { "DPoP" } else { "Bearer" });

        let endpoint = format!("{base}/oid4vci/credential");
        let ask = async |body: &Value| match is_bound {
            true => {
                let access_token = token["access_token"].as_str();
                raw.bound(&endpoint, &token, body, &dpop(&holder, &endpoint, access_token)).await
            }
            false => raw.with_token(&endpoint, &token, body).await,
        };
        let old = json!({
            "format": "dc+sd-jwt",
            "vct": "urn:eudi:pid:1",
            "proof": one_proof(&base, &token["c_nonce"])
        });
        let answer = ask(&old).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        assert_eq!(answer.body["format"], "dc+sd-jwt");
        assert!(answer.body["credentials"][0]["credential"].is_string());
        // The later generation knows no nonce but that of an endpoint, which is not there.
        let two = [proof(&base, None), proof(&base, None)];
        let new = json!({"credential_configuration_id": ids[0], "proofs": {"jwt": two}});
        let answer = ask(&new).await;
        assert_eq!(answer.body["credentials"].as_array().unwrap().len(), 2, "{answer:?}");
    }
}

#[tokio::test]
async fn the_connector_hands_out_offers_and_bound_tokens() {
    let (raw, issuer) = like("eudiw-connector").await;
    let offers = format!("{}/offers", issuer.management_url());
    let claims = json!({"given_name": "Ada", "family_name": "Lovelace"});
    let mut wanted = json!({"credential_configuration_id": "IdentityCredential", "claims": claims});
    let minted = raw.post(&offers, &wanted).await;
    assert_eq!(minted.status, StatusCode::CREATED);
    assert!(minted.body.get("tx_code_value").is_none());
    let link = minted.body["credential_offer_uri"].as_str().unwrap();
    let id = minted.body["offer_id"].as_str().unwrap();
    assert!(link.ends_with(&format!("oidc4vci%2Foffers%2F{id}")), "{link}");
    wanted["tx_code"] = json!({"input_mode": "text", "length": 8, "description": "By letter"});
    let with_code = raw.post(&offers, &wanted).await;
    assert_eq!(with_code.body["tx_code_value"].as_str().unwrap().len(), 8);
    for (tampered, error) in [
        (json!({"credential_configuration_id": "none"}), "unknown_credential_configuration"),
        (json!({"claims": null}), "invalid_request"),
        (json!({"tx_code": {"input_mode": "emoji", "length": 4}}), "invalid_request"),
        (json!({"tx_code": {"input_mode": "numeric"}}), "invalid_request"),
    ] {
        let mut body = wanted.clone();
        for (name, value) in tampered.as_object().unwrap() {
            body[name] = value.clone();
        }
        let refused = raw.post(&offers, &body).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert_eq!(refused.body["error"], error, "{body}");
    }

    let base = issuer.credential_issuer().to_owned();
    let offer = raw.offer(link).await;
    let form = [("grant_type", GRANT), ("pre-authorized_code", code(&offer))];
    let endpoint = format!("{base}/oidc4vci/token");
    assert_eq!(raw.form(&endpoint, &form).await.status, StatusCode::BAD_REQUEST);
    let holder = Arc::new(key());
    let token = raw.bound_form(&endpoint, &form, &dpop(&holder, &endpoint, None)).await.body;
    let nonce = raw.post(&format!("{base}/oidc4vci/nonce"), &json!({})).await.body;
    let body = json!({
        "credential_configuration_id": "IdentityCredential",
        "proofs": {"jwt": [proof(&base, Some(&nonce["c_nonce"]))]}
    });
    let endpoint = format!("{base}/oidc4vci/credential");
    let proof = dpop(&holder, &endpoint, token["access_token"].as_str());
    let answer = raw.bound(&endpoint, &token, &body, &proof).await;
    let compact = answer.body["credentials"][0]["credential"].as_str().unwrap();
    assert!(header(compact)["x5c"].is_array());
    assert_eq!(payload(compact)["vct"], format!("{base}/oidc4vci/types/IdentityCredential"));
}

#[tokio::test]
async fn the_template_speaks_as_draft_11_about_later_configurations() {
    let (raw, issuer) = like("eaa-de-template").await;
    let base = issuer.credential_issuer().to_owned();
    let metadata = raw.get(&format!("{base}/.well-known/openid-credential-issuer")).await.body;
    assert_eq!(metadata["authorization_server"], base);
    assert!(metadata.get("authorization_servers").is_none());
    let none = raw.get(&format!("{base}/.well-known/oauth-authorization-server")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    for id in ["eaa_example_sd_jwt", "eaa_example_mdoc"] {
        let described = &metadata["credential_configurations_supported"][id];
        assert_eq!(described["credential_signing_alg_values_supported"], json!(["ES256"]));
        let offers = format!("{}/credential-offers", issuer.management_url());
        let minted = raw.post(&offers, &json!({"credential_configuration_id": id})).await.body;
        let offer = raw.offer(minted["credential_offer_uri"].as_str().unwrap()).await;
        assert_eq!(grant(&offer)["user_pin_required"], true);
        let pin = minted["user_pin"].as_str().unwrap();
        let form =
            [("grant_type", GRANT), ("pre-authorized_code", code(&offer)), ("user_pin", pin)];
        let endpoint = metadata["token_endpoint"].as_str().unwrap();
        let token = raw.form(endpoint, &form).await.body;
        let refresh = token["refresh_token"].as_str().unwrap();
        let ask = async |token: &Value| {
            let proof = one_proof(&base, &token["c_nonce"]);
            let body = json!({"credential_configuration_id": id, "proof": proof});
            let endpoint = metadata["credential_endpoint"].as_str().unwrap();
            raw.with_token(endpoint, token, &body).await
        };
        let answer = ask(&token).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        assert_eq!(answer.body["format"], described["format"]);
        assert!(answer.body["credential"].is_string());
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
        let renewed = raw.form(endpoint, &form).await.body;
        assert_eq!(ask(&renewed).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn every_guide_grants_its_own_example() {
    for guide in guides() {
        let (raw, issuer) = like(guide.name).await;
        let answer = offered(&raw, &issuer).await;
        assert!(answer.status.is_success(), "{}: {answer:?}", guide.name);
        issuer.shutdown().await;
    }
}

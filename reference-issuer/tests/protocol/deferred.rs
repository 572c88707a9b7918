//! Credentials that are put off, and what the issuer is told of them afterwards.

use reference_issuer::{OfferRequest, Running, Settings, configuration, start};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::wallet::{Wallet, client};

const DEFERRED: &str = "deferred_credential_endpoint";
const NOTIFICATION: &str = "notification_endpoint";

fn settings() -> Settings {
    (configuration("deferred").unwrap().settings)()
}

async fn put_off(issuer: &Running, given_name: &str) -> (Wallet, Value, Value) {
    let mut wallet = Wallet::new(issuer).await;
    let request = OfferRequest {
        credential_configuration_ids: vec!["pid".to_owned()],
        claims: Some(json!({"given_name": given_name})),
        ..OfferRequest::default()
    };
    let token = wallet.token(&issuer.mint(request).unwrap()).await.body;
    let proofs = wallet.proofs(&wallet.nonce().await, 1);
    let answer = wallet.collect(&token, json!({"jwt": proofs})).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    assert_eq!(answer.body["interval"], 0.05);
    (wallet, token, json!({"transaction_id": answer.body["transaction_id"]}))
}

#[tokio::test]
async fn a_transaction_is_good_for_one_delivery() {
    let issuer = start(settings()).await.unwrap();
    let (mut wallet, token, ask) = put_off(&issuer, "Ada").await;
    let pending = wallet.present(&token, DEFERRED, &ask).await;
    assert_eq!(pending.status, StatusCode::ACCEPTED);
    assert_eq!(pending.body["transaction_id"], ask["transaction_id"]);
    let delivered = wallet.present(&token, DEFERRED, &ask).await;
    assert_eq!(delivered.status, StatusCode::OK, "{delivered:?}");
    assert_eq!(delivered.body["credentials"].as_array().unwrap().len(), 1);
    let again = wallet.present(&token, DEFERRED, &ask).await;
    assert_eq!((again.status, again.error()), (StatusCode::BAD_REQUEST, "invalid_transaction_id"));

    let id = &delivered.body["notification_id"];
    for event in ["credential_accepted", "credential_accepted", "credential_deleted"] {
        let told = json!({"notification_id": id, "event": event});
        let answer = wallet.present(&token, NOTIFICATION, &told).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{event}");
    }
    issuer.shutdown().await;
}

#[tokio::test]
async fn another_wallet_has_no_part_in_it() {
    let issuer = start(settings()).await.unwrap();
    let (mut wallet, token, ask) = put_off(&issuer, "Ada").await;
    let (mut other, foreign, _) = put_off(&issuer, "Eve").await;
    let refused = other.present(&foreign, DEFERRED, &ask).await;
    assert_eq!(refused.error(), "invalid_transaction_id");
    wallet.present(&token, DEFERRED, &ask).await;
    let delivered = wallet.present(&token, DEFERRED, &ask).await;
    let told = json!({"notification_id": delivered.body["notification_id"], "event": "credential_deleted"});
    let refused = other.present(&foreign, NOTIFICATION, &told).await;
    assert_eq!(refused.error(), "invalid_notification_id");
    issuer.shutdown().await;
}

#[tokio::test]
async fn the_management_side_decides() {
    let issuer = start(settings()).await.unwrap();
    let decide = async |id: &Value, decision: &str| {
        let url = format!("{}/transactions", issuer.management_url());
        let body = json!({"transaction_id": id, "decision": decision});
        client(None).post(url).json(&body).send().await.unwrap().status()
    };
    for (decision, status) in [("release", StatusCode::OK), ("deny", StatusCode::BAD_REQUEST)] {
        let (mut wallet, token, ask) = put_off(&issuer, "held").await;
        for _ in 0..3 {
            let pending = wallet.present(&token, DEFERRED, &ask).await;
            assert_eq!(pending.status, StatusCode::ACCEPTED);
        }
        assert_eq!(decide(&ask["transaction_id"], decision).await, StatusCode::NO_CONTENT);
        let answer = wallet.present(&token, DEFERRED, &ask).await;
        assert_eq!(answer.status, status, "{answer:?}");
    }
    assert_eq!(decide(&json!("nobody"), "release").await, StatusCode::NOT_FOUND);
    issuer.shutdown().await;
}

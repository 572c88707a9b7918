//! The whole flow over HTTP, driven by a wallet as small as it can be.

use crate::wallet::{Wallet, client, payload};
use reference_issuer::{
    ClientAuthentication, Configuration, Encryption, Misbehave, OfferRequest, Settings,
    TxCodeRequest, configuration, configurations, start,
};
use reqwest::StatusCode;
use serde_json::{Value, json};

fn pid() -> OfferRequest {
    OfferRequest { credential_configuration_ids: vec!["pid".to_owned()], ..OfferRequest::default() }
}

fn settings(name: &str) -> Settings {
    (configuration(name).unwrap().settings)()
}

#[tokio::test]
async fn issues_in_every_configuration() {
    // The wallet of these tests encrypts nothing, its keys are bare, and nobody vouches for it.
    let is_plain = |row: &&Configuration| {
        let settings = (row.settings)();
        settings.encryption != Encryption::Required
            && settings.client_authentication == ClientAuthentication::None
            && !settings.key_attestations
            && settings.bound_by.contains(&"jwk")
    };
    for row in configurations().iter().filter(is_plain) {
        let issuer = start((row.settings)()).await.unwrap();
        let mut wallet = Wallet::new(&issuer).await;
        let id = issuer.credential_configuration_ids()[0].to_owned();
        let request = OfferRequest {
            credential_configuration_ids: vec![id.clone()],
            tx_code: Some(TxCodeRequest::default()),
            by_reference: true,
            claims: Some(json!({"given_name": "Ada"})),
            ..OfferRequest::default()
        };
        let offer = issuer.mint(request).unwrap();
        let token = wallet.token(&offer).await;
        assert_eq!(token.status, StatusCode::OK, "{}: {token:?}", row.name);
        let keys = if (row.settings)().batch_size.is_some() { 3 } else { 1 };
        let answer = wallet.credential(&token.body, keys).await;
        assert_eq!(answer.status, StatusCode::OK, "{}: {answer:?}", row.name);
        assert_eq!(answer.headers["cache-control"], "no-store");
        let credentials = answer.body["credentials"].as_array().unwrap();
        assert_eq!(credentials.len(), keys, "{}", row.name);
        let compact = credentials[0]["credential"].as_str().unwrap();
        let configuration = &wallet.metadata["credential_configurations_supported"][&id];
        if configuration["format"] == "dc+sd-jwt" {
            assert!(compact.ends_with('~') && compact.matches('~').count() > 10);
            let claims = payload(compact);
            assert_eq!(claims["vct"], configuration["vct"]);
            assert_eq!(claims["iat"].as_u64().unwrap() % 86_400, 0);
        }
        let again = wallet.token(&offer).await;
        assert_eq!(again.body["error"], "invalid_grant", "{}", row.name);
        issuer.shutdown().await;
    }
}

#[tokio::test]
async fn a_wrong_tx_code_leaves_the_code_good() {
    let issuer = start(settings("plain")).await.unwrap();
    let mut wallet = Wallet::new(&issuer).await;
    let request = OfferRequest { tx_code: Some(TxCodeRequest::default()), ..pid() };
    let mut offer = issuer.mint(request).unwrap();
    let right = offer.tx_code_value.replace("x".to_owned());
    assert_eq!(wallet.token(&offer).await.body["error"], "invalid_grant");
    offer.tx_code_value = None;
    assert_eq!(wallet.token(&offer).await.body["error"], "invalid_request");
    offer.tx_code_value = right;
    assert_eq!(wallet.token(&offer).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_code_is_redeemed_once_unless_a_fault_lets_it_live() {
    for (name, second) in
        [("", 400), ("accepts-redeem-again", 200), ("crashes-on-redeem-again", 500)]
    {
        let faults = reference_issuer::fault(name).into_iter().collect();
        let settings = Settings { faults, ..settings("plain") };
        let issuer = start(settings).await.unwrap();
        let mut wallet = Wallet::new(&issuer).await;
        let offer = issuer.mint(pid()).unwrap();
        assert_eq!(wallet.token(&offer).await.status, StatusCode::OK);
        assert_eq!(wallet.token(&offer).await.status.as_u16(), second);
    }
}

#[tokio::test]
async fn racing_redemptions_have_one_winner_unless_a_fault_opens_the_race() {
    for (faults, winners) in [(vec![], 1), (vec!["codes-win-races"], 4)] {
        let faults = faults.into_iter().filter_map(reference_issuer::fault).collect();
        let issuer = start(Settings { faults, ..settings("plain") }).await.unwrap();
        let wallet = Wallet::new(&issuer).await;
        let offer = issuer.mint(pid()).unwrap();
        let mut racers = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let (mut wallet, offer) = (wallet.clone(), offer.clone());
            racers.spawn(async move { wallet.token(&offer).await.status == StatusCode::OK });
        }
        let won = racers.join_all().await.into_iter().filter(|won| *won).count();
        assert_eq!(won, winners);
    }
}

#[tokio::test]
async fn a_nonce_serves_one_request_and_an_unknown_one_none() {
    let issuer = start(settings("identifiers")).await.unwrap();
    let mut wallet = Wallet::new(&issuer).await;
    let offer = issuer.mint(pid()).unwrap();
    let token = wallet.token(&offer).await.body;
    let nonce = wallet.nonce().await;
    let proofs = wallet.proofs(&nonce, 2);
    assert_eq!(wallet.collect(&token, json!({"jwt": proofs})).await.status, StatusCode::OK);
    let proofs = wallet.proofs(&nonce, 1);
    let answer = wallet.collect(&token, json!({"jwt": proofs})).await;
    assert_eq!(answer.body["error"], "invalid_nonce");
    let answer = wallet.collect(&token, Value::Null).await;
    assert_eq!(answer.body["error"], "invalid_proof");
}

#[tokio::test]
async fn without_a_good_token_there_is_a_challenge_before_the_body_is_read() {
    let issuer = start(settings("default")).await.unwrap();
    let wallet = Wallet::new(&issuer).await;
    let endpoint = wallet.metadata["credential_endpoint"].as_str().unwrap();
    let bare = wallet.client.post(endpoint).body("{").send().await.unwrap();
    assert_eq!(bare.status(), StatusCode::UNAUTHORIZED);
    let challenges: Vec<_> = bare.headers().get_all("www-authenticate").iter().collect();
    assert_eq!(challenges.len(), 2);
    assert!(challenges.iter().all(|challenge| !challenge.to_str().unwrap().contains("error")));
    let made_up = wallet.client.post(endpoint).bearer_auth("made-up").send().await.unwrap();
    let challenge = made_up.headers()["www-authenticate"].to_str().unwrap();
    assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
    let wrong_method = wallet.client.get(endpoint).send().await.unwrap();
    assert_eq!(wrong_method.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_management_side_mints() {
    let issuer = start(settings("tls")).await.unwrap();
    let client = client(None);
    let offers = format!("{}/offers", issuer.management_url());
    let wanted =
        r#"{"credential_configuration_id":"diploma","tx_code":{"input_mode":"text","length":4}}"#;
    let minted = client.post(&offers).body(wanted).send().await.unwrap();
    assert_eq!(minted.status(), StatusCode::CREATED);
    let minted: Value = minted.json().await.unwrap();
    assert_eq!(minted["tx_code_value"].as_str().unwrap().len(), 4);
    let refused = client.post(&offers).body("{}").send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_difficult_day_can_be_repeated() {
    let first = difficult_day(7).await;
    assert!(first.iter().any(|hour| *hour != first[0]));
    assert_eq!(first, difficult_day(7).await);
    assert_ne!(first, difficult_day(8).await);
}

/// What forty nonce requests met: status, media type, whether caches were forbidden.
async fn difficult_day(seed: u64) -> Vec<(u16, Option<String>, bool)> {
    let misbehave = Some(Misbehave { share: 0.5, seed });
    let settings = Settings { misbehave, ..settings("plain") };
    let issuer = start(settings).await.unwrap();
    let endpoint = format!("{}/vci/fresh-nonce", issuer.credential_issuer());
    let client = client(None);
    let mut day = Vec::new();
    for _ in 0..40 {
        let answer = client.post(&endpoint).send().await.unwrap();
        let header = |name: &str| answer.headers().get(name);
        let media_type = header("content-type").map(|value| value.to_str().unwrap().to_owned());
        let is_uncacheable = header("cache-control").is_some();
        day.push((answer.status().as_u16(), media_type, is_uncacheable));
    }
    day
}

//! A wallet as small as it can be: it knows how to be right, and nothing else.

use std::{
    sync::{Arc, Once},
    time::SystemTime,
};

use aws_lc_rs::{
    digest,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reference_issuer::{MintedOffer, Running};
use reqwest::{Client, StatusCode, Url, header::HeaderMap};
use serde_json::{Value, json};

/// An answer, taken apart.
#[derive(Debug)]
pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

/// A wallet that has read the metadata of one issuer.
#[derive(Clone)]
pub struct Wallet {
    pub client: Client,
    pub metadata: Value,
    as_metadata: Value,
    dpop_key: Arc<EcdsaKeyPair>,
    dpop_nonce: Option<String>,
}

impl Wallet {
    pub async fn new(issuer: &Running) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        });
        let mut client = Client::builder();
        if let Some(ca) = issuer.ca_certificate() {
            let ca = reqwest::Certificate::from_pem(ca.as_bytes()).unwrap();
            client = client.tls_certs_only([ca]);
        }
        let client = client.build().unwrap();
        let metadata = get(
            &client,
            issuer.credential_issuer(),
            "openid-credential-issuer",
        )
        .await;
        let authorization_server = metadata["authorization_servers"][0]
            .as_str()
            .unwrap_or(issuer.credential_issuer());
        let as_metadata = get(&client, authorization_server, "oauth-authorization-server").await;
        assert_eq!(metadata["credential_issuer"], issuer.credential_issuer());
        assert_eq!(as_metadata["issuer"], authorization_server);
        Self {
            client,
            metadata,
            as_metadata,
            dpop_key: Arc::new(key()),
            dpop_nonce: None,
        }
    }

    pub async fn token(&mut self, offer: &MintedOffer) -> Answered {
        let offered = self.offer(&offer.credential_offer_uri).await;
        let grant = &offered["grants"]["urn:ietf:params:oauth:grant-type:pre-authorized_code"];
        let mut form = vec![
            (
                "grant_type",
                "urn:ietf:params:oauth:grant-type:pre-authorized_code",
            ),
            (
                "pre-authorized_code",
                grant["pre-authorized_code"].as_str().unwrap(),
            ),
        ];
        if let Some(tx_code) = &offer.tx_code_value {
            form.push(("tx_code", tx_code));
        }
        if self.as_metadata["pre-authorized_grant_anonymous_access_supported"] != true {
            form.push(("client_id", "wallet"));
        }
        let endpoint = self.as_metadata["token_endpoint"]
            .as_str()
            .unwrap()
            .to_owned();
        let takes_dpop = self.as_metadata["dpop_signing_alg_values_supported"].is_array();
        loop {
            let mut request = self.client.post(&endpoint).form(&form);
            if takes_dpop {
                request = request.header("dpop", self.dpop(&endpoint, None));
            }
            let answered = answered(request).await;
            if !self.is_challenged(&answered) {
                return answered;
            }
        }
    }

    pub async fn nonce(&self) -> String {
        let endpoint = self.metadata["nonce_endpoint"].as_str().unwrap();
        let answered = answered(self.client.post(endpoint)).await;
        answered.body["c_nonce"].as_str().unwrap().to_owned()
    }

    pub fn proofs(&self, nonce: &str, count: usize) -> Vec<String> {
        let claims =
            json!({"aud": self.metadata["credential_issuer"], "iat": now(), "nonce": nonce});
        (0..count)
            .map(|_| {
                let key = key();
                let header =
                    json!({"alg": "ES256", "typ": "openid4vci-proof+jwt", "jwk": jwk(&key)});
                sign(&key, &header, &claims)
            })
            .collect()
    }

    pub async fn credential(&mut self, token: &Value, keys: usize) -> Answered {
        let nonce = self.nonce().await;
        let proofs = self.proofs(&nonce, keys);
        self.collect(token, json!({"jwt": proofs})).await
    }

    pub async fn collect(&mut self, token: &Value, proofs: Value) -> Answered {
        let endpoint = self.metadata["credential_endpoint"]
            .as_str()
            .unwrap()
            .to_owned();
        let mut body = json!({});
        match &token["authorization_details"][0]["credential_identifiers"][0] {
            Value::String(identifier) => body["credential_identifier"] = json!(identifier),
            _ => body["credential_configuration_id"] = json!("pid"),
        }
        if !proofs.is_null() {
            body["proofs"] = proofs;
        }
        let access_token = token["access_token"].as_str().unwrap();
        let scheme = token["token_type"].as_str().unwrap();
        loop {
            let request = self
                .client
                .post(&endpoint)
                .header("content-type", "application/json");
            let request = request.header("authorization", format!("{scheme} {access_token}"));
            let request = match scheme {
                "DPoP" => request.header("dpop", self.dpop(&endpoint, Some(access_token))),
                _ => request,
            };
            let answered = answered(request.body(body.to_string())).await;
            if !self.is_challenged(&answered) {
                return answered;
            }
        }
    }

    async fn offer(&self, link: &str) -> Value {
        let link = Url::parse(link).unwrap();
        let (name, value) = link.query_pairs().next().unwrap();
        match &*name {
            "credential_offer" => serde_json::from_str(&value).unwrap(),
            _ => answered(self.client.get(&*value)).await.body,
        }
    }

    /// Whether a nonce was asked for that the wallet did not have before.
    fn is_challenged(&mut self, answered: &Answered) -> bool {
        let Some(nonce) = answered.headers.get("dpop-nonce") else {
            return false;
        };
        self.dpop_nonce = Some(nonce.to_str().unwrap().to_owned());
        true
    }

    fn dpop(&self, endpoint: &str, access_token: Option<&str>) -> String {
        let header = json!({"alg": "ES256", "typ": "dpop+jwt", "jwk": jwk(&self.dpop_key)});
        let jti = URL_SAFE_NO_PAD.encode(key().public_key());
        let mut claims = json!({"htm": "POST", "htu": endpoint, "iat": now(), "jti": jti});
        if let Some(nonce) = &self.dpop_nonce {
            claims["nonce"] = json!(nonce);
        }
        if let Some(access_token) = access_token {
            let digest = digest::digest(&digest::SHA256, access_token.as_bytes());
            claims["ath"] = json!(URL_SAFE_NO_PAD.encode(digest));
        }
        sign(&self.dpop_key, &header, &claims)
    }
}

/// The claims set of a compact SD-JWT.
pub fn payload(compact: &str) -> Value {
    let segment = compact.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(segment).unwrap()).unwrap()
}

async fn get(client: &Client, identifier: &str, name: &str) -> Value {
    let mut url = Url::parse(identifier).unwrap();
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&format!("/.well-known/{name}{path}"));
    let answered = answered(client.get(url)).await;
    assert_eq!(answered.headers["content-type"], "application/json");
    answered.body
}

async fn answered(request: reqwest::RequestBuilder) -> Answered {
    let response = request.send().await.unwrap();
    Answered {
        status: response.status(),
        headers: response.headers().clone(),
        body: response.json().await.unwrap_or_default(),
    }
}

fn key() -> EcdsaKeyPair {
    EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()
}

fn jwk(key: &EcdsaKeyPair) -> Value {
    let (x, y) = key.public_key().as_ref()[1..].split_at(32);
    json!({
        "kty": "EC",
        "crv": "P-256",
        "x": URL_SAFE_NO_PAD.encode(x),
        "y": URL_SAFE_NO_PAD.encode(y)
    })
}

fn sign(key: &EcdsaKeyPair, header: &Value, claims: &Value) -> String {
    let header = URL_SAFE_NO_PAD.encode(header.to_string());
    let input = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let signature = key.sign(&SystemRandom::new(), input.as_bytes()).unwrap();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn now() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs()
}

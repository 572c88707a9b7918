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
use reqwest::{Client, RequestBuilder, StatusCode, Url, header::HeaderMap};
use serde_json::{Value, json};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// An answer, taken apart.
#[derive(Debug)]
pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Answered {
    /// The error code, wherever it stands.
    pub fn error(&self) -> &str {
        let challenge = self.headers.get("www-authenticate");
        let challenge = challenge.map(|value| value.to_str().unwrap_or_default());
        let code = challenge.and_then(|challenge| challenge.split("error=\"").nth(1));
        let code = code.and_then(|code| code.split('"').next());
        code.or_else(|| self.body["error"].as_str()).unwrap_or("")
    }
}

/// A JWT before it is signed.
pub struct Draft {
    pub header: Value,
    pub claims: Value,
    pub breaks_signature: bool,
    pub key: Arc<EcdsaKeyPair>,
}

/// The one thing that the wallet does wrong.
#[derive(Clone, Copy)]
pub enum Tamper {
    Nothing,
    Form(fn(&mut Vec<(String, String)>)),
    TokenDpop(fn(&mut Draft)),
    CredentialDpop(fn(&mut Draft)),
    Proof(fn(&mut Draft)),
    OneProof(fn(&mut Draft)),
    Body(fn(&mut Value)),
    RawBody(&'static str),
    Request(fn(RequestBuilder, &str) -> RequestBuilder),
    NoDpop,
    SameProofTwice,
}

/// A wallet that has read the metadata of one issuer.
#[derive(Clone)]
pub struct Wallet {
    pub client: Client,
    pub metadata: Value,
    pub tamper: Tamper,
    as_metadata: Value,
    dpop_key: Arc<EcdsaKeyPair>,
    dpop_nonce: Option<String>,
}

impl Wallet {
    pub async fn new(issuer: &Running) -> Self {
        let client = client(issuer.ca_certificate());
        let metadata = get(&client, issuer.credential_issuer(), "openid-credential-issuer").await;
        assert_eq!(metadata["credential_issuer"], issuer.credential_issuer());
        let as_metadata = authorization_server(&client, &metadata).await;
        Self {
            client,
            metadata,
            as_metadata,
            tamper: Tamper::Nothing,
            dpop_key: Arc::new(key()),
            dpop_nonce: None,
        }
    }

    pub async fn token(&mut self, offer: &MintedOffer) -> Answered {
        let offered = self.offer(&offer.credential_offer_uri).await;
        let grant = &offered["grants"][GRANT];
        let code = grant["pre-authorized_code"].as_str().unwrap();
        let mut form = vec![
            ("grant_type".to_owned(), GRANT.to_owned()),
            ("pre-authorized_code".to_owned(), code.to_owned()),
        ];
        if let Some(tx_code) = &offer.tx_code_value {
            form.push(("tx_code".to_owned(), tx_code.clone()));
        }
        if self.as_metadata["pre-authorized_grant_anonymous_access_supported"] != true {
            form.push(("client_id".to_owned(), "wallet".to_owned()));
        }
        if let Tamper::Form(alter) = self.tamper {
            alter(&mut form);
        }
        let endpoint = self.as_metadata["token_endpoint"].as_str().unwrap().to_owned();
        let takes_dpop = self.as_metadata["dpop_signing_alg_values_supported"].is_array();
        self.insist(takes_dpop, &endpoint, None, |client| client.post(&endpoint).form(&form)).await
    }

    pub async fn nonce(&self) -> String {
        let endpoint = self.metadata["nonce_endpoint"].as_str().unwrap();
        let answered = answered(self.client.post(endpoint)).await;
        answered.body["c_nonce"].as_str().unwrap().to_owned()
    }

    pub fn proofs(&self, nonce: &str, count: usize) -> Vec<String> {
        let mut proofs: Vec<String> = (0..count)
            .map(|place| {
                let key = Arc::new(key());
                let mut draft = Draft {
                    header: json!({"alg": "ES256", "typ": "openid4vci-proof+jwt", "jwk": jwk(&key)}),
                    claims: json!({
                        "aud": self.metadata["credential_issuer"],
                        "iat": now(),
                        "nonce": nonce
                    }),
                    breaks_signature: false,
                    key,
                };
                match self.tamper {
                    Tamper::Proof(alter) => alter(&mut draft),
                    Tamper::OneProof(alter) if place == 0 => alter(&mut draft),
                    _ => {}
                }
                sign(&draft)
            })
            .collect();
        if let Tamper::SameProofTwice = self.tamper {
            proofs[1] = proofs[0].clone();
        }
        proofs
    }

    pub async fn credential(&mut self, token: &Value, keys: usize) -> Answered {
        let nonce = self.nonce().await;
        let proofs = self.proofs(&nonce, keys);
        let mut answer = self.collect(token, json!({"jwt": proofs})).await;
        // However long the issuer puts it off, it is within a few requests.
        for _ in 0..5 {
            if answer.status != StatusCode::ACCEPTED {
                break;
            }
            let body = json!({"transaction_id": answer.body["transaction_id"]});
            answer = self.present(token, "deferred_credential_endpoint", &body).await;
        }
        answer
    }

    /// Posts JSON with an access token to an endpoint of the issuer.
    pub async fn present(&mut self, token: &Value, endpoint: &str, body: &Value) -> Answered {
        let endpoint = self.metadata[endpoint].as_str().unwrap().to_owned();
        let access_token = token["access_token"].as_str().unwrap();
        let scheme = token["token_type"].as_str().unwrap();
        self.insist(scheme == "DPoP", &endpoint, Some(access_token), |client| {
            let request = client.post(&endpoint).json(body);
            request.header("authorization", format!("{scheme} {access_token}"))
        })
        .await
    }

    pub async fn collect(&mut self, token: &Value, proofs: Value) -> Answered {
        let endpoint = self.metadata["credential_endpoint"].as_str().unwrap().to_owned();
        let mut body = json!({});
        match &token["authorization_details"][0]["credential_identifiers"][0] {
            Value::String(identifier) => body["credential_identifier"] = json!(identifier),
            _ => {
                let all = self.metadata["credential_configurations_supported"].as_object();
                let first = all.and_then(|all| all.keys().next());
                body["credential_configuration_id"] = json!(first);
            }
        }
        if !proofs.is_null() {
            body["proofs"] = proofs;
        }
        let tamper = self.tamper;
        if let Tamper::Body(alter) = tamper {
            alter(&mut body);
        }
        let body = match tamper {
            Tamper::RawBody(text) => text.to_owned(),
            _ => body.to_string(),
        };
        let access_token = token["access_token"].as_str().unwrap();
        let scheme = token["token_type"].as_str().unwrap();
        self.insist(scheme == "DPoP", &endpoint, Some(access_token), |client| {
            let request = client.post(&endpoint).header("content-type", "application/json");
            let request = request.body(body.clone());
            match tamper {
                Tamper::Request(alter) => alter(request, access_token),
                _ => request.header("authorization", format!("{scheme} {access_token}")),
            }
        })
        .await
    }

    /// Sends a request, and once more with a DPoP nonce if one is asked for.
    async fn insist(
        &mut self,
        takes_dpop: bool,
        endpoint: &str,
        access_token: Option<&str>,
        request: impl Fn(&Client) -> RequestBuilder,
    ) -> Answered {
        let needs_dpop = takes_dpop && !matches!(self.tamper, Tamper::NoDpop);
        let mut send = async || {
            let mut request = request(&self.client);
            if needs_dpop {
                request = request.header("dpop", self.dpop(endpoint, access_token));
            }
            let answered = answered(request).await;
            let nonce = answered.headers.get("dpop-nonce").cloned();
            self.dpop_nonce = nonce.map(|nonce| nonce.to_str().unwrap().to_owned());
            answered
        };
        let first = send().await;
        if first.error() == "use_dpop_nonce" {
            return send().await;
        }
        first
    }

    async fn offer(&self, link: &str) -> Value {
        let link = Url::parse(link).unwrap();
        let (name, value) = link.query_pairs().next().unwrap();
        match &*name {
            "credential_offer" => serde_json::from_str(&value).unwrap(),
            _ => answered(self.client.get(&*value)).await.body,
        }
    }

    fn dpop(&self, endpoint: &str, access_token: Option<&str>) -> String {
        let jti = URL_SAFE_NO_PAD.encode(key().public_key());
        let mut draft = Draft {
            header: json!({"alg": "ES256", "typ": "dpop+jwt", "jwk": jwk(&self.dpop_key)}),
            claims: json!({"htm": "POST", "htu": endpoint, "iat": now(), "jti": jti}),
            breaks_signature: false,
            key: Arc::clone(&self.dpop_key),
        };
        if let Some(nonce) = &self.dpop_nonce {
            draft.claims["nonce"] = json!(nonce);
        }
        if let Some(access_token) = access_token {
            let digest = digest::digest(&digest::SHA256, access_token.as_bytes());
            draft.claims["ath"] = json!(URL_SAFE_NO_PAD.encode(digest));
        }
        match self.tamper {
            Tamper::TokenDpop(alter) if access_token.is_none() => alter(&mut draft),
            Tamper::CredentialDpop(alter) if access_token.is_some() => alter(&mut draft),
            _ => {}
        }
        sign(&draft)
    }
}

/// A client that trusts this authority, or none.
pub fn client(ca_certificate: Option<&str>) -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    });
    let certificate = |pem: &str| reqwest::Certificate::from_pem(pem.as_bytes()).unwrap();
    let authorities = ca_certificate.map(certificate);
    Client::builder().tls_certs_only(authorities).build().unwrap()
}

/// The claims set of a compact SD-JWT.
pub fn payload(compact: &str) -> Value {
    let segment = compact.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(segment).unwrap()).unwrap()
}

/// The metadata of the authorization server that redeems codes; where there are several, the first
/// that says so.
async fn authorization_server(client: &Client, metadata: &Value) -> Value {
    let itself = vec![metadata["credential_issuer"].clone()];
    let listed = metadata["authorization_servers"].as_array().unwrap_or(&itself);
    let mut redeems = None;
    for server in listed {
        let server = server.as_str().unwrap();
        let metadata = get(client, server, "oauth-authorization-server").await;
        assert_eq!(metadata["issuer"], server);
        let grants = metadata["grant_types_supported"].as_array().unwrap();
        if grants.contains(&json!(GRANT)) {
            redeems = redeems.or(Some(metadata));
        }
    }
    redeems.unwrap()
}

async fn get(client: &Client, identifier: &str, name: &str) -> Value {
    let mut url = Url::parse(identifier).unwrap();
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&format!("/.well-known/{name}{path}"));
    let answered = answered(client.get(url)).await;
    assert_eq!(answered.headers["content-type"], "application/json");
    answered.body
}

pub async fn answered(request: RequestBuilder) -> Answered {
    let response = request.send().await.unwrap();
    Answered {
        status: response.status(),
        headers: response.headers().clone(),
        body: response.json().await.unwrap_or_default(),
    }
}

pub fn key() -> EcdsaKeyPair {
    EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()
}

pub fn jwk(key: &EcdsaKeyPair) -> Value {
    let (x, y) = key.public_key().as_ref()[1..].split_at(32);
    json!({
        "kty": "EC",
        "crv": "P-256",
        "x": URL_SAFE_NO_PAD.encode(x),
        "y": URL_SAFE_NO_PAD.encode(y)
    })
}

pub fn sign(draft: &Draft) -> String {
    let header = URL_SAFE_NO_PAD.encode(draft.header.to_string());
    let input = format!("{header}.{}", URL_SAFE_NO_PAD.encode(draft.claims.to_string()));
    let signature = draft.key.sign(&SystemRandom::new(), input.as_bytes()).unwrap();
    let mut signature = signature.as_ref().to_vec();
    if draft.breaks_signature {
        signature[40] ^= 1;
    }
    if draft.header["alg"] == "none" {
        signature.clear();
    }
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

pub fn now() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs()
}

//! Requests as somebody writes them who knows one guide, or one draft, and nothing of 1.0.

use std::sync::Arc;

use aws_lc_rs::{digest, signature::KeyPair};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{Client, Url};
use serde_json::{Value, json};

use crate::wallet::{Answered, Draft, answered, client, jwk, key, now, sign};

/// The grant type, and its key in an offer.
pub const GRANT: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// Somebody with a client for HTTP.
pub struct Raw {
    client: Client,
}

impl Raw {
    pub fn new() -> Self {
        Self { client: client(None) }
    }

    pub async fn get(&self, url: &str) -> Answered {
        answered(self.client.get(url)).await
    }

    pub async fn post(&self, url: &str, body: &Value) -> Answered {
        answered(self.client.post(url).json(body)).await
    }

    pub async fn form(&self, url: &str, form: &[(&str, &str)]) -> Answered {
        answered(self.client.post(url).form(form)).await
    }

    pub async fn with_token(&self, url: &str, token: &Value, body: &Value) -> Answered {
        let token = token["access_token"].as_str().unwrap();
        answered(self.client.post(url).bearer_auth(token).json(body)).await
    }

    /// A form under a DPoP proof.
    pub async fn bound_form(&self, url: &str, form: &[(&str, &str)], dpop: &str) -> Answered {
        answered(self.client.post(url).form(form).header("dpop", dpop)).await
    }

    /// JSON under a bound token and a DPoP proof.
    pub async fn bound(&self, url: &str, token: &Value, body: &Value, dpop: &str) -> Answered {
        let token = format!("DPoP {}", token["access_token"].as_str().unwrap());
        let request = self.client.post(url).header("authorization", token);
        answered(request.header("dpop", dpop).json(body)).await
    }

    /// The offer in a link, by value or by reference.
    pub async fn offer(&self, link: &str) -> Value {
        let link = Url::parse(link).unwrap();
        let (name, value) = link.query_pairs().next().unwrap();
        match &*name {
            "credential_offer" => serde_json::from_str(&value).unwrap(),
            _ => self.get(&value).await.body,
        }
    }
}

/// The grant in an offer.
pub fn grant(offer: &Value) -> &Value {
    &offer["grants"][GRANT]
}

/// The code in it.
pub fn code(offer: &Value) -> &str {
    grant(offer)["pre-authorized_code"].as_str().unwrap()
}

/// A key proof by a fresh key.
pub fn proof(audience: &str, nonce: Option<&Value>) -> String {
    let key = Arc::new(key());
    let mut draft = Draft {
        header: json!({"alg": "ES256", "typ": "openid4vci-proof+jwt", "jwk": jwk(&key)}),
        claims: json!({"aud": audience, "iat": now()}),
        breaks_signature: false,
        key,
    };
    if let Some(nonce) = nonce {
        draft.claims["nonce"] = nonce.clone();
    }
    sign(&draft)
}

/// The same in the member of one proof.
pub fn one_proof(audience: &str, nonce: &Value) -> Value {
    json!({"proof_type": "jwt", "jwt": proof(audience, Some(nonce))})
}

/// A DPoP proof for a `POST` by this key.
pub fn dpop(
    holder: &Arc<aws_lc_rs::signature::EcdsaKeyPair>,
    url: &str,
    token: Option<&str>,
) -> String {
    let jti = URL_SAFE_NO_PAD.encode(key().public_key());
    let mut draft = Draft {
        header: json!({"alg": "ES256", "typ": "dpop+jwt", "jwk": jwk(holder)}),
        claims: json!({"htm": "POST", "htu": url, "iat": now(), "jti": jti}),
        breaks_signature: false,
        key: Arc::clone(holder),
    };
    if let Some(token) = token {
        let digest = digest::digest(&digest::SHA256, token.as_bytes());
        draft.claims["ath"] = json!(URL_SAFE_NO_PAD.encode(digest));
    }
    sign(&draft)
}

/// The protected header of a compact JWS.
pub fn header(compact: &str) -> Value {
    let segment = compact.split('.').next().unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(segment).unwrap()).unwrap()
}

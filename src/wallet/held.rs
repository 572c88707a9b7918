//! What a wallet holds that waits for credentials: enough to go on asking in another process.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::deferred::{Handle, Transaction};
use super::session::{Session, Token};
use crate::jose::PrivateKey;

/// A wallet in the middle of a wait, secrets included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// The Credential Issuer Identifier.
    pub credential_issuer: String,
    /// What to ask by.
    pub transaction_id: String,
    /// Whether that is an `acceptance_token`, as in draft 11.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_acceptance_token: bool,
    /// Before when the issuer does not want to be asked.
    pub ask_again_at: Timestamp,
    /// The `client_id` it asks with, none when anonymous.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The access token.
    pub access_token: String,
    /// Whether it is bound to the DPoP key.
    pub is_dpop_bound: bool,
    /// The token response.
    pub token_response: Value,
    /// The DPoP key, as private JWK.
    pub dpop_key: Map<String, Value>,
    /// The keys that the credentials will be bound to, as private JWKs.
    pub holder_keys: Vec<Map<String, Value>>,
}

impl Held {
    /// What a wallet holds, if it waits for credentials.
    pub(super) fn of(session: &Session) -> Option<Self> {
        let (transaction, token) = (session.transaction.as_ref()?, session.token.as_ref()?);
        let pause = transaction.interval.unwrap_or(session.http.patience().usual);
        let left = pause.saturating_sub(transaction.since.elapsed());
        let now = Timestamp::now();
        Some(Self {
            credential_issuer: session.issuer.as_ref()?.identifier.clone(),
            transaction_id: transaction.id.clone(),
            is_acceptance_token: transaction.by == Handle::AcceptanceToken,
            ask_again_at: now.checked_add(left).unwrap_or(Timestamp::MAX),
            client_id: session.client_id.clone(),
            access_token: token.access_token.clone(),
            is_dpop_bound: token.is_dpop_bound,
            token_response: token.response.clone(),
            dpop_key: written(&session.dpop_key),
            holder_keys: session.recorder.private_keys().iter().map(written).collect(),
        })
    }

    /// The DPoP key; none where the file was tampered with.
    pub(super) fn dpop_key(&self) -> Option<PrivateKey> {
        private_key(&self.dpop_key)
    }

    /// Gives a wallet what was held.
    pub(super) fn restore(&self, session: &mut Session) {
        session.token = Some(Token {
            access_token: self.access_token.clone(),
            is_dpop_bound: self.is_dpop_bound,
            response: self.token_response.clone(),
        });
        let left = self.ask_again_at.duration_since(Timestamp::now());
        session.transaction = Some(Transaction {
            id: self.transaction_id.clone(),
            by: match self.is_acceptance_token {
                true => Handle::AcceptanceToken,
                false => Handle::TransactionId,
            },
            interval: Some(Duration::try_from(left).unwrap_or_default()),
            since: Instant::now(),
        });
        session.was_put_off = true;
        for key in self.holder_keys.iter().filter_map(private_key) {
            session.recorder.private_key(key);
        }
    }
}

fn private_key(jwk: &Map<String, Value>) -> Option<PrivateKey> {
    PrivateKey::from_private_jwk(jwk).ok()
}

/// A private JWK that says which algorithm it is for.
fn written(key: &PrivateKey) -> Map<String, Value> {
    let mut jwk = key.private_jwk();
    jwk.insert("alg".to_owned(), key.algorithm().name().into());
    jwk
}

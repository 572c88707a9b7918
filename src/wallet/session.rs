//! What a wallet knows in the course of a scenario: metadata, an offer, a token, nonces, keys.

use std::collections::HashMap;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use url::Url;

use super::Identity;
use super::deferred::Transaction;
use super::http::{Http, Mark};
use super::recorder::Recorder;
use super::waits::Waits;
use crate::jose::PrivateKey;
use crate::protocol::dialect::Speech;
use crate::protocol::signs::Shown;
use crate::protocol::traits::Traits;
use crate::protocol::{AsMetadata, IssuerMetadata, TokenResponse};
use crate::scenario::WalletSettings;
use crate::transcript::{Station, Tamper};

/// Why a wallet cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The issuer answered, but not with what the next step needs.
    Refused(String),
    /// No answer: unreachable, or a failure below HTTP.
    Failed(String),
    /// What the scenario needs is not advertised.
    NotApplicable(String),
    /// The user did not ask for what it would take.
    NotRun(String),
}

/// A simulated wallet in the middle of a scenario.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its name in the script.
    pub name: String,
    /// The client it asks with.
    pub http: Arc<Http>,
    /// Whether it deals with another issuer than the one under test.
    pub is_stranger: bool,
    /// The other wallets of the scenario, and itself with other offers, as they are when it does
    /// something wrong.
    pub others: Vec<Session>,
    /// The last `c_nonce` that it was given.
    pub c_nonce: Option<String>,
    /// The `c_nonce` of the last credential request.
    pub sent_nonce: Option<String>,
    /// The `c_nonce` of the last plain request that got credentials.
    pub spent_nonce: Option<String>,
    /// How long the scenario waited, since it began.
    pub waited: Option<Duration>,
    /// Where it writes things down.
    pub recorder: Arc<Recorder>,
    /// How it differs from a plain wallet.
    pub settings: WalletSettings,
    /// Its `client_id`, none when anonymous.
    pub client_id: Option<String>,
    /// Who vouches for it, and how it authenticates.
    pub identity: Arc<Identity>,
    /// The challenge that the authorization server gave for its next request.
    pub challenge: Option<String>,
    /// What last showed who it is, to a server that granted something for it.
    pub last_client_proof: LastClientProof,
    /// Its DPoP key.
    pub dpop_key: PrivateKey,
    /// What it is to speak.
    pub speech: Speech,
    /// Which of the ways that the issuer may understand it speaks, from 0.
    pub way: usize,
    /// The one that last brought credentials, to any wallet of the run.
    pub known_way: Arc<AtomicUsize>,
    /// The id of the configuration that it asked for last.
    pub asked_for: Option<String>,
    /// What it found out about the issuer.
    pub issuer: Option<Arc<Issuer>>,
    /// The token it holds.
    pub token: Option<Token>,
    /// What it can renew that token with.
    pub renewal: Renewal,
    /// The last holder key that a plain credential request proved possession of.
    pub holder_key: Option<PrivateKey>,
    /// The latest `DPoP-Nonce` of each endpoint.
    pub dpop_nonces: HashMap<Station, String>,
    /// The last DPoP proof that was accepted at each endpoint.
    pub last_dpop: HashMap<Station, String>,
    /// The offer at hand.
    pub offer: OfferAtHand,
    /// Who is told of waits, and who can end them.
    pub waits: Waits,
    /// The credentials that are still to come.
    pub transaction: Option<Transaction>,
    /// Whether the last credentials were put off.
    pub was_put_off: bool,
    /// The transaction that came to its end last.
    pub redeemed: Option<String>,
    /// The `notification_id` of the last credentials.
    pub notification: Option<String>,
    /// Whether credentials that are put off are fetched without being told to.
    pub fetches_deferred: bool,
    /// Whether a tampered request is expected to be granted, and gone on with.
    pub keeps_what_is_granted: bool,
    /// Which of the announced ways of encrypting is used, from 0.
    pub encryption_method: usize,
    /// Which of the credential identifiers that it was given it asks by, from 0.
    pub identifier: usize,
    /// The step of the script, from 1.
    pub step: u32,
    /// The racer it is, where several are released together.
    pub racer: Option<u32>,
}

/// An offer that a wallet took, and what came with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfferAtHand {
    /// Its index in the transcript.
    pub index: Option<usize>,
    /// Its object, once it is read.
    pub object: Option<Value>,
    /// Where it was fetched from.
    pub reference: Option<Url>,
    /// The Transaction Code.
    pub tx_code: Option<String>,
    /// What the source calls it.
    pub id: Option<String>,
}

/// The last proof of possession, or assertion, of a client that was accepted, by whichever of its
/// wallets.
#[derive(Clone, Debug, Default)]
pub struct LastClientProof(Arc<Mutex<Option<String>>>);

impl LastClientProof {
    /// Remembers one.
    pub fn set(&self, proof: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(proof);
    }

    /// The one remembered.
    pub fn get(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// An issuer as discovered.
#[derive(Clone, Debug, PartialEq)]
pub struct Issuer {
    /// The Credential Issuer Identifier that discovery started from.
    pub identifier: String,
    /// The Credential Issuer Metadata.
    pub metadata: Value,
    /// The Authorization Server Metadata.
    pub as_metadata: Value,
    /// Whether metadata was found only where the well-known segment is appended.
    pub is_appended: bool,
}

/// An access token as granted.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// `access_token`.
    pub access_token: String,
    /// Whether it is bound to the DPoP key.
    pub is_dpop_bound: bool,
    /// The token response.
    pub response: Value,
}

/// The refresh tokens of a wallet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renewal {
    /// The one to use.
    pub refresh_token: Option<String>,
    /// The one whose place it took.
    pub replaced: Option<String>,
    /// Whether that one was shown again.
    pub is_reused: bool,
    /// Whether the one to use was given back.
    pub is_revoked: bool,
    /// Whether its holder is no longer eligible.
    pub is_ineligible: bool,
}

impl Renewal {
    /// Takes over what a token response brings.
    pub fn take(&mut self, response: &Value) {
        let Some(token) = TokenResponse::new(response).refresh_token() else { return };
        if self.refresh_token.as_deref() != Some(token) {
            self.replaced = self.refresh_token.replace(token.to_owned());
        }
    }
}

impl Session {
    /// The issuer, or the reason why nothing can be asked.
    pub fn issuer(&self) -> Result<&Issuer, Stop> {
        self.issuer
            .as_deref()
            .ok_or_else(|| Stop::Refused("the metadata of the issuer is not known".into()))
    }

    /// The ways to speak that the issuer may understand, the likeliest first.
    pub fn ways(&self) -> Vec<Traits> {
        let issuer = self.issuer.as_deref();
        self.speech.traits(&Shown {
            offer: self.offer.object.as_ref(),
            issuer_metadata: issuer.map(|issuer| &issuer.metadata),
            token_response: self.token.as_ref().map(|token| &token.response),
            credential_response: None,
            only_at_appended_location: issuer.is_some_and(|issuer| issuer.is_appended),
        })
    }

    /// How to speak with the issuer.
    pub fn traits(&self) -> Traits {
        let ways = self.ways();
        ways.get(self.way).or(ways.last()).copied().unwrap_or_default()
    }

    /// The same, without the others.
    pub fn alone(&self) -> Self {
        Self { others: Vec::new(), ..self.clone() }
    }

    /// What the transcript says of the next request.
    pub fn mark(&self, tamper: Option<Tamper>) -> Mark {
        Mark {
            wallet: self.name.clone(),
            offer: self.offer.index,
            step: self.step,
            racer: self.racer,
            tamper,
        }
    }

    /// The reason to stop, with what to do where nobody may know who vouches for this wallet.
    pub fn advised(&self, stop: Stop) -> Stop {
        match stop {
            Stop::Refused(why) if self.identity.vouches() => Stop::Refused(format!(
                "{why}; the wallet showed attestations, and whoever refuses them may not trust its \
                 provider: vcispec wallet-provider ca"
            )),
            other => other,
        }
    }

    /// Whether it uses DPoP with this issuer.
    pub fn uses_dpop(&self) -> bool {
        use crate::scenario::DpopUse;
        let announced = self.issuer.as_ref().is_some_and(|issuer| issuer.server().announces_dpop());
        announced && self.settings.dpop == DpopUse::WhereAnnounced
    }
}

impl Issuer {
    /// A lens over the issuer's metadata.
    pub fn credential(&self) -> IssuerMetadata<'_> {
        IssuerMetadata::new(&self.metadata)
    }

    /// A lens over the authorization server's metadata.
    pub fn server(&self) -> AsMetadata<'_> {
        AsMetadata::new(&self.as_metadata)
    }

    /// An endpoint as a URL, or the reason why it cannot be asked.
    pub fn endpoint(&self, name: &str, value: Option<&str>) -> Result<Url, Stop> {
        let value = value.ok_or_else(|| Stop::Refused(format!("no {name} in the metadata")))?;
        Url::parse(value).map_err(|error| {
            Stop::Refused(format!("expected a URL in {name}, found {value:?}: {error}"))
        })
    }
}

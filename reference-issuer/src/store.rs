//! What the issuer remembers between requests, each thing for as long as it is good.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::body::Bytes;
use serde_json::Value;

use crate::{
    clock::Hourglass,
    entitlement::Entitlement,
    expiring::{Expiring, Key, key_of},
    public_key::{PublicKey, Thumbprint},
    refresh_tokens::RefreshTokens,
    settings::{Lifetimes, Tenant},
};

/// How much older or younger than now a DPoP proof may be, in seconds.
pub const DPOP_PROOF_AGE: (u64, u64) = (120, 30);

/// A credential that was asked for and put off.
#[derive(Debug)]
pub struct Transaction {
    /// What the request was entitled to; asking again takes a token of the same.
    pub entitlement: Arc<Entitlement>,
    /// Place in the table of credentials.
    pub place: usize,
    /// The keys that were proved.
    pub keys: Vec<Option<PublicKey>>,
    /// How often the wallet is still told to ask again; `None` until somebody decides.
    pub polls: Option<u32>,
    /// Whether it will never come.
    pub is_denied: bool,
    /// What the wallet is told to wait, in seconds.
    pub interval: f64,
    /// How the first answer was to be encrypted.
    pub wish: Option<Value>,
    /// Whether that counts for the later ones, too.
    pub sticks_to_its_wish: bool,
    /// Whether asking before its time ends it.
    pub is_touchy: bool,
    /// When the wallet was last told to ask again.
    pub told: Instant,
}

/// A pre-authorized code that has not been redeemed.
#[derive(Debug, Clone)]
pub struct Code {
    /// What it is filed under.
    file: Key,
    /// What it entitles to.
    pub entitlement: Arc<Entitlement>,
    /// The transaction code that must come with it.
    pub tx_code: Option<Arc<str>>,
    /// Wrong transaction codes so far.
    wrong_tries: u32,
}

impl Code {
    /// What a code stands for.
    pub fn new(value: &str, entitlement: Arc<Entitlement>, tx_code: Option<Arc<str>>) -> Self {
        Self { file: key_of(value.as_bytes()), entitlement, tx_code, wrong_tries: 0 }
    }
}

/// What became of a code.
pub enum Found {
    /// Never handed out, or expired, or dead after too many wrong transaction codes.
    Unknown,
    /// Redeemed before.
    Redeemed,
    /// Its time is over.
    Expired,
    /// Good.
    Live(Code),
}

/// A `c_nonce`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nonce {
    /// The tenant that handed it out.
    pub tenant: Tenant,
    /// Whether a proof with it got a credential.
    pub is_used: bool,
}

/// What an access token entitles to.
#[derive(Debug, Clone)]
pub struct Grant {
    /// What the offer entitled to.
    pub entitlement: Arc<Entitlement>,
    /// Places in the table of credentials: the offer's, or the subset that the token request selected.
    pub credentials: Vec<usize>,
    /// Credential identifiers and the places they stand for; when there are any, requests must use them.
    pub identifiers: Vec<(String, usize)>,
    /// The DPoP key that the token is bound to.
    pub key: Option<Thumbprint>,
    /// The client that redeemed the code; `None` for an anonymous one.
    pub client_id: Option<String>,
    /// The key of the installation that did, where it was attested.
    pub instance: Option<Thumbprint>,
}

impl Grant {
    /// What is granted where a lapse waived the token: unbound, to nobody, the first credential.
    pub fn waived(entitlement: Arc<Entitlement>) -> Self {
        let credentials = entitlement.credentials.clone();
        Self {
            entitlement,
            credentials,
            identifiers: Vec::new(),
            key: None,
            client_id: None,
            instance: None,
        }
    }
}

/// How codes and tokens are kept. Faults alter it.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// Wrong transaction codes after which a code dies.
    pub wrong_tries: u32,
    /// Whether a refused DPoP proof spends the code that came with it.
    pub spends_on_dpop_refusal: bool,
    /// Whether a notification id is forgotten once it was used.
    pub forgets_notifications: bool,
    /// Time left open between reading a code and spending it, for a race to be won by all.
    pub race_window: Option<Duration>,
    /// Whether a refresh token that is bound to no key is replaced when it is used.
    pub replaces_refresh_tokens: bool,
    /// Whether one that is bound to a key is.
    pub replaces_bound_refresh_tokens: bool,
    /// Whether a refresh token that was replaced and comes back ends its line.
    pub ends_lines_at_reuse: bool,
    /// Whether credentials are bound to each key only once.
    pub takes_each_key_once: bool,
    /// Whether what an offer was made with is what every credential shows.
    pub keeps_claims: bool,
    /// Whether a revocation is answered and nothing is done.
    pub forgets_revocations: bool,
    /// Whether the revocation of an unknown token is refused.
    pub revokes_known_tokens_only: bool,
    /// Whether every client is taken to be one installation.
    pub knows_one_instance_of_each_client: bool,
    /// Whether an access token ends with the first request that is refused.
    pub ends_tokens_at_errors: bool,
    /// Whether nonces are wanted in key proofs though there is no nonce endpoint.
    pub wants_nonces_nobody_gives: bool,
    /// Whether credentials are bound to the keys of the request before, by the same offer.
    pub binds_to_the_request_before: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            wrong_tries: 5,
            spends_on_dpop_refusal: false,
            forgets_notifications: false,
            race_window: None,
            replaces_refresh_tokens: true,
            replaces_bound_refresh_tokens: false,
            ends_lines_at_reuse: true,
            takes_each_key_once: false,
            keeps_claims: false,
            forgets_revocations: false,
            revokes_known_tokens_only: false,
            knows_one_instance_of_each_client: false,
            ends_tokens_at_errors: false,
            wants_nonces_nobody_gives: false,
            binds_to_the_request_before: false,
        }
    }
}

/// Everything remembered.
pub struct Store {
    /// Offers by reference, ready to be served.
    offers: Expiring<Bytes>,
    /// Codes; `None` once redeemed.
    codes: Expiring<Option<Box<Code>>>,
    tokens: Expiring<Arc<Grant>>,
    /// What was offered, by the id of the offer, for as long as it can be renewed.
    entitlements: Expiring<Arc<Entitlement>>,
    /// Refresh tokens.
    pub refresh_tokens: RefreshTokens,
    nonces: Expiring<Nonce>,
    /// Every credential identifier, and the place it stands for.
    identifiers: Expiring<usize>,
    /// Holder keys that credentials were bound to.
    holder_keys: Expiring<()>,
    /// The keys that were proved last for an offer, where a fault takes them for others.
    last_keys: Expiring<Vec<Option<PublicKey>>>,
    /// Challenges for the proofs of attested clients.
    challenges: Expiring<()>,
    /// The first installation of each client.
    instances: Expiring<Thumbprint>,
    /// Proofs of wallets seen within their window.
    proofs: Expiring<()>,
    transactions: Expiring<Option<Transaction>>,
    /// Notification ids, and what the response was entitled to that named them.
    notifications: Expiring<Arc<Entitlement>>,
}

impl Store {
    /// An empty store.
    pub fn new(lifetimes: &Lifetimes, hourglass: &Hourglass) -> Self {
        let (past, future) = DPOP_PROOF_AGE;
        Self {
            offers: Expiring::new(lifetimes.code, hourglass),
            codes: Expiring::new(lifetimes.code, hourglass),
            tokens: Expiring::new(lifetimes.access_token, hourglass),
            entitlements: Expiring::new(lifetimes.refresh_token, hourglass),
            refresh_tokens: RefreshTokens::new(lifetimes.refresh_token, hourglass),
            holder_keys: Expiring::new(lifetimes.refresh_token, hourglass),
            last_keys: Expiring::new(lifetimes.access_token, hourglass),
            nonces: Expiring::new(lifetimes.c_nonce, hourglass),
            identifiers: Expiring::new(lifetimes.refresh_token, hourglass),
            challenges: Expiring::new(lifetimes.c_nonce, hourglass),
            instances: Expiring::new(lifetimes.refresh_token, hourglass),
            proofs: Expiring::new(Duration::from_secs(past + future), hourglass),
            transactions: Expiring::new(lifetimes.access_token, hourglass),
            notifications: Expiring::new(lifetimes.access_token, hourglass),
        }
    }

    /// Keeps an offer to be fetched by reference.
    pub fn keep_offer(&self, id: &str, offer: Bytes) {
        self.offers.insert(key_of(id.as_bytes()), offer);
    }

    /// An offer by reference.
    pub fn offer(&self, id: &str) -> Option<Bytes> {
        self.offers.with(&key_of(id.as_bytes()), |offer| offer.clone())
    }

    /// Keeps what an offer entitles to, for those who may change it.
    pub fn keep_entitlement(&self, offer_id: &str, entitlement: Arc<Entitlement>) {
        self.entitlements.insert(key_of(offer_id.as_bytes()), entitlement);
    }

    /// What the offer of that id entitles to.
    pub fn entitlement(&self, offer_id: &str) -> Option<Arc<Entitlement>> {
        self.entitlements.with(&key_of(offer_id.as_bytes()), |own| Arc::clone(own))
    }

    /// Keeps a code.
    pub fn keep_code(&self, code: Code) {
        self.codes.insert(code.file, Some(Box::new(code)));
    }

    /// Looks a code up without spending it.
    pub fn code(&self, value: &str) -> Found {
        let file = key_of(value.as_bytes());
        match self.codes.with(&file, |entry| entry.as_deref().cloned()) {
            None if self.codes.is_dead(&file) => Found::Expired,
            None => Found::Unknown,
            Some(None) => Found::Redeemed,
            Some(Some(code)) => Found::Live(code),
        }
    }

    /// Notes a wrong transaction code; the code dies at the limit, and then this is true.
    pub fn note_wrong_try(&self, code: &Code, policy: &Policy) -> bool {
        let is_dead = self.codes.with(&code.file, |entry| {
            entry.as_deref_mut().is_some_and(|code| {
                code.wrong_tries += 1;
                code.wrong_tries >= policy.wrong_tries
            })
        });
        let is_dead = is_dead == Some(true);
        if is_dead {
            self.codes.take(&code.file);
        }
        is_dead
    }

    /// Whether an installation is the first of its client that was seen.
    pub fn is_first_instance(&self, client: &str, instance: Thumbprint) -> bool {
        let file = key_of(client.as_bytes());
        match self.instances.with(&file, |first| *first) {
            Some(first) => first == instance,
            None => {
                self.instances.insert(file, instance);
                true
            }
        }
    }

    /// Spends a code: true for the one caller that found it unspent.
    pub fn spend_code(&self, code: &Code) -> bool {
        let was_live = self.codes.with(&code.file, |entry| entry.take().is_some());
        was_live == Some(true)
    }

    /// Keeps what an access token entitles to.
    pub fn keep_token(&self, token: &str, grant: Arc<Grant>) {
        self.tokens.insert(key_of(token.as_bytes()), grant);
    }

    /// Whether there was such an access token and its time is over.
    pub fn token_has_expired(&self, token: &str) -> bool {
        self.tokens.is_dead(&key_of(token.as_bytes()))
    }

    /// Keeps the identifier of a credential.
    pub fn keep_identifier(&self, identifier: &str, place: usize) {
        self.identifiers.insert(key_of(identifier.as_bytes()), place);
    }

    /// The place that an identifier stands for, whoever it was given to.
    pub fn identified(&self, identifier: &str) -> Option<usize> {
        self.identifiers.with(&key_of(identifier.as_bytes()), |place| *place)
    }

    /// What an access token entitles to.
    pub fn token(&self, token: &str) -> Option<Arc<Grant>> {
        self.tokens.with(&key_of(token.as_bytes()), |grant| Arc::clone(grant))
    }

    /// Forgets an access token, if it is one.
    pub fn forget_token(&self, token: &str) {
        self.tokens.take(&key_of(token.as_bytes()));
    }

    /// Keeps a `c_nonce`.
    pub fn keep_nonce(&self, nonce: &str, tenant: Tenant) {
        self.nonces.insert(key_of(nonce.as_bytes()), Nonce { tenant, is_used: false });
    }

    /// What is known of a `c_nonce`; looking does not use it up.
    pub fn nonce(&self, nonce: &Key) -> Option<Nonce> {
        self.nonces.with(nonce, |nonce| *nonce)
    }

    /// Whether there was such a `c_nonce` and its time is over.
    pub fn nonce_has_expired(&self, nonce: &Key) -> bool {
        self.nonces.is_dead(nonce)
    }

    /// Uses a `c_nonce` up: false for the request that found it used.
    pub fn use_nonce(&self, nonce: &Key) -> bool {
        let was_used = self.nonces.with(nonce, |nonce| std::mem::replace(&mut nonce.is_used, true));
        was_used != Some(true)
    }

    /// Keeps a credential that was put off.
    pub fn keep_transaction(&self, id: &str, transaction: Transaction) {
        self.transactions.insert(key_of(id.as_bytes()), Some(transaction));
    }

    /// Looks at a transaction, or changes it: `None` for one that was never begun or has expired, `Some(None)` once
    /// it is over.
    pub fn transaction<R>(
        &self,
        id: &str,
        look: impl FnOnce(&mut Option<Transaction>) -> R,
    ) -> Option<R> {
        self.transactions.with(&key_of(id.as_bytes()), look)
    }

    /// Keeps a notification id.
    pub fn keep_notification(&self, id: &str, entitlement: Arc<Entitlement>) {
        self.notifications.insert(key_of(id.as_bytes()), entitlement);
    }

    /// What the response was entitled to that named a notification id.
    pub fn notification(&self, id: &str) -> Option<Arc<Entitlement>> {
        self.notifications.with(&key_of(id.as_bytes()), |entitlement| Arc::clone(entitlement))
    }

    /// Forgets a notification id.
    pub fn forget_notification(&self, id: &str) {
        self.notifications.take(&key_of(id.as_bytes()));
    }

    /// Notes a holder key; false if a credential was bound to it before.
    pub fn note_holder_key(&self, key: &Thumbprint) -> bool {
        self.holder_keys.insert(key_of(key), ())
    }

    /// Keeps the keys of a request, and gives those of the one before by the same offer; of the first, its own.
    pub fn keys_before(
        &self,
        offer_id: &str,
        keys: Vec<Option<PublicKey>>,
    ) -> Vec<Option<PublicKey>> {
        let file = key_of(offer_id.as_bytes());
        let before = self.last_keys.with(&file, |own| std::mem::replace(own, keys.clone()));
        if before.is_none() {
            self.last_keys.insert(file, keys.clone());
        }
        before.unwrap_or(keys)
    }

    /// Keeps a challenge.
    pub fn keep_challenge(&self, challenge: &str) {
        self.challenges.insert(key_of(challenge.as_bytes()), ());
    }

    /// Whether a challenge is good; looking does not use it up.
    pub fn knows_challenge(&self, challenge: &str) -> bool {
        self.challenges.with(&key_of(challenge.as_bytes()), |()| ()).is_some()
    }

    /// Notes a DPoP proof, or another proof of a wallet, by what makes it unique; false if it was seen before.
    pub fn note_proof(&self, unique: &str) -> bool {
        self.proofs.insert(key_of(unique.as_bytes()), ())
    }
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test may stop")]
mod tests {
    use super::*;

    fn store() -> Store {
        let store = Store::new(&Lifetimes::default(), &Hourglass::default());
        let entitlement = Entitlement::waived();
        store.keep_code(Code::new("code", entitlement, Some("1234".into())));
        store
    }

    fn live(store: &Store) -> Code {
        match store.code("code") {
            Found::Live(code) => code,
            _ => panic!("the code is not live"),
        }
    }

    #[test]
    fn a_code_is_spent_once() {
        let store = store();
        let code = live(&store);
        assert!(store.spend_code(&code));
        assert!(!store.spend_code(&code));
        assert!(matches!(store.code("code"), Found::Redeemed));
        assert!(matches!(store.code("another"), Found::Unknown));
    }

    #[test]
    fn a_code_dies_at_the_fifth_wrong_try() {
        let (store, policy) = (store(), Policy::default());
        let code = live(&store);
        for _ in 0..4 {
            assert!(!store.note_wrong_try(&code, &policy));
        }
        assert!(matches!(store.code("code"), Found::Live(_)));
        assert!(store.note_wrong_try(&code, &policy));
        assert!(matches!(store.code("code"), Found::Unknown));
        assert!(!store.spend_code(&code));
    }

    #[test]
    fn a_nonce_is_used_once() {
        let store = store();
        store.keep_nonce("nonce", Tenant::First);
        let nonce = key_of(b"nonce");
        assert_eq!(store.nonce(&nonce), Some(Nonce { tenant: Tenant::First, is_used: false }));
        assert!(store.use_nonce(&nonce));
        assert!(!store.use_nonce(&nonce));
    }
}

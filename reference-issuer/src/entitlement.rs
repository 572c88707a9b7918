//! What an offer entitles to, for as long as it does: claims may change, and eligibility may end.

use std::sync::{
    Arc, LazyLock, PoisonError, RwLock,
    atomic::{AtomicBool, Ordering},
};

use serde_json::{Map, Value};

/// What an offer entitles to.
#[derive(Debug)]
pub struct Entitlement {
    /// Places in the table of credentials.
    pub credentials: Vec<usize>,
    /// Claims that replace the default ones.
    claims: RwLock<Option<Arc<Map<String, Value>>>>,
    /// The offer, by whose id the operator names what was issued for it.
    pub offer_id: String,
    has_ended: AtomicBool,
}

impl Entitlement {
    /// To these credentials, with claims that replace the default ones.
    pub fn new(
        credentials: Vec<usize>,
        claims: Option<Map<String, Value>>,
        offer_id: &str,
    ) -> Arc<Self> {
        Arc::new(Self {
            offer_id: offer_id.to_owned(),
            credentials,
            claims: RwLock::new(claims.map(Arc::new)),
            has_ended: AtomicBool::new(false),
        })
    }

    /// What a request is taken to be entitled to where a lapse waived the code or the token: the first credential.
    pub fn waived() -> Arc<Self> {
        static WAIVED: LazyLock<Arc<Entitlement>> =
            LazyLock::new(|| Entitlement::new(vec![0], None, ""));
        Arc::clone(&WAIVED)
    }

    /// Whether one is the other, or a lapse let in whoever has it.
    pub fn covers(self: &Arc<Self>, other: &Arc<Self>) -> bool {
        Arc::ptr_eq(self, other) || Arc::ptr_eq(self, &Self::waived())
    }

    /// The claims that replace the default ones, as they are now.
    pub fn claims(&self) -> Option<Arc<Map<String, Value>>> {
        self.claims.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces the claims; credentials issued from now on show them.
    pub fn change_claims(&self, claims: Map<String, Value>) {
        *self.claims.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(claims));
    }

    /// Whether its holder is no longer eligible.
    pub fn has_ended(&self) -> bool {
        self.has_ended.load(Ordering::Relaxed)
    }

    /// Ends it: what was handed out stays good, and nothing is renewed.
    pub fn end(&self) {
        self.has_ended.store(true, Ordering::Relaxed);
    }
}

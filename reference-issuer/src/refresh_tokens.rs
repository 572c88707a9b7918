//! Refresh tokens, in lines: each use of an unbound one gives the next, and all of a line end together.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

use crate::{
    expiring::{Expiring, key_of},
    store::Grant,
};

/// All refresh tokens that go back to one code.
#[derive(Debug)]
pub struct Line {
    /// What the code was redeemed for.
    pub grant: Arc<Grant>,
    state: AtomicU8,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Good.
    Live,
    /// Ended because an old token of it was shown again.
    Reused,
    /// Ended at the revocation endpoint.
    Revoked,
}

impl Line {
    /// What became of it.
    pub fn state(&self) -> State {
        match self.state.load(Ordering::Relaxed) {
            0 => State::Live,
            1 => State::Reused,
            _ => State::Revoked,
        }
    }

    /// Ends it because an old token was shown again; one that was revoked stays so.
    pub fn note_reuse(&self) {
        let _ = self.state.compare_exchange(0, 1, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Ends it because its holder wants that.
    pub fn revoke(&self) {
        self.state.store(2, Ordering::Relaxed);
    }
}

/// What a refresh token turned out to be.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its line.
    pub line: Arc<Line>,
    /// Whether a later token of the line has taken its place.
    pub is_replaced: bool,
}

/// Every refresh token that has not expired.
pub struct RefreshTokens(Expiring<Found>);

impl RefreshTokens {
    /// An empty store.
    pub fn new(lifetime: std::time::Duration) -> Self {
        Self(Expiring::new(lifetime))
    }

    /// Begins a line with its first token.
    pub fn begin(&self, token: &str, grant: Arc<Grant>) {
        self.keep(token, Arc::new(Line { grant, state: AtomicU8::new(0) }));
    }

    /// The token, if it was handed out and has not expired.
    pub fn find(&self, token: &str) -> Option<Found> {
        self.0.with(&key_of(token.as_bytes()), |found| found.clone())
    }

    /// Puts a new token of the same line in the place of one.
    pub fn replace(&self, old: &str, new: &str) {
        let line = self.0.with(&key_of(old.as_bytes()), |found| {
            found.is_replaced = true;
            Arc::clone(&found.line)
        });
        if let Some(line) = line {
            self.keep(new, line);
        }
    }

    fn keep(&self, token: &str, line: Arc<Line>) {
        self.0.insert(key_of(token.as_bytes()), Found { line, is_replaced: false });
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::entitlement::Entitlement;

    #[test]
    fn a_line_ends_as_a_whole() {
        let tokens = RefreshTokens::new(Duration::from_secs(60));
        let grant = Arc::new(Grant::waived(Entitlement::waived()));
        tokens.begin("one", grant);
        tokens.replace("one", "two");
        assert!(tokens.find("one").unwrap().is_replaced);
        let second = tokens.find("two").unwrap();
        assert!(!second.is_replaced && second.line.state() == State::Live);
        tokens.find("one").unwrap().line.note_reuse();
        assert_eq!(second.line.state(), State::Reused);
        second.line.revoke();
        second.line.note_reuse();
        assert_eq!(second.line.state(), State::Revoked);
        assert!(tokens.find("three").is_none());
    }
}

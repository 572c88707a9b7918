//! DPoP nonces that need no memory: when it was made, for which server, and a tag only this process can compute.

use std::time::{Duration, Instant};

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::random;

/// Which of the two servers a nonce is good at; neither takes the other's (RFC 9449, section 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Realm {
    /// The token endpoint.
    Authorization,
    /// The credential endpoint.
    Resource,
}

impl Realm {
    /// The server that it is not.
    pub fn other(self) -> Self {
        match self {
            Self::Authorization => Self::Resource,
            Self::Resource => Self::Authorization,
        }
    }
}

/// Makes DPoP nonces and knows its own.
pub struct DpopNonces {
    key: hmac::Key,
    epoch: Instant,
    lifetime: Duration,
}

impl DpopNonces {
    /// Nonces good for that long.
    pub fn new(lifetime: Duration) -> Self {
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, &random::bytes::<32>()),
            epoch: Instant::now(),
            lifetime,
        }
    }

    /// A fresh nonce: 8 bytes of age, 8 random ones, and the tag.
    pub fn fresh(&self, realm: Realm) -> String {
        let mut nonce = self.age().to_be_bytes().to_vec();
        nonce.extend(random::bytes::<8>());
        let tag = hmac::sign(&self.key, &labelled(&nonce, realm));
        nonce.extend(tag.as_ref());
        URL_SAFE_NO_PAD.encode(nonce)
    }

    /// Whether it was made here, for this server, recently.
    pub fn knows(&self, nonce: &str, realm: Realm) -> bool {
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(nonce) else {
            return false;
        };
        let Some((made, tag)) = bytes.split_at_checked(16) else {
            return false;
        };
        let Some((age, _)) = made.split_first_chunk::<8>() else {
            return false;
        };
        let lifetime = u64::try_from(self.lifetime.as_millis()).unwrap_or(u64::MAX);
        hmac::verify(&self.key, &labelled(made, realm), tag).is_ok()
            && self.age().saturating_sub(u64::from_be_bytes(*age)) <= lifetime
    }

    /// Milliseconds since start.
    fn age(&self) -> u64 {
        u64::try_from(self.epoch.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

fn labelled(nonce: &[u8], realm: Realm) -> Vec<u8> {
    let label: &[u8] = match realm {
        Realm::Authorization => b"authorization",
        Realm::Resource => b"resource",
    };
    [nonce, label].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_own_in_their_realm() {
        let nonces = DpopNonces::new(Duration::from_secs(60));
        let nonce = nonces.fresh(Realm::Authorization);
        assert!(nonces.knows(&nonce, Realm::Authorization));
        assert!(!nonces.knows(&nonce, Realm::Resource));
        assert!(!nonces.knows("made-up", Realm::Authorization));
        assert!(!DpopNonces::new(Duration::from_secs(60)).knows(&nonce, Realm::Authorization));
    }
}

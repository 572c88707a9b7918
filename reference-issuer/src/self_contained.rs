//! Nonces that need no memory: when it was made, for what, and a tag only this process can compute.

use std::time::{Duration, Instant};

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{clock::Hourglass, random, settings::Lifetimes};

/// What a nonce is good for, and for nothing else: neither server takes the other's (RFC 9449, section 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Realm {
    /// A DPoP proof at the token endpoint.
    Authorization,
    /// A DPoP proof at the credential endpoint.
    Resource,
    /// A key proof.
    KeyProof,
    /// The proof of an attested client.
    Client,
}

impl Realm {
    /// The server that it is not.
    pub fn other(self) -> Self {
        match self {
            Self::Authorization => Self::Resource,
            _ => Self::Authorization,
        }
    }
}

/// Makes such nonces and knows its own.
pub struct SelfContained {
    key: hmac::Key,
    epoch: Instant,
    hourglass: Hourglass,
    lifetimes: Lifetimes,
}

impl SelfContained {
    /// Nonces good for as long as their kind is.
    pub fn new(lifetimes: &Lifetimes, hourglass: &Hourglass) -> Self {
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, &random::bytes::<32>()),
            epoch: hourglass.now(),
            hourglass: hourglass.clone(),
            lifetimes: *lifetimes,
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
        let lifetime = milliseconds(match realm {
            Realm::Authorization | Realm::Resource => self.lifetimes.dpop_nonce,
            Realm::KeyProof | Realm::Client => self.lifetimes.c_nonce,
        });
        hmac::verify(&self.key, &labelled(made, realm), tag).is_ok()
            && self.age().saturating_sub(u64::from_be_bytes(*age)) <= lifetime
    }

    /// Milliseconds since start.
    fn age(&self) -> u64 {
        milliseconds(self.hourglass.now().saturating_duration_since(self.epoch))
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn labelled(nonce: &[u8], realm: Realm) -> Vec<u8> {
    let label: &[u8] = match realm {
        Realm::Authorization => b"authorization",
        Realm::Resource => b"resource",
        Realm::KeyProof => b"key proof",
        Realm::Client => b"client",
    };
    [nonce, label].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_own_in_their_realm_and_time() {
        let (lifetimes, hourglass) = (Lifetimes::default(), Hourglass::default());
        let nonces = SelfContained::new(&lifetimes, &hourglass);
        let nonce = nonces.fresh(Realm::Authorization);
        assert!(nonces.knows(&nonce, Realm::Authorization));
        assert!(!nonces.knows(&nonce, Realm::Resource));
        assert!(!nonces.knows("made-up", Realm::Authorization));
        assert!(!SelfContained::new(&lifetimes, &hourglass).knows(&nonce, Realm::Authorization));
        hourglass.advance(lifetimes.dpop_nonce + Duration::from_secs(1));
        assert!(!nonces.knows(&nonce, Realm::Authorization));
    }
}

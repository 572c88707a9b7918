//! The standing of every credential, as a Token Status List: entries handed out at random, and the token that
//! publishes them (draft-ietf-oauth-status-list-12).

use std::{
    collections::{HashMap, HashSet},
    io::Write as _,
    sync::{Mutex, MutexGuard, PoisonError},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, write::ZlibEncoder};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::{
    clock, expiring::Key, expiring::key_of, faults::conduct::Conduct, issuer::Issuer, keys, random,
    refusal::Refusal,
};

/// Entries in the list: enough that an index tells nobody anything.
const ENTRIES: usize = 1 << 17;
/// Draws before a list counts as full.
const MOST_DRAWS: usize = 256;
/// How long a list is good, in seconds.
const LIFETIME: u64 = clock::DAY;
/// How long a list may be kept before it is fetched again, in seconds.
const TTL: u64 = 300;

/// How many bits the list has for each credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bits {
    /// Valid or not.
    One,
    /// Suspended too.
    Two,
    /// Room for thirteen more.
    Four,
    /// An octet for each.
    Eight,
}

impl Bits {
    /// The number.
    pub fn count(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Four => 4,
            Self::Eight => 8,
        }
    }
}

/// What became of a credential (section 7.1 of the draft).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It is good.
    Valid,
    /// It is revoked.
    Invalid,
    /// It is not good for now.
    Suspended,
}

/// Why a status was not set.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum StatusError {
    /// Credentials have no status here.
    #[error("this issuer keeps no status list")]
    NoList,
    /// Nothing was issued under that name.
    #[error("no credential was issued under that name")]
    Unknown,
    /// The list has one bit for each credential.
    #[error("a list of one bit cannot tell suspended from revoked")]
    TooFewBits,
}

/// A list, and what each of its entries stands for.
pub struct StatusList {
    bits: Bits,
    state: Mutex<State>,
}

struct State {
    octets: Vec<u8>,
    used: HashSet<usize>,
    by_offer: HashMap<Key, Vec<usize>>,
}

impl StatusList {
    /// A list in which everything is valid.
    pub fn new(bits: Bits) -> Self {
        let octets = vec![0; ENTRIES * bits.count() / 8];
        let state = State { octets, used: HashSet::new(), by_offer: HashMap::new() };
        Self { bits, state: Mutex::new(state) }
    }

    /// An entry that nothing else has, filed under an offer; none if the list is full.
    pub fn allocate(&self, offer_id: &str) -> Option<usize> {
        let mut state = self.state();
        let draw = |_| usize::try_from(u32::from_be_bytes(random::bytes())).ok();
        let mut draws = (0..MOST_DRAWS).filter_map(draw).map(|drawn| drawn % ENTRIES);
        let index = draws.find(|index| !state.used.contains(index))?;
        state.used.insert(index);
        state.by_offer.entry(key_of(offer_id.as_bytes())).or_default().push(index);
        Some(index)
    }

    /// Sets the status of everything that was issued for an offer, and answers how much that is.
    pub fn set_for_offer(&self, offer_id: &str, status: Status) -> Result<usize, StatusError> {
        let mut state = self.state();
        let indices = state.by_offer.get(&key_of(offer_id.as_bytes())).cloned();
        let indices = indices.ok_or(StatusError::Unknown)?;
        for index in &indices {
            self.write(&mut state.octets, *index, status)?;
        }
        Ok(indices.len())
    }

    /// Sets the status of one entry.
    pub fn set(&self, index: usize, status: Status) -> Result<(), StatusError> {
        let mut state = self.state();
        if !state.used.contains(&index) {
            return Err(StatusError::Unknown);
        }
        self.write(&mut state.octets, index, status)
    }

    /// Revokes everything that was issued for an offer but the last. No honest issuer does that.
    pub fn revoke_earlier(&self, offer_id: &str) {
        let mut state = self.state();
        let indices = state.by_offer.get(&key_of(offer_id.as_bytes())).cloned().unwrap_or_default();
        for index in indices.iter().rev().skip(1) {
            // The entries are there, and there are bits enough for this.
            let _ = self.write(&mut state.octets, *index, Status::Invalid);
        }
    }

    /// The first entry sits in the lowest bits of its octet.
    fn write(&self, octets: &mut [u8], index: usize, status: Status) -> Result<(), StatusError> {
        let value = match status {
            Status::Valid => 0,
            Status::Invalid => 1,
            Status::Suspended if self.bits == Bits::One => return Err(StatusError::TooFewBits),
            Status::Suspended => 2,
        };
        let bits = self.bits.count();
        let octet = octets.get_mut(index * bits / 8).ok_or(StatusError::Unknown)?;
        let shift = index * bits % 8;
        let mask = u8::MAX >> (8 - bits);
        *octet = *octet & !(mask << shift) | value << shift;
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The `status` claim of the next credential for an offer; none where credentials have no status.
pub fn reference(issuer: &Issuer, offer_id: &str) -> Result<Option<Value>, Refusal> {
    let Some(list) = &issuer.status_list else {
        return Ok(None);
    };
    let index = list.allocate(offer_id).ok_or_else(Refusal::crash)?;
    Ok(Some(json!({"status_list": {"idx": index, "uri": issuer.layout.status_list}})))
}

/// A Status List Token before it is signed.
pub struct StatusListToken {
    /// The protected header.
    pub header: Map<String, Value>,
    /// The claims, all but the list.
    pub claims: Map<String, Value>,
    /// Bits for each entry.
    pub bits: usize,
    /// The entries.
    pub octets: Vec<u8>,
    /// How they are compressed.
    pub compress: fn(&[u8]) -> Option<Vec<u8>>,
    /// Whether a claim is changed once the signature stands.
    pub alters_after_signing: bool,
}

/// The token as it stands now, signed; `None` where there is no list, or the key cannot sign.
pub fn token(issuer: &Issuer, conduct: &Conduct) -> Option<String> {
    let list = issuer.status_list.as_ref()?;
    let now = clock::now();
    let signer = issuer.signers.first()?;
    let mut header = signer.header().clone();
    header.insert("typ".to_owned(), json!("statuslist+jwt"));
    let mut claims = Map::new();
    claims.insert("sub".to_owned(), json!(issuer.layout.status_list));
    claims.insert("iss".to_owned(), json!(issuer.layout.credential_issuer));
    claims.insert("iat".to_owned(), json!(now));
    claims.insert("exp".to_owned(), json!(now + LIFETIME));
    claims.insert("ttl".to_owned(), json!(TTL));
    let octets = list.state().octets.clone();
    let mut token = StatusListToken {
        header,
        claims,
        bits: list.bits.count(),
        octets,
        compress: zlib,
        alters_after_signing: false,
    };
    conduct.amend_status_list(&mut token);
    let lst = URL_SAFE_NO_PAD.encode((token.compress)(&token.octets)?);
    token.claims.insert("status_list".to_owned(), json!({"bits": token.bits, "lst": lst}));
    let signed = signer.sign(&keys::encode(&token.header), &token.claims)?;
    if !token.alters_after_signing {
        return Some(signed);
    }
    token.claims.insert("ttl".to_owned(), json!(TTL + 1));
    let (_, signature) = signed.rsplit_once('.')?;
    Some(format!("{}.{}.{signature}", keys::encode(&token.header), keys::encode(&token.claims)))
}

fn zlib(octets: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(octets).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    #[test]
    fn entries_fill_octets_from_the_lowest_bit() {
        let list = StatusList::new(Bits::Two);
        list.state().used.extend([1, 4]);
        list.set(1, Status::Suspended).unwrap();
        list.set(4, Status::Invalid).unwrap();
        assert_eq!(list.state().octets.get(..2), Some(&[0b0000_1000, 0b0000_0001][..]));
        list.set(1, Status::Valid).unwrap();
        assert_eq!(list.state().octets.first(), Some(&0));
    }

    #[test]
    fn an_offer_names_what_was_issued_for_it() {
        let list = StatusList::new(Bits::One);
        let indices: HashSet<usize> = (0..3).filter_map(|_| list.allocate("offer")).collect();
        assert_eq!(indices.len(), 3);
        assert_eq!(list.set_for_offer("offer", Status::Invalid), Ok(3));
        let ones: u32 = list.state().octets.iter().map(|octet| octet.count_ones()).sum();
        assert_eq!(ones, 3);
        assert_eq!(list.set_for_offer("another", Status::Invalid), Err(StatusError::Unknown));
        let suspended = list.set_for_offer("offer", Status::Suspended);
        assert_eq!(suspended, Err(StatusError::TooFewBits));
    }

    /// The example of the draft, section 4.1.
    #[test]
    fn compresses_with_the_zlib_frame() {
        assert_eq!(URL_SAFE_NO_PAD.encode(zlib(&[0xb9, 0xa3]).unwrap()), "eNrbuRgAAhcBXQ");
    }
}

//! A map whose entries die at a fixed age, sharded so that requests rarely meet, swept a little on every insert.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use aws_lc_rs::digest;

const SHARDS: usize = 16;
/// Dead entries removed per insert; more than one, so that the map never holds more than its lifetime's worth.
const SWEPT_PER_INSERT: usize = 2;

/// What a secret is filed under: half of its SHA-256 digest, so that no look-up compares secrets byte by byte.
pub type Key = [u8; 16];

/// Files a secret.
pub fn key_of(secret: &[u8]) -> Key {
    let mut key = [0; 16];
    let digest = digest::digest(&digest::SHA256, secret);
    for (place, byte) in key.iter_mut().zip(digest.as_ref()) {
        *place = *byte;
    }
    key
}

/// Secrets and what they stand for, each for the same length of time.
pub struct Expiring<V> {
    shards: [Mutex<Shard<V>>; SHARDS],
    lifetime: Duration,
}

struct Shard<V> {
    entries: HashMap<Key, (Instant, V)>,
    /// In order of insertion, and so, the lifetime being one, of death.
    deaths: VecDeque<(Instant, Key)>,
}

impl<V> Expiring<V> {
    /// An empty map whose entries live that long.
    pub fn new(lifetime: Duration) -> Self {
        Self {
            shards: std::array::from_fn(|_| {
                Mutex::new(Shard { entries: HashMap::new(), deaths: VecDeque::new() })
            }),
            lifetime,
        }
    }

    /// Adds an entry; false, and nothing changes, when a living one is there already.
    pub fn insert(&self, key: Key, value: V) -> bool {
        let now = Instant::now();
        let dies = now + self.lifetime;
        let mut shard = self.shard(&key);
        shard.sweep(now);
        if shard.entries.get(&key).is_some_and(|(dies, _)| *dies > now) {
            return false;
        }
        shard.entries.insert(key, (dies, value));
        shard.deaths.push_back((dies, key));
        true
    }

    /// Removes a living entry.
    pub fn take(&self, key: &Key) -> Option<V> {
        let now = Instant::now();
        let (dies, value) = self.shard(key).entries.remove(key)?;
        (dies > now).then_some(value)
    }

    /// Looks at a living entry, or changes it, under the lock.
    pub fn with<R>(&self, key: &Key, look: impl FnOnce(&mut V) -> R) -> Option<R> {
        let now = Instant::now();
        let mut shard = self.shard(key);
        let (dies, value) = shard.entries.get_mut(key)?;
        (*dies > now).then(|| look(value))
    }

    fn shard(&self, key: &Key) -> MutexGuard<'_, Shard<V>> {
        let ([place, ..], [first, ..]) = (key, &self.shards);
        let shard = self.shards.get(usize::from(*place) % SHARDS);
        // A panic under the lock cannot leave an entry half written.
        let locked = shard.unwrap_or(first).lock();
        locked.unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V> Shard<V> {
    fn sweep(&mut self, now: Instant) {
        for _ in 0..SWEPT_PER_INSERT {
            match self.deaths.front() {
                Some((dies, _)) if *dies <= now => {}
                _ => return,
            }
            if let Some((dies, key)) = self.deaths.pop_front()
                && self.entries.get(&key).is_some_and(|(own, _)| *own == dies)
            {
                self.entries.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_is_alive() {
        let map = Expiring::new(Duration::from_secs(60));
        let key = key_of(b"one");
        assert!(map.insert(key, 1));
        assert!(!map.insert(key, 2));
        assert_eq!(map.with(&key, |value| *value), Some(1));
        assert_eq!(map.take(&key), Some(1));
        assert_eq!(map.take(&key), None);
    }

    #[test]
    fn forgets_what_is_dead() {
        let map = Expiring::new(Duration::ZERO);
        for number in 0..1000_u32 {
            assert!(map.insert(key_of(&number.to_be_bytes()), number));
        }
        assert_eq!(map.with(&key_of(&5_u32.to_be_bytes()), |value| *value), None);
        let held: usize = map
            .shards
            .iter()
            .map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner).entries.len())
            .sum();
        assert!(held <= SHARDS);
    }
}

//! A map whose entries die at a fixed age, sharded so that requests rarely meet, swept a little on every insert.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use aws_lc_rs::digest;

use crate::clock::Hourglass;

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
    hourglass: Hourglass,
}

struct Shard<V> {
    entries: HashMap<Key, (Instant, V)>,
    /// In order of insertion, and so, the lifetime being one, of death.
    deaths: VecDeque<(Instant, Key)>,
}

impl<V> Expiring<V> {
    /// An empty map whose entries live that long.
    pub fn new(lifetime: Duration, hourglass: &Hourglass) -> Self {
        Self {
            shards: std::array::from_fn(|_| {
                Mutex::new(Shard { entries: HashMap::new(), deaths: VecDeque::new() })
            }),
            lifetime,
            hourglass: hourglass.clone(),
        }
    }

    /// Adds an entry; false, and nothing changes, when a living one is there already.
    pub fn insert(&self, key: Key, value: V) -> bool {
        let now = self.hourglass.now();
        let dies = now + self.lifetime;
        let mut shard = self.shard(&key);
        shard.sweep(now, self.lifetime);
        if shard.entries.get(&key).is_some_and(|(dies, _)| *dies > now) {
            return false;
        }
        shard.entries.insert(key, (dies, value));
        shard.deaths.push_back((dies, key));
        true
    }

    /// Removes a living entry.
    pub fn take(&self, key: &Key) -> Option<V> {
        let now = self.hourglass.now();
        let (dies, value) = self.shard(key).entries.remove(key)?;
        (dies > now).then_some(value)
    }

    /// Looks at a living entry, or changes it, under the lock.
    pub fn with<R>(&self, key: &Key, look: impl FnOnce(&mut V) -> R) -> Option<R> {
        let now = self.hourglass.now();
        let mut shard = self.shard(key);
        let (dies, value) = shard.entries.get_mut(key)?;
        (*dies > now).then(|| look(value))
    }

    /// Whether there was such an entry and its time is over, as far as that is remembered.
    pub fn is_dead(&self, key: &Key) -> bool {
        let now = self.hourglass.now();
        self.shard(key).entries.get(key).is_some_and(|(dies, _)| *dies <= now)
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
    /// The dead are remembered for another lifetime.
    fn sweep(&mut self, now: Instant, lifetime: Duration) {
        for _ in 0..SWEPT_PER_INSERT {
            match self.deaths.front() {
                Some((dies, _)) if *dies + lifetime <= now => {}
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
        let map = Expiring::new(Duration::from_secs(60), &Hourglass::default());
        let key = key_of(b"one");
        assert!(map.insert(key, 1));
        assert!(!map.insert(key, 2));
        assert_eq!(map.with(&key, |value| *value), Some(1));
        assert_eq!(map.take(&key), Some(1));
        assert_eq!(map.take(&key), None);
    }

    #[test]
    fn forgets_what_is_dead() {
        let map = Expiring::new(Duration::ZERO, &Hourglass::default());
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

    #[test]
    fn time_can_be_put_forward() {
        let hourglass = Hourglass::default();
        let map = Expiring::new(Duration::from_secs(60), &hourglass);
        let key = key_of(b"one");
        map.insert(key, ());
        hourglass.advance(Duration::from_secs(59));
        assert!(map.with(&key, |()| ()).is_some() && !map.is_dead(&key));
        hourglass.advance(Duration::from_secs(2));
        assert!(map.with(&key, |()| ()).is_none() && map.is_dead(&key));
        assert!(!map.is_dead(&key_of(b"another")));
    }
}

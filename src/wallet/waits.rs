//! How a wallet waits: announced, bounded, and only as long as nobody wants it to stop.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long a wallet goes on asking for credentials that were put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// The longest that it waits for the credentials of one request, in all.
    pub longest: Duration,
    /// What it waits between two requests where the issuer does not say.
    pub usual: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { longest: Duration::from_secs(60), usual: Duration::from_secs(5) }
    }
}

/// Is told of each wait before it begins.
pub type Announce = Arc<dyn Fn(Duration) + Send + Sync>;

/// Who is told of waits, and who can end them.
#[derive(Clone)]
pub struct Waits {
    /// Is told of each wait before it begins.
    pub announce: Announce,
    /// Set from outside to end a wait before its time, and to begin no other.
    pub stop: Arc<AtomicBool>,
}

/// How often a wait looks whether it is to end.
const LOOK: Duration = Duration::from_millis(100);

impl Waits {
    /// Waits; false if it was ended before its time.
    pub(super) async fn wait(&self, pause: Duration) -> bool {
        let began = Instant::now();
        if !pause.is_zero() {
            (self.announce)(pause);
        }
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return false;
            }
            let left = pause.saturating_sub(began.elapsed());
            if left.is_zero() {
                return true;
            }
            tokio::time::sleep(left.min(LOOK)).await;
        }
    }

    /// Comes back when waits are to end.
    pub(super) async fn ended(&self) {
        while !self.stop.load(Ordering::Relaxed) {
            tokio::time::sleep(LOOK).await;
        }
    }
}

impl Default for Waits {
    fn default() -> Self {
        Self { announce: Arc::new(|_| {}), stop: Arc::default() }
    }
}

impl fmt::Debug for Waits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Waits").field("stop", &self.stop).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;

    use super::*;

    #[tokio::test]
    async fn a_wait_is_announced_once_and_can_be_ended_from_outside() {
        let told = Arc::new(AtomicU32::new(0));
        let (stop, counted) = (Arc::new(AtomicBool::new(false)), Arc::clone(&told));
        let announce: Announce = Arc::new(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        let waits = Waits { announce, stop: Arc::clone(&stop) };
        assert!(waits.wait(Duration::ZERO).await);
        assert_eq!(told.load(Ordering::Relaxed), 0);
        assert!(waits.wait(Duration::from_millis(1)).await);
        stop.store(true, Ordering::Relaxed);
        assert!(!waits.wait(Duration::from_secs(3600)).await);
        waits.ended().await;
        assert_eq!(told.load(Ordering::Relaxed), 2);
    }
}

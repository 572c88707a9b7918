//! The time of day, in seconds, and rounded to the day.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

/// The most that lifetimes can be put forward at once, in milliseconds: a year.
const MOST_AHEAD: u64 = 365 * 86_400_000;

/// Seconds in a day without leap seconds.
pub const DAY: u64 = 86_400;

/// What lifetimes are measured by. It can be put forward, so that nobody has to wait for the end of one.
#[derive(Debug, Clone, Default)]
pub struct Hourglass {
    /// Milliseconds that it was put forward.
    ahead: Arc<AtomicU64>,
}

impl Hourglass {
    /// Now, and as much later as it was put forward.
    pub fn now(&self) -> Instant {
        Instant::now() + Duration::from_millis(self.ahead.load(Ordering::Relaxed))
    }

    /// Puts it forward.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX).min(MOST_AHEAD);
        self.ahead.fetch_add(by, Ordering::Relaxed);
    }
}

/// Seconds since the epoch; zero on a clock before it.
pub fn now() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().map_or(0, |elapsed| elapsed.as_secs())
}

/// The midnight (UTC) before.
pub fn midnight(seconds: u64) -> u64 {
    seconds - seconds % DAY
}

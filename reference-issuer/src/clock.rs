//! The time of day, in seconds, and rounded to the day.

use std::time::SystemTime;

/// Seconds in a day without leap seconds.
pub const DAY: u64 = 86_400;

/// Seconds since the epoch; zero on a clock before it.
pub fn now() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().map_or(0, |elapsed| elapsed.as_secs())
}

/// The midnight (UTC) before.
pub fn midnight(seconds: u64) -> u64 {
    seconds - seconds % DAY
}

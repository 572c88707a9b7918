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

/// A midnight as RFC 3339 has it.
pub fn date_time(midnight: u64) -> String {
    // Days from the first of March of the year 0, in eras of 400 years (the proleptic calendar).
    let days = midnight / DAY + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T00:00:00Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        for (days, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (11_016, "2000-02-29T00:00:00Z"),
            (20_779, "2026-11-22T00:00:00Z"),
            (20_818, "2026-12-31T00:00:00Z"),
        ] {
            assert_eq!(date_time(days * DAY), expected);
        }
    }
}

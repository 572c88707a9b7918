//! The time of day, in seconds, and rounded to the day.

use std::time::SystemTime;

/// Seconds in a day without leap seconds.
pub const DAY: u64 = 86_400;

/// Seconds since the epoch; zero on a clock before it.
pub fn now() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().map_or(0, |elapsed| elapsed.as_secs())
}

/// The date and time in UTC, `YYYY-MM-DDThh:mm:ssZ` (RFC 3339).
pub fn rfc3339(seconds: u64) -> String {
    let (days, second) = (seconds / DAY, seconds % DAY);
    // Years are counted from March, so that a leap day is the last of its year; 400 of them make an era.
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The midnight (UTC) before.
pub fn midnight(seconds: u64) -> u64 {
    seconds - seconds % DAY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_735_689_599, "2024-12-31T23:59:59Z"),
            (1_800_000_123, "2027-01-15T08:02:03Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(rfc3339(seconds), text);
        }
    }
}

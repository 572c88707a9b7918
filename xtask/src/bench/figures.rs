//! The figures beside what they are to reach.

use std::fmt;
use std::time::Duration;

use super::load::Row;

/// Lines to be printed.
#[derive(Default)]
pub struct Figures {
    lines: Vec<Line>,
}

struct Line {
    name: String,
    value: String,
    goal: Option<(String, bool)>,
}

impl Figures {
    /// A time that should be below another.
    pub fn below(&mut self, name: &str, time: Duration, goal: Duration) {
        self.push(
            name,
            milliseconds(time),
            Some((format!("< {}", milliseconds(goal)), time < goal)),
        );
    }

    /// A time without a goal.
    pub fn tell(&mut self, name: &str, time: Duration) {
        self.push(name, milliseconds(time), None);
    }

    /// How often in a second something can be done.
    pub fn rate(&mut self, name: &str, per_second: f64) {
        self.push(name, format!("{per_second:.0}/s"), None);
    }

    /// A rate, and the memory that went with it.
    pub fn row(&mut self, row: Row) {
        let value = format!(
            "{:.0}/s  ({}, {})",
            row.per_second,
            megabytes(row.wallet),
            megabytes(row.issuer)
        );
        let goal = row.goal.map(|goal| (format!(">= {goal}/s"), row.per_second >= f64::from(goal)));
        self.push(&row.name, value, goal);
    }

    /// A peak of memory, which should stay below 60 MB.
    pub fn memory(&mut self, name: &str, kibibytes: Option<u64>) {
        let fits = kibibytes.is_some_and(|size| size * 1024 < 60_000_000);
        self.push(name, megabytes(kibibytes), Some(("< 60 MB".to_owned(), fits)));
    }

    fn push(&mut self, name: &str, value: String, goal: Option<(String, bool)>) {
        self.lines.push(Line { name: name.to_owned(), value, goal });
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Line { name, value, goal } in &self.lines {
            let goal = match goal {
                Some((goal, true)) => format!("✓ {goal}"),
                Some((goal, false)) => format!("✗ {goal}"),
                None => String::new(),
            };
            writeln!(formatter, "{}", format!("{name:52} {value:30} {goal}").trim_end())?;
        }
        Ok(())
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// In units of a million octets.
fn megabytes(kibibytes: Option<u64>) -> String {
    kibibytes.map_or("?".to_owned(), |size| format!("{:.0} MB", size as f64 * 1024.0 / 1e6))
}

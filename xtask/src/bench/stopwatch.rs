//! How long a program takes, from its start to its end.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;

/// Clock ticks in a second, as /proc counts them on Linux.
const TICKS: u64 = 100;

/// The median of several runs.
pub struct Times {
    /// From start to end.
    pub wall: Duration,
    /// Processor time, of the mean run.
    pub processor: Duration,
}

/// Runs a program so many times; each run must succeed.
pub fn median(runs: usize, command: impl Fn() -> Outcome<Command>) -> Outcome<Times> {
    let before = processor_time_of_children();
    let mut walls = Vec::with_capacity(runs);
    for _ in 0..runs.max(1) {
        let mut command = command()?;
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let started = Instant::now();
        let status = command.status()?;
        walls.push(started.elapsed());
        if !status.success() {
            return Err(format!("{command:?} ended with {status}").into());
        }
    }
    walls.sort_unstable();
    let wall = walls.get(walls.len() / 2).copied().unwrap_or_default();
    let processor = processor_time_of_children().saturating_sub(before);
    Ok(Times { wall, processor: processor / u32::try_from(walls.len())? })
}

/// What all ended children have used: fields 16 and 17 of /proc/self/stat, counted from 1.
fn processor_time_of_children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, in parentheses, is the second field and may hold blanks.
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = fields
        .split_whitespace()
        .skip(13)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 1000 / TICKS)
}

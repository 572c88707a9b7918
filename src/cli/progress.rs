//! How far a run has come. On a terminal, one live line that leaves nothing behind. Elsewhere,
//! nothing for a short run, since the report has a line for each scenario anyway, and for a long
//! one a sign of life now and then, so that whoever reads the log knows what it waits for.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::io::{IsTerminal as _, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::terminal;
use crate::render::plain;
use crate::runner::Event;

/// How often the live line is drawn again, so that its seconds move.
const TICK: Duration = Duration::from_secs(1);
/// When a log gets its first sign of life.
const FIRST_SIGN: Duration = Duration::from_secs(10);
/// How long until the next.
const NEXT_SIGN: Duration = Duration::from_secs(30);
/// Columns of the bar.
const BAR: usize = 20;
/// Columns of the line.
const WIDTH: usize = 79;

/// What is told of a run while it lasts.
#[derive(Debug)]
pub struct Progress {
    is_live: bool,
    total: usize,
    began: Instant,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    done: usize,
    running: BTreeSet<String>,
    /// Those that wait for credentials which the issuer put off, and until when.
    waiting: BTreeMap<String, Instant>,
}

impl Progress {
    /// For a run of that many scenarios.
    pub fn new(total: usize) -> Self {
        Self {
            is_live: std::io::stderr().is_terminal(),
            total,
            began: Instant::now(),
            state: Mutex::default(),
        }
    }

    /// Something happened.
    pub fn tell(&self, event: Event<'_>) {
        let mut state = self.state();
        match event {
            Event::Began(id) => {
                state.running.insert(id.to_owned());
            }
            // What is tried again by itself was counted with the scenario it is from.
            Event::Ended(transcript) if transcript.scenario.contains('#') => {}
            Event::Ended(transcript) => {
                state.running.remove(&transcript.scenario);
                state.waiting.remove(&transcript.scenario);
                state.done += 1;
            }
            Event::Waits(id, pause) => {
                // A wait beyond what a clock can tell is none that would be begun.
                let until = Instant::now().checked_add(pause);
                state.waiting.extend(until.map(|until| (id.to_owned(), until)));
            }
            Event::Hindered(_) | Event::Foreseen(_) => {}
        }
        drop(state);
        self.draw();
    }

    /// Keeps the seconds moving, or gives the signs of life.
    pub async fn keep(&self) -> Infallible {
        let mut pause = if self.is_live { TICK } else { FIRST_SIGN };
        loop {
            tokio::time::sleep(pause).await;
            if self.is_live {
                self.draw();
            } else {
                terminal::remark(&self.state().sign(self.total, self.began.elapsed()));
                pause = NEXT_SIGN;
            }
        }
    }

    /// Leaves nothing behind.
    pub fn clear(&self) {
        if self.is_live {
            let _ = write!(std::io::stderr(), "\r\x1b[2K");
        }
    }

    fn draw(&self) {
        if self.is_live {
            let line = self.state().line(self.total, self.began.elapsed());
            let _ = write!(std::io::stderr(), "\r\x1b[2K{line}");
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// `━━━━━━━─────────────  12/34   41 s  refusals/tx-code and 7 more`
    fn line(&self, total: usize, elapsed: Duration) -> String {
        let filled = (BAR * self.done).checked_div(total).unwrap_or(BAR).min(BAR);
        let bar = format!("{}{}", "━".repeat(filled), "─".repeat(BAR - filled));
        let digits = total.to_string().len();
        let line = format!(
            "{bar}  {:>digits$}/{total}  {:>3} s  {}",
            self.done,
            elapsed.as_secs(),
            self.at()
        );
        line.chars().take(WIDTH).collect()
    }

    /// `12 of 34 scenarios after 41 s, at refusals/tx-code and 7 more`
    fn sign(&self, total: usize, elapsed: Duration) -> String {
        let sign = format!("{} of {total} scenarios after {} s", self.done, elapsed.as_secs());
        match self.at() {
            at if at.is_empty() => sign,
            at => format!("{sign}, at {at}"),
        }
    }

    fn at(&self) -> String {
        let at = match (self.running.first(), self.running.len()) {
            (None, _) => String::new(),
            (Some(only), 1) => plain(only),
            (Some(first), count) => format!("{} and {} more", plain(first), count - 1),
        };
        match self.wait() {
            Some(left) => format!("waits {left} s to ask again, {at}"),
            None => at,
        }
    }

    /// The seconds until some wallet asks again for what the issuer put off.
    fn wait(&self) -> Option<u64> {
        let now = Instant::now();
        let left = self.waiting.values().map(|until| until.saturating_duration_since(now));
        left.filter(|left| !left.is_zero()).min().map(|left| left.as_secs() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(done: usize, running: &[&str]) -> State {
        State {
            done,
            running: running.iter().map(|id| (*id).to_owned()).collect(),
            waiting: BTreeMap::new(),
        }
    }

    #[test]
    fn a_line_tells_how_much_how_long_and_what() {
        let elapsed = Duration::from_secs(41);
        let line = state(12, &["refusals/tx-code", "refusals/batch"]).line(34, elapsed);
        assert_eq!(line, "━━━━━━━─────────────  12/34   41 s  refusals/batch and 1 more");
        let long = state(1, &["x".repeat(200).as_str()]).line(34, elapsed);
        assert_eq!(long.chars().count(), WIDTH);
        assert!(state(0, &[]).line(0, elapsed).starts_with('━'));
    }

    #[test]
    fn a_log_is_told_what_the_run_waits_for() {
        let elapsed = Duration::from_secs(40);
        let sign = state(33, &["refusals/tx-code"]).sign(34, elapsed);
        assert_eq!(sign, "33 of 34 scenarios after 40 s, at refusals/tx-code");
        assert_eq!(state(0, &[]).sign(34, elapsed), "0 of 34 scenarios after 40 s");
    }
}

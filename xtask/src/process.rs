//! A program run to its end, within a time.

use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;

/// What a program left behind.
pub struct Ended {
    /// How it ended.
    pub status: ExitStatus,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
    /// How long it took.
    pub took: Duration,
}

/// Runs a program to its end, or stops it when the time is up.
pub fn run(command: Command, patience: Duration) -> Outcome<Ended> {
    run_on(command, Stdio::null(), patience)
}

/// Runs a program on this standard input to its end, or stops it when the time is up.
pub fn run_on(mut command: Command, input: impl Into<Stdio>, patience: Duration) -> Outcome<Ended> {
    let started = Instant::now();
    let mut child = command
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{command:?}: {error}"))?;
    let stdout = reader(child.stdout.take());
    let stderr = reader(child.stderr.take());
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if started.elapsed() > patience {
            child.kill()?;
            child.wait()?;
            return Err(format!("{command:?} did not end within {} s", patience.as_secs()).into());
        }
        thread::sleep(Duration::from_millis(2));
    };
    let took = started.elapsed();
    let text = |reader: thread::JoinHandle<String>| reader.join().unwrap_or_default();
    Ok(Ended { status, stdout: text(stdout), stderr: text(stderr), took })
}

fn reader(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

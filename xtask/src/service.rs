//! A server in a process of its own, that says in one line of JSON where it is to be found, and ends with its handle.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::Deserialize;

use crate::Outcome;

/// As long as a server may take to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server.
pub struct Service {
    child: Child,
    /// What it said when it was ready.
    pub greeting: Greeting,
}

/// What `vcispec serve --json` and the third-party issuer say when they are ready.
#[derive(Deserialize)]
pub struct Greeting {
    /// The Credential Issuer Identifier.
    pub credential_issuer: String,
    /// `POST /offers` is below it.
    pub management_url: String,
    /// PEM of the authority over the TLS certificates.
    #[serde(default)]
    pub ca_certificate: Option<String>,
    /// PEM of the authority over the credential signer.
    #[serde(default)]
    pub trust_anchor: Option<String>,
}

impl Service {
    /// Starts a server and waits until it is ready.
    pub fn start(mut command: Command) -> Outcome<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().ok_or("no standard output")?;
        let (sender, line) = mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            let mut line = String::new();
            let _ = output.read_line(&mut line);
            let _ = sender.send(line);
            // A pipe that nobody empties would stop a talkative server.
            let _ = std::io::copy(&mut output, &mut std::io::sink());
        });
        let line = line.recv_timeout(PATIENCE).unwrap_or_default();
        match serde_json::from_str(&line) {
            Ok(greeting) => Ok(Self { child, greeting }),
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(format!("{command:?} did not say where it is: {error} in {line:?}").into())
            }
        }
    }

    /// The most memory it ever held, in KiB.
    pub fn peak_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

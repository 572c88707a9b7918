//! The file with which a wallet that was stopped while it waited for a credential goes on.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::reason;
use crate::cli::CliError;
use crate::cli::arguments::AcceptArguments;
use crate::cli::atomically::{self, Readers};
use crate::render::shell_word;
use crate::transcript::{Ending, Transcript};
use crate::wallet::Held;

/// Version of the written form.
const FORMAT: u32 = 1;
/// What tells everybody what is in it.
const CONTAINS_SECRETS: &str = "contains-secrets";
/// The largest file that is read, in octets.
const LARGEST: u64 = 64 << 20;

/// The written form.
#[derive(Serialize, Deserialize)]
pub struct Resume {
    vcispec_resume: u32,
    marking: String,
    /// The wallet.
    pub held: Held,
    /// What happened so far: the credential is judged by what was asked for.
    pub transcript: Transcript,
}

impl Resume {
    /// What is needed to go on after a transcript.
    pub fn new(held: Held, transcript: Transcript) -> Self {
        Self { vcispec_resume: FORMAT, marking: CONTAINS_SECRETS.to_owned(), held, transcript }
    }

    /// Where it is written unless it was read from somewhere: the working directory, under a name
    /// that tells transactions apart and nothing of them.
    pub fn place(&self) -> PathBuf {
        let digest = Sha256::digest(self.held.transaction_id.as_bytes());
        let mark: String = digest.iter().take(4).map(|octet| format!("{octet:02x}")).collect();
        PathBuf::from(format!("vcispec-accept-{mark}.json"))
    }

    /// Writes it where only its owner can read it.
    pub fn write(&self, path: &Path) -> Result<(), CliError> {
        let wrong = |error: String| {
            CliError::Failed(format!("{} could not be written: {error}", path.display()))
        };
        let octets = serde_json::to_vec_pretty(self).map_err(|error| wrong(error.to_string()))?;
        atomically::write(path, &octets, Readers::Owner).map_err(|error| wrong(error.to_string()))
    }

    /// Reads it back.
    pub fn read(path: &Path) -> Result<Self, CliError> {
        let wrong = |why: String| {
            CliError::Usage(format!(
                "expected a file that `vcispec accept` wrote, found in {}: {why}",
                path.display()
            ))
        };
        let found = std::fs::metadata(path).map_err(|error| wrong(error.to_string()))?;
        if found.len() > LARGEST {
            return Err(wrong(format!("{} octets", found.len())));
        }
        let text = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let read: Self = serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
        match read.vcispec_resume {
            FORMAT => Ok(read),
            other => Err(wrong(format!("format {other}, this program knows {FORMAT}"))),
        }
    }
}

/// Keeps what is needed to go on, and says how; why the wallet stopped stands in the transcript.
pub fn put_off(
    arguments: &AcceptArguments,
    resume: Resume,
    path: Option<&Path>,
    interrupted: &AtomicBool,
) -> CliError {
    let path = path.map_or_else(|| resume.place(), Path::to_owned);
    let why = match &resume.transcript.ending {
        Ending::Stopped { why, .. } | Ending::Failed { why } => format!(": {}", reason(why)),
        _ => String::new(),
    };
    if let Err(error) = resume.write(&path) {
        return error;
    }
    let told = format!(
        "the credential is still to come{why}\n  \
         {} has the transaction, the tokens and the keys: keep it to yourself\n  \
         {}",
        path.display(),
        again(arguments, &path)
    );
    match interrupted.load(Ordering::Relaxed) {
        true => CliError::Failed(told),
        false => CliError::Refused(told),
    }
}

/// The command that goes on with a file, over the same connections.
pub fn again(arguments: &AcceptArguments, path: &Path) -> String {
    let mut words = format!("vcispec accept --resume {}", shell_word(&path.display().to_string()));
    let provider = arguments.wallet_provider.iter().map(|path| ("wallet-provider", path));
    for (name, path) in provider.chain(arguments.trust.iter().map(|path| ("trust", path))) {
        words += &format!(" --{name} {}", shell_word(&path.display().to_string()));
    }
    words + &arguments.http.words()
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::cli::arguments::{Arguments, Command};

    #[test]
    fn the_wait_goes_on_over_the_same_connections() {
        let line = "vcispec accept offer.json --ca ca.pem --resolve h:443=127.0.0.1 \
                    --allow-http h --header h:x=secret --tx-code 1234";
        let Ok(Arguments { command: Some(Command::Accept(arguments)) }) =
            Arguments::try_parse_from(line.split_whitespace())
        else {
            unreachable!("these are arguments of accept");
        };
        assert_eq!(
            again(&arguments, Path::new("a wait.json")),
            "vcispec accept --resume 'a wait.json' --ca ca.pem --resolve h:443=127.0.0.1 \
             --allow-http h"
        );
    }
}

//! The file with which a wallet that was stopped while it waited for a credential goes on.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::cli::CliError;
use crate::cli::atomically::{self, Readers};
use crate::transcript::Transcript;
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

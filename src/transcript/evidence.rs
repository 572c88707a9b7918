//! The complete written form of a run: everything, secrets included, for its owner alone.

use std::io::{Read, Write};

use serde::{Deserialize, Serialize};

use super::Run;

/// The largest evidence file that is read, in bytes.
const LARGEST: u64 = 256 << 20;
/// The marker of the complete form; a redacted file does not carry it.
const CONTAINS_SECRETS: &str = "contains-secrets";
/// Version of the written form.
const FORMAT: u32 = 1;

/// Why evidence could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// Reading or writing failed.
    #[error("evidence could not be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// Not a saved run at all.
    #[error("expected a run saved with `--save`, found something else: {0}")]
    Malformed(#[from] serde_json::Error),
    /// A report, or another redacted form.
    #[error(
        "expected evidence marked `contains-secrets`, found a report: judge the file of `--save` instead"
    )]
    Redacted,
    /// Written by another version of the program.
    #[error("expected evidence format {FORMAT}, found {0}")]
    Format(u32),
}

/// The written form; `R` is the run, borrowed while it is written.
#[derive(Serialize, Deserialize)]
struct Evidence<P, R> {
    vcispec_evidence: u32,
    marking: String,
    policy: P,
    run: R,
}

/// Writes a run with the policy it was judged by. The caller sees to the file's mode (0600).
pub fn save<P: Serialize>(run: &Run, policy: &P, into: impl Write) -> Result<(), EvidenceError> {
    let evidence =
        Evidence { vcispec_evidence: FORMAT, marking: CONTAINS_SECRETS.to_owned(), policy, run };
    let mut into = std::io::BufWriter::new(into);
    serde_json::to_writer(&mut into, &evidence)?;
    into.flush()?;
    Ok(())
}

/// Reads a run back, with its policy. A redacted file is refused.
pub fn load<P: for<'de> Deserialize<'de>>(from: impl Read) -> Result<(Run, P), EvidenceError> {
    let mut text = String::new();
    from.take(LARGEST).read_to_string(&mut text)?;
    let value: serde_json::Value = serde_json::from_str(&text)?;
    let Some(format) = value.get("vcispec_evidence").and_then(serde_json::Value::as_u64) else {
        return Err(match value.get("redaction") {
            Some(_) => EvidenceError::Redacted,
            None => serde_json::from_value::<Evidence<P, Run>>(value)
                .err()
                .map_or(EvidenceError::Redacted, EvidenceError::Malformed),
        });
    };
    if format != u64::from(FORMAT) {
        return Err(EvidenceError::Format(u32::try_from(format).unwrap_or(u32::MAX)));
    }
    let evidence: Evidence<P, Run> = serde_json::from_value(value)?;
    if evidence.marking != CONTAINS_SECRETS {
        return Err(EvidenceError::Redacted);
    }
    Ok((evidence.run, evidence.policy))
}

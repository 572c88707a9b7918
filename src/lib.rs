//! The floor plan, from the ground up. Each room knows only those below it.
//!
//! The one value that flows, from a file to a page:
//!
//! ```no_run
//! use vcispec::checks::{self, Policy};
//! use vcispec::render::{self, Style};
//! use vcispec::report::Report;
//! use vcispec::transcript;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let file = std::fs::File::open("run.evidence.json")?;
//! let (run, policy): (_, Policy) = transcript::load(file)?;
//! let judgement = checks::judge(&run, &policy);
//! let report = Report::of(&run, &policy, &judgement);
//! assert!(render::human(&report, Style::default()).contains("checks"));
//! # Ok(())
//! # }
//! ```

// L0: bytes to claims and back, rightly or wrongly signed.
pub mod jose;
// L0: a credential opened, its signature verified once.
pub mod formats;
// L1: the nouns of the protocol, lenient lenses over raw JSON.
pub mod protocol;
// L2: the one value that flows, what was sent and what came back.
pub mod transcript;
// L3: the script, TOML to scenario.
pub mod scenario;
// L3: where fresh offers come from.
#[cfg(feature = "drive")]
pub mod offers;
// L4: what the issuer's operator does at our request, and is told.
#[cfg(feature = "drive")]
pub mod operator;
// L4: the driver, which does and never judges.
#[cfg(feature = "drive")]
pub mod wallet;
// L5: the judge, one obligation per file.
pub mod checks;
// L6: scenarios × wallet → transcripts, and what judging needs besides.
#[cfg(feature = "drive")]
pub mod runner;
// L6: verdicts told, grouped by cause and without secrets.
pub mod report;
// L6: a report held against what was written down before.
pub mod gate;
// L7: a report for a person, a program, a pipeline.
pub mod render;
// L8: arguments, files, the terminal, exit codes.
#[cfg(feature = "drive")]
pub mod cli;

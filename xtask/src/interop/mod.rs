//! The outer ring: vcispec against other people's software.
//!
//! Third-party wallets redeem offers of the reference issuer, so that the issuer is not measured by our own wallet
//! alone; third-party verifiers read every format that it issues; the harness judges third-party issuers, so that its
//! findings are about something we did not write; a gate for
//! that issuer is set up from nothing; and third-party readers read what a run writes.

mod artefacts;
mod gate;
pub mod handover;
pub mod issuer;
pub mod npm;
mod pip;
pub mod rulings;
pub mod verifiers;
pub mod wallet;

use std::path::Path;
use std::time::Instant;

use clap::ValueEnum;

use crate::{Outcome, workspace};

/// A part of the ring.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Their wallet, our issuer.
    Wallets,
    /// Their verifiers, our credentials.
    Verifiers,
    /// Our harness, their issuer.
    Issuers,
    /// From nothing to a gate.
    Gate,
    /// Their readers, our artefacts.
    Artefacts,
}

/// Runs these parts, or all of them where none is named.
pub fn run(parts: &[Part]) -> Outcome {
    let started = Instant::now();
    npm::install()?;
    let program = workspace::build("vcispec", workspace::Profile::Debug)?;
    let mut outcome = Ok(());
    for part in Part::value_variants() {
        if parts.is_empty() || parts.contains(part) {
            outcome = outcome.and(part.run(&program));
        }
    }
    println!("\nThe outer ring took {:.0} s.", started.elapsed().as_secs_f64());
    outcome
}

impl Part {
    fn run(self, program: &Path) -> Outcome {
        match self {
            Self::Wallets => wallet::run(program),
            Self::Verifiers => verifiers::run(program),
            Self::Issuers => issuer::run(program),
            Self::Gate => gate::run(program),
            Self::Artefacts => artefacts::run(program),
        }
    }
}

//! The outer ring: vcispec against other people's software.
//!
//! A third-party wallet redeems offers of the reference issuer, so that the issuer is not measured by our own wallet
//! alone; the harness judges a third-party issuer, so that its findings are about something we did not write; a gate for
//! that issuer is set up from nothing; and third-party readers read what a run writes.

mod artefacts;
mod gate;
mod issuer;
pub mod npm;
mod pip;
mod rulings;
mod wallet;

use std::time::Instant;

use crate::{Outcome, workspace};

/// Runs all parts.
pub fn run() -> Outcome {
    let started = Instant::now();
    npm::install()?;
    let program = workspace::build("vcispec", workspace::Profile::Debug)?;
    let wallet = wallet::run(&program);
    let issuer = issuer::run(&program);
    let gate = gate::run(&program);
    let artefacts = artefacts::run(&program);
    println!("\nThe outer ring took {:.0} s.", started.elapsed().as_secs_f64());
    wallet.and(issuer).and(gate).and(artefacts)
}

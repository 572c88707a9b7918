//! The figures that the project promises, measured in one run on one machine.

mod figures;
mod load;
mod machine;
mod parts;
mod stopwatch;
pub mod wallets;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::interop::npm;
use crate::mint::mint;
use crate::service::Service;
use crate::{Outcome, process, workspace};
use figures::Figures;
use load::{LOADS, Load, Pair};

/// As long as a command may take that is not measured.
const PATIENCE: Duration = Duration::from_secs(10);

/// How much time is spent on each figure.
#[derive(Clone, Copy)]
pub struct Effort {
    /// Runs of a program, of which the median counts.
    runs: usize,
    /// Seconds of each load.
    load: u32,
    /// Seconds of the load under which memory is watched.
    memory: u32,
    /// Time for each single part.
    part: Duration,
}

/// Figures to quote.
pub const FULL: Effort = Effort { runs: 21, load: 5, memory: 60, part: Duration::from_secs(2) };
/// Figures to look at while working.
pub const QUICK: Effort = Effort { runs: 5, load: 1, memory: 5, part: Duration::from_millis(200) };

/// Measures and prints everything.
pub fn run(effort: Effort) -> Outcome {
    npm::install()?;
    let program = workspace::build("vcispec", workspace::Profile::Release)?;
    workspace::build("xtask", workspace::Profile::Release)?;
    println!("{}", machine::describe());
    let mut figures = Figures::default();
    suite(&program, effort, &mut figures)?;
    commands(&program, effort, &mut figures)?;
    everything(&program, effort, &mut figures)?;
    parts::measure(&program, effort.part, &mut figures)?;
    for pair in [Pair::Own, Pair::ThirdParty] {
        for load in LOADS {
            figures.row(load::measure(&program, pair, load, effort.load)?);
        }
    }
    memory(&program, effort, &mut figures)?;
    print!("{figures}");
    Ok(())
}

/// The bare program: every bundled scenario against the bundled issuer.
fn suite(program: &Path, effort: Effort, figures: &mut Figures) -> Outcome {
    let times = stopwatch::median(effort.runs, || Ok(Command::new(program)))?;
    figures.below("bundled suite, wall", times.wall, Duration::from_secs(3));
    figures.below("bundled suite, CPU", times.processor, Duration::from_secs(1));
    Ok(())
}

/// Commands as somebody at a terminal meets them, the start of the process included.
fn commands(program: &Path, effort: Effort, figures: &mut Figures) -> Outcome {
    let list = stopwatch::median(effort.runs, || {
        let mut list = Command::new(program);
        list.args(["list", "checks"]);
        Ok(list)
    })?;
    figures.below("list checks", list.wall, Duration::from_millis(20));

    let issuer = Service::start(load::own_issuer(program, None))?;
    let wanted = json!({"credential_configuration_id": "pid"});
    let offer = || mint(&issuer.greeting.management_url, &wanted);
    let accept = stopwatch::median(effort.runs, || {
        let mut accept = Command::new(program);
        accept.arg("accept").arg(offer()?.credential_offer_uri);
        Ok(accept)
    })?;
    figures.below("accept, one whole command", accept.wall, Duration::from_millis(30));
    let wallet = stopwatch::median(effort.runs.min(5), || {
        let mut wallet = npm::node("wallet.mjs");
        wallet.arg(offer()?.credential_offer_uri).arg("--dpop");
        Ok(wallet)
    })?;
    figures.tell("the same by the npm wallet", wallet.wall);
    Ok(())
}

/// One issuance with everything on: DPoP, an attested client, attested keys, encryption, ten credentials.
fn everything(program: &Path, effort: Effort, figures: &mut Figures) -> Outcome {
    let folder = workspace::scratch("bench")?;
    let (provider, authority) = (folder.join("wallet-provider.json"), folder.join("authority.pem"));
    let mut print = Command::new(program);
    print.args(["wallet-provider", "ca", "--wallet-provider"]).arg(&provider);
    std::fs::write(&authority, process::run(print, PATIENCE)?.stdout)?;
    let mut serve = load::served(program, "everything");
    serve.arg("--trust-wallet-provider").arg(authority);
    let issuer = Service::start(serve)?;
    let wanted = json!({"credential_configuration_id": "pid"});
    let accept = stopwatch::median(effort.runs, || {
        let offer = mint(&issuer.greeting.management_url, &wanted)?;
        let mut accept = Command::new(program);
        accept.args(["accept", &offer.credential_offer_uri, "--batch", "10"]);
        accept.args(["--client-id", "bench", "--wallet-provider"]).arg(&provider);
        Ok(accept)
    })?;
    figures.tell("accept, everything on, batch 10", accept.wall);
    Ok(())
}

/// Peak memory under load, with everything that the issuer hands out living for ten seconds, so that what is forgotten
/// shows.
fn memory(program: &Path, effort: Effort, figures: &mut Figures) -> Outcome {
    let issuer = Service::start(load::own_issuer(program, Some(10)))?;
    let load = Load { concurrency: 32, batch: 1, goal: None };
    let result = load::own_wallet(program, &issuer, &load, effort.memory, true)?;
    let seconds = effort.memory;
    figures.memory(&format!("wallet, peak after {seconds} s"), result.peak_rss_kib);
    figures.memory(&format!("issuer, peak after {seconds} s"), issuer.peak_memory());
    Ok(())
}

//! Issuances per second, wallet and issuer in two processes: ours, and the same flow by third-party ones.
//!
//! The flow: both metadata documents, token, nonce, credential; DPoP at token and credential, without server nonces. The
//! offers are minted before the clock starts. What the wallet receives is recorded and not judged.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::Deserialize;

use crate::interop::npm;
use crate::service::Service;
use crate::{Outcome, process};

/// One kind of load.
pub struct Load {
    /// Wallets at the same time.
    pub concurrency: usize,
    /// Key proofs, and so credentials, in one request.
    pub batch: usize,
    /// Issuances per second to reach with our own wallet and issuer.
    pub goal: Option<u32>,
}

/// Every kind that is measured.
pub const LOADS: &[Load] = &[
    Load { concurrency: 1, batch: 1, goal: None },
    Load { concurrency: 32, batch: 1, goal: Some(1700) },
    Load { concurrency: 1, batch: 10, goal: None },
    Load { concurrency: 32, batch: 10, goal: Some(400) },
];

/// Whose wallet and issuer.
#[derive(Clone, Copy)]
pub enum Pair {
    /// Both ours.
    Own,
    /// Both from npm.
    ThirdParty,
}

/// One measurement.
pub struct Row {
    /// What was measured.
    pub name: String,
    /// Issuances per second.
    pub per_second: f64,
    /// Peak memory of the wallet, in KiB.
    pub wallet: Option<u64>,
    /// Peak memory of the issuer, in KiB.
    pub issuer: Option<u64>,
    /// Issuances per second to reach.
    pub goal: Option<u32>,
}

/// What both load clients print.
#[derive(Deserialize)]
pub struct Loaded {
    per_second: f64,
    #[serde(default)]
    failed: u64,
    /// Peak memory, in KiB.
    pub peak_rss_kib: Option<u64>,
}

/// Puts one load on one pair.
pub fn measure(program: &Path, pair: Pair, load: &Load, seconds: u32) -> Outcome<Row> {
    let (whose, issuer, result) = match pair {
        Pair::Own => {
            let issuer = Service::start(own_issuer(program, None))?;
            let result = own_wallet(program, &issuer, load, seconds, false)?;
            ("own", issuer, result)
        }
        Pair::ThirdParty => {
            let mut issuer = npm::node("issuer.mjs");
            issuer.envs([("DPOP", "required"), ("BATCH", "10")]);
            let issuer = Service::start(issuer)?;
            let mut wallet = npm::node("load.mjs");
            wallet.arg("--dpop");
            let result = put(wallet, &issuer, load, seconds)?;
            ("npm", issuer, result)
        }
    };
    let Load { concurrency, batch, goal } = load;
    Ok(Row {
        name: format!("{whose}: issuances, concurrency {concurrency:2}, batch {batch:2}"),
        per_second: result.per_second,
        wallet: result.peak_rss_kib,
        issuer: issuer.peak_memory(),
        goal: goal.filter(|_| matches!(pair, Pair::Own)),
    })
}

/// The reference issuer. What it hands out lives for so many seconds, or for the usual time.
pub fn own_issuer(program: &Path, lifetimes: Option<u32>) -> Command {
    let mut serve = served(program, "dpop-required");
    if let Some(seconds) = lifetimes {
        serve.arg(format!("--lifetimes={seconds}"));
    }
    serve
}

/// The reference issuer in one of its configurations.
pub fn served(program: &Path, configuration: &str) -> Command {
    let mut serve = Command::new(program);
    serve.args(["serve", "--json", "--configuration", configuration]).stderr(Stdio::null());
    serve
}

/// Our load client. It mints its offers beforehand, or one by one.
pub fn own_wallet(
    program: &Path,
    issuer: &Service,
    load: &Load,
    seconds: u32,
    mint_as_used: bool,
) -> Outcome<Loaded> {
    // A wallet only to measure with does not belong in the program. It is built beside it.
    let mut wallet = Command::new(program.with_file_name("xtask"));
    wallet.args(["load", "--issuer", &issuer.greeting.credential_issuer]);
    if mint_as_used {
        wallet.arg("--mint-as-used");
    }
    put(wallet, issuer, load, seconds)
}

fn put(mut wallet: Command, issuer: &Service, load: &Load, seconds: u32) -> Outcome<Loaded> {
    wallet.args(["--management", &issuer.greeting.management_url]);
    wallet.args([
        "--concurrency",
        &load.concurrency.to_string(),
        "--batch",
        &load.batch.to_string(),
    ]);
    wallet.args(["--seconds", &seconds.to_string()]);
    let ended = process::run(wallet, Duration::from_secs(u64::from(seconds) + 120))?;
    if !ended.status.success() {
        return Err(format!(
            "the load client ended with {}\n{}{}",
            ended.status, ended.stdout, ended.stderr
        )
        .into());
    }
    let result: Loaded = serde_json::from_str(&ended.stdout)?;
    if result.failed > 0 {
        return Err(format!("{} issuances failed: {}", result.failed, ended.stdout).into());
    }
    Ok(result)
}

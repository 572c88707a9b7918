//! Load for the benchmarks: wallets that redeem offer after offer, recorded and not judged.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use vcispec::runner::Knowledge;
use vcispec::scenario::{Action, Impact, Need, ProofCount, Scenario, Step, WalletSettings};
use vcispec::transcript::Ending;
use vcispec::wallet::{Drive, HandedOffer, Http, HttpOptions, Identity, Issuer, TakeOffer, drive};

use crate::Outcome;

/// Offers that are minted beforehand for each second of the load.
const OFFERS_PER_SECOND: f64 = 6000.0;

/// How much load, and on whom.
#[derive(Args)]
pub struct LoadArguments {
    /// The Credential Issuer Identifier.
    #[arg(long)]
    issuer: String,
    /// The management URL of the reference issuer.
    #[arg(long)]
    management: String,
    /// Wallets at the same time.
    #[arg(long, default_value_t = 1)]
    concurrency: usize,
    /// Proofs in one request.
    #[arg(long, default_value_t = 1)]
    batch: u64,
    /// How long.
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// Mint offers as they are used, instead of beforehand.
    #[arg(long)]
    mint_as_used: bool,
}

/// Redeems offers for a while and prints how many.
pub fn load(arguments: &LoadArguments) -> Outcome {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(put(arguments))
}

async fn put(arguments: &LoadArguments) -> Outcome {
    // First, because it says which cryptography TLS stands on.
    let http = Arc::new(Http::new(HttpOptions::default())?);
    let mint = Arc::new(Mint::new(&arguments.management)?);
    let stock = Arc::new(Mutex::new(Vec::new()));
    if !arguments.mint_as_used {
        let wanted =
            (arguments.seconds * OFFERS_PER_SECOND / arguments.batch.max(1) as f64) as usize;
        *stock.lock().await = mint.many(wanted.clamp(100, 60_000)).await?;
    }
    let take_offer: TakeOffer = Arc::new(move |_| {
        let (mint, stock) = (Arc::clone(&mint), Arc::clone(&stock));
        Box::pin(async move {
            match stock.lock().await.pop() {
                Some(offer) => Ok(offer),
                None => mint.one().await.map_err(|error| error.to_string()),
            }
        })
    });
    let mut with = Drive {
        take_offer,
        credential_issuer: Some(arguments.issuer.clone()),
        ..Drive::new(http, Arc::new(Identity::fleeting()))
    };
    with.issuer = Some(discovered(&with, &arguments.issuer).await?);
    let scenario = Arc::new(scenario(arguments.batch));
    let (done, failed) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let over = Arc::new(AtomicBool::new(false));
    let started = Instant::now();
    let wallets: Vec<_> = (0..arguments.concurrency.max(1))
        .map(|_| {
            let (with, scenario) = (with.clone(), Arc::clone(&scenario));
            let (done, failed, over) = (Arc::clone(&done), Arc::clone(&failed), Arc::clone(&over));
            tokio::spawn(async move {
                while !over.load(Ordering::Relaxed) {
                    match drive(&scenario, &with).await.ending {
                        Ending::Completed => done.fetch_add(1, Ordering::Relaxed),
                        _ => failed.fetch_add(1, Ordering::Relaxed),
                    };
                }
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_secs_f64(arguments.seconds)).await;
    over.store(true, Ordering::Relaxed);
    for wallet in wallets {
        let _ = wallet.await;
    }
    let seconds = started.elapsed().as_secs_f64();
    let issuances = done.load(Ordering::Relaxed);
    println!(
        "{}",
        json!({
            "issuances": issuances,
            "failed": failed.load(Ordering::Relaxed),
            "seconds": seconds,
            "per_second": issuances as f64 / seconds,
            "peak_rss_kib": peak_rss(),
        })
    );
    Ok(())
}

/// The issuer, read once: discovery is not what is measured.
async fn discovered(with: &Drive, identifier: &str) -> Outcome<Arc<Issuer>> {
    let looking =
        Scenario { needs: Vec::new(), steps: vec![Step::plain(Action::Discover)], ..scenario(1) };
    let known = Knowledge::of(Some(identifier.to_owned())).with(&drive(&looking, with).await);
    match (known.issuer, known.server) {
        (Some(metadata), Some(as_metadata)) => {
            let identifier = identifier.to_owned();
            Ok(Arc::new(Issuer { identifier, metadata, as_metadata, is_appended: false }))
        }
        _ => Err(format!("no metadata was found for {identifier}").into()),
    }
}

/// One offer, one token, one credential request.
fn scenario(batch: u64) -> Scenario {
    Scenario {
        id: "bench/issuance".into(),
        title: "One issuance".into(),
        aims: Vec::new(),
        needs: vec![Need::Offer],
        impact: Impact::Load,
        wallet: WalletSettings { proofs: ProofCount::Exactly(batch), ..WalletSettings::default() },
        wallets: Default::default(),
        slow: None,
        tampers: Vec::new(),
        steps: vec![Step::plain(Action::Token), Step::plain(Action::Credential)],
    }
}

struct Mint {
    client: reqwest::Client,
    url: String,
}

impl Mint {
    fn new(management: &str) -> Outcome<Self> {
        let client = reqwest::Client::builder().no_proxy().build()?;
        Ok(Self { client, url: format!("{management}/offers") })
    }

    async fn one(&self) -> reqwest::Result<HandedOffer> {
        let body = json!({ "credential_configuration_id": "pid" });
        let answer: Value = self.client.post(&self.url).json(&body).send().await?.json().await?;
        let given = answer.get("credential_offer_uri").and_then(Value::as_str).unwrap_or_default();
        Ok(HandedOffer {
            source: "management".into(),
            given: given.to_owned(),
            tx_code: None,
            id: None,
            is_irreplaceable: false,
        })
    }

    async fn many(&self, wanted: usize) -> reqwest::Result<Vec<HandedOffer>> {
        let mut offers = Vec::with_capacity(wanted);
        while offers.len() < wanted {
            offers.push(self.one().await?);
        }
        Ok(offers)
    }
}

/// The most memory that this process ever held, in KiB.
fn peak_rss() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

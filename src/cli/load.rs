//! Load for the benchmarks: wallets that redeem offer after offer, recorded and not judged.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::arguments::{HttpArguments, LoadArguments};
use super::{CliError, plan, terminal};
use crate::report::ExitStatus;
use crate::runner::Knowledge;
use crate::scenario::{Action, Impact, Need, ProofCount, Scenario, Step, WalletSettings};
use crate::transcript::Ending;
use crate::wallet::{Drive, HandedOffer, Issuer, TakeOffer, drive};

/// Offers that are minted beforehand for each second of the load.
const OFFERS_PER_SECOND: f64 = 6000.0;

/// Redeems offers for a while and prints how many.
pub async fn load(arguments: LoadArguments) -> Result<ExitStatus, CliError> {
    // First, because it says which cryptography TLS stands on.
    let http = plan::http(plan::http_options(&HttpArguments::default(), None)?)?;
    let mint = Arc::new(Mint::new(&arguments.management)?);
    let stock = Arc::new(Mutex::new(Vec::new()));
    if !arguments.mint_as_used {
        let wanted =
            (arguments.seconds * OFFERS_PER_SECOND / arguments.batch.max(1) as f64) as usize;
        *stock.lock().await = mint.many(wanted.clamp(100, 60_000)).await?;
    }
    let take_offer: TakeOffer = Arc::new(move || {
        let (mint, stock) = (Arc::clone(&mint), Arc::clone(&stock));
        Box::pin(async move {
            match stock.lock().await.pop() {
                Some(offer) => Ok(offer),
                None => mint.one().await.map_err(|error| error.to_string()),
            }
        })
    });
    let mut with = Drive {
        http,
        take_offer,
        credential_issuer: Some(arguments.issuer.clone()),
        issuer: None,
        client_id: None,
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
    terminal::result(
        &json!({
            "issuances": issuances,
            "failed": failed.load(Ordering::Relaxed),
            "seconds": seconds,
            "per_second": issuances as f64 / seconds,
            "peak_rss_kib": peak_rss(),
        })
        .to_string(),
    );
    Ok(ExitStatus::Green)
}

/// The issuer, read once: discovery is not what is measured.
async fn discovered(with: &Drive, identifier: &str) -> Result<Arc<Issuer>, CliError> {
    let looking =
        Scenario { needs: Vec::new(), steps: vec![Step::plain(Action::Discover)], ..scenario(1) };
    let known = Knowledge::of(Some(identifier.to_owned())).with(&drive(&looking, with).await);
    match (known.issuer, known.server) {
        (Some(metadata), Some(as_metadata)) => {
            Ok(Arc::new(Issuer { identifier: identifier.to_owned(), metadata, as_metadata }))
        }
        _ => Err(CliError::Failed(format!("no metadata was found for {identifier}"))),
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
        tampers: Vec::new(),
        steps: vec![Step::plain(Action::Token), Step::plain(Action::Credential)],
    }
}

struct Mint {
    client: reqwest::Client,
    url: String,
}

impl Mint {
    fn new(management: &str) -> Result<Self, CliError> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .build()
            .map_err(|error| CliError::Failed(error.to_string()))?;
        Ok(Self { client, url: format!("{management}/offers") })
    }

    async fn one(&self) -> Result<HandedOffer, CliError> {
        let wrong = |error: reqwest::Error| CliError::Failed(error.to_string());
        let body = json!({ "credential_configuration_id": "pid" });
        let answer: Value = self
            .client
            .post(&self.url)
            .json(&body)
            .send()
            .await
            .map_err(wrong)?
            .json()
            .await
            .map_err(wrong)?;
        let given = answer.get("credential_offer_uri").and_then(Value::as_str).unwrap_or_default();
        Ok(HandedOffer { source: "management".into(), given: given.to_owned(), tx_code: None })
    }

    async fn many(&self, wanted: usize) -> Result<Vec<HandedOffer>, CliError> {
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

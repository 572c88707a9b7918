//! `vcispec run`: judge somebody's issuer.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::arguments::{ImpactName, ProfileName, RunArguments};
use super::outputs::{Outputs, strictness};
use super::{CliError, plan, terminal};
use crate::checks::{self, Policy, Profile};
use crate::offers::{OfferSource, Offers};
use crate::report::{ExitStatus, Report, Strictness};
use crate::runner::{Plan, run as run_plan};
use crate::scenario::{Impact, Scenario};
use crate::transcript::{Run, save};
use crate::wallet::HttpOptions;

/// Everything a run needs, from wherever it came.
pub struct Order {
    /// The scenarios.
    pub scenarios: Vec<Scenario>,
    /// The Credential Issuer Identifier, where it is known.
    pub credential_issuer: Option<String>,
    /// Where fresh offers come from.
    pub offers: Option<Offers>,
    /// The same in words.
    pub offer_source: String,
    /// The `client_id` of the wallet.
    pub client_id: Option<String>,
    /// What the run is judged by.
    pub policy: Policy,
    /// How connections are made.
    pub options: HttpOptions,
    /// The worst impact allowed.
    pub allowed: Impact,
    /// Scenarios side by side.
    pub jobs: usize,
    /// Hosts that an issuer may send us to.
    pub allow_host: Vec<String>,
    /// Where the evidence is saved.
    pub save: Option<PathBuf>,
    /// The reports.
    pub outputs: Outputs,
    /// What makes it red.
    pub strictness: Strictness,
}

/// Runs scenarios against the issuer that the arguments and the configuration name.
pub async fn run(arguments: RunArguments) -> Result<ExitStatus, CliError> {
    carry_out(order(arguments)?).await
}

/// Carries out an order and gives the exit status.
pub async fn carry_out(order: Order) -> Result<ExitStatus, CliError> {
    let provenance = plan::provenance(
        order.credential_issuer.as_deref(),
        order.offer_source,
        order.client_id.clone(),
        &order.options,
    );
    let interrupted = Arc::new(AtomicBool::new(false));
    let line = Arc::new(terminal::LiveLine::new(order.scenarios.len()));
    let plan = Plan {
        scenarios: order.scenarios,
        http: plan::http(order.options)?,
        offers: order.offers.map(Arc::new),
        credential_issuer: order.credential_issuer,
        client_id: order.client_id,
        policy: order.policy.clone(),
        allowed: order.allowed,
        jobs: order.jobs,
        allow_host: order.allow_host,
        provenance,
        interrupted: Arc::clone(&interrupted),
    };
    let watch = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            interrupted.store(true, Ordering::Relaxed);
        }
    });
    let progress = Arc::clone(&line);
    let run = run_plan(plan, Arc::new(move |transcript| progress.done(&transcript.scenario))).await;
    watch.abort();
    line.clear();
    if let Some(path) = &order.save {
        save_evidence(path, &run, &order.policy)?;
    }
    let judgement = checks::judge(&run, &order.policy);
    let report = Report::of(&run, &order.policy, &judgement).held_to(order.strictness);
    order.outputs.write(&report)
}

fn order(arguments: RunArguments) -> Result<Order, CliError> {
    if arguments.issuer.is_none() && arguments.offer.is_none() && arguments.config.is_none() {
        return Err(CliError::Usage(
            "expected an issuer, an offer or a vcispec.toml, found none of them\n  \
             vcispec run --issuer https://issuer.example\n  \
             vcispec run --offer 'openid-credential-offer://?…'\n  \
             vcispec            (tests itself against the bundled issuer)"
                .into(),
        ));
    }
    let options = plan::http_options(&arguments.http, &plan::run_id())?;
    let mut sources = Vec::new();
    if let Some(offer) = &arguments.offer {
        let source = OfferSource::argument(offer, arguments.tx_code.as_deref(), std::io::stdin())
            .map_err(|error| CliError::Usage(error.to_string()))?;
        sources.push(source);
    }
    let offer_source = match sources.len() {
        0 => "no offer source".to_owned(),
        _ => "one offer given on the command line".to_owned(),
    };
    let policy = Policy {
        profile: match arguments.profile {
            Some(ProfileName::Haip) => Profile::Haip,
            Some(ProfileName::Base) | None => Profile::Base,
        },
        trust_anchors: plan::read_all(&arguments.trust)?,
        include: arguments.include,
        exclude: arguments.exclude.clone(),
        ..Policy::default()
    };
    Ok(Order {
        scenarios: plan::without(plan::scenarios()?, &arguments.exclude),
        credential_issuer: arguments.issuer,
        offers: (!sources.is_empty()).then(|| Offers::new(sources, arguments.max_offers)),
        offer_source,
        client_id: arguments.client_id,
        policy,
        options,
        allowed: impact(&arguments.allow),
        jobs: arguments.jobs,
        allow_host: arguments.http.allow_host,
        save: arguments.save,
        outputs: Outputs::read(&arguments.reporting.report)?,
        strictness: strictness(&arguments.reporting, false),
    })
}

fn impact(allowed: &[ImpactName]) -> Impact {
    allowed
        .iter()
        .map(|name| match name {
            ImpactName::Locks => Impact::Locks,
            ImpactName::Load => Impact::Load,
        })
        .max()
        .unwrap_or(Impact::BurnsOffers)
}

/// Writes the evidence where only its owner can read it.
fn save_evidence(path: &Path, run: &Run, policy: &Policy) -> Result<(), CliError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let wrong = |error: String| {
        CliError::Usage(format!("the evidence could not be saved to {}: {error}", path.display()))
    };
    let file = options.open(path).map_err(|error| wrong(error.to_string()))?;
    save(run, policy, file).map_err(|error| wrong(error.to_string()))
}

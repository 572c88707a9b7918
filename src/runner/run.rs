//! The run: first what can be learnt of the issuer, then everything else side by side.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use url::Url;

use super::gather::Gathered;
use super::isolate::{broke, isolated};
use super::needs::{Decision, Knowledge, Means, decide};
use crate::checks::Policy;
use crate::offers::{Offers, Wanted};
use crate::protocol::is_loopback;
use crate::scenario::{Impact, Scenario};
use crate::transcript::{Ending, Provenance, Relaxation, Run, Transcript};
use crate::wallet::{Drive, HandedOffer, Http, TakeOffer, drive};

/// What is to be run, and with what.
#[derive(Clone)]
pub struct Plan {
    /// The scenarios.
    pub scenarios: Vec<Scenario>,
    /// The client.
    pub http: Arc<Http>,
    /// Where fresh offers come from.
    pub offers: Option<Arc<Offers>>,
    /// The Credential Issuer Identifier, where it was given.
    pub credential_issuer: Option<String>,
    /// The `client_id` of the wallets.
    pub client_id: Option<String>,
    /// What the run is judged by.
    pub policy: Policy,
    /// The worst impact allowed.
    pub allowed: Impact,
    /// Each refusal on an offer of its own, whether or not its chain breaks.
    pub isolate: bool,
    /// How many scenarios run side by side.
    pub jobs: usize,
    /// Hosts that an issuer may send us to though they are not its own and not public.
    pub allow_host: Vec<String>,
    /// What the run says of itself; times and the issuer are filled in.
    pub provenance: Provenance,
    /// Set from outside to stop after the scenarios that are under way.
    pub interrupted: Arc<AtomicBool>,
}

/// Is told of each scenario as it ends.
pub type Progress = Arc<dyn Fn(&Transcript) + Send + Sync>;

/// Runs a plan. Transcripts come in the order of the scenarios.
pub async fn run(plan: Plan, progress: Progress) -> Run {
    let started_at = Timestamp::now();
    let runner = Arc::new(Runner { plan, progress, gathered: Gathered::default() });
    let transcripts = runner.clone().all().await;
    let mut provenance = runner.plan.provenance.clone();
    if provenance.credential_issuer.is_empty() {
        provenance.credential_issuer = issuer_of(&transcripts).unwrap_or_default();
    }
    if is_http_on_loopback(&provenance.credential_issuer) {
        provenance.relaxations.push(Relaxation::LoopbackHttp);
    }
    provenance.started_at = started_at;
    provenance.finished_at = Timestamp::now();
    Run { provenance, transcripts }
}

/// The offers that a plan will ask for, as far as can be told before anything is known of the
/// issuer: each scenario's wish, as often as it takes an offer.
pub fn wishes(plan: &Plan) -> Vec<Wanted> {
    let means = plan.means();
    let knowledge = Knowledge::of(plan.credential_issuer.clone());
    plan.scenarios
        .iter()
        .filter_map(|scenario| match decide(scenario, &means, &knowledge) {
            Decision::Run(wanted) => Some(vec![wanted; scenario.offers()]),
            Decision::End(_) => None,
        })
        .flatten()
        .collect()
}

struct Runner {
    plan: Plan,
    progress: Progress,
    gathered: Gathered,
}

impl Runner {
    async fn all(self: Arc<Self>) -> Vec<Transcript> {
        let mut results: HashMap<usize, Vec<Transcript>> = HashMap::new();
        let mut knowledge = Knowledge::of(self.plan.credential_issuer.clone());
        let scout = self.scout();
        if let Some(scout) = scout {
            let transcripts = self.one(scout, &knowledge).await;
            if let Some(first) = transcripts.first() {
                knowledge = knowledge.with(first);
            }
            results.insert(scout, transcripts);
        }
        let places = Arc::new(Semaphore::new(self.plan.jobs.max(1)));
        let knowledge = Arc::new(knowledge);
        let mut running = JoinSet::new();
        for index in (0..self.plan.scenarios.len()).filter(|index| Some(*index) != scout) {
            let (runner, places, knowledge) =
                (Arc::clone(&self), Arc::clone(&places), Arc::clone(&knowledge));
            running.spawn(async move {
                let _place = places.acquire().await;
                (index, runner.one(index, &knowledge).await)
            });
        }
        while let Some(joined) = running.join_next().await {
            if let Ok((index, transcripts)) = joined {
                results.insert(index, transcripts);
            }
        }
        (0..self.plan.scenarios.len())
            .filter_map(|index| results.remove(&index))
            .flatten()
            .collect()
    }

    /// The scenario from which the issuer is learnt: the first that needs no offer, or, where no
    /// issuer was given, the first that does.
    fn scout(&self) -> Option<usize> {
        let knowledge = Knowledge::of(self.plan.credential_issuer.clone());
        let knows_issuer = knowledge.identifier.is_some();
        let means = self.plan.means();
        let runs =
            |scenario: &Scenario| matches!(decide(scenario, &means, &knowledge), Decision::Run(_));
        self.plan
            .scenarios
            .iter()
            .position(|scenario| scenario.uses_offers() != knows_issuer && runs(scenario))
    }

    async fn one(&self, index: usize, knowledge: &Knowledge) -> Vec<Transcript> {
        let Some(scenario) = self.plan.scenarios.get(index) else { return Vec::new() };
        if self.plan.interrupted.load(Ordering::Relaxed) {
            let why = "the run was interrupted".to_owned();
            return vec![ended(scenario, Ending::NotRun { why })];
        }
        let wanted = match decide(scenario, &self.plan.means(), knowledge) {
            Decision::Run(wanted) => wanted,
            Decision::End(ending) => {
                let transcript = ended(scenario, ending);
                (self.progress)(&transcript);
                return vec![transcript];
            }
        };
        let mut first = self.drive(scenario, &wanted, knowledge).await;
        let isolate = self.plan.isolate || broke(scenario, &first);
        let links = if isolate { isolated(scenario) } else { Vec::new() };
        first.isolated = !links.is_empty();
        (self.progress)(&first);
        let mut transcripts = vec![first];
        for link in links {
            let transcript = match decide(&link, &self.plan.means(), knowledge) {
                Decision::Run(wanted) => self.drive(&link, &wanted, knowledge).await,
                Decision::End(ending) => ended(&link, ending),
            };
            (self.progress)(&transcript);
            transcripts.push(transcript);
        }
        transcripts
    }

    async fn drive(
        &self,
        scenario: &Scenario,
        wanted: &Wanted,
        knowledge: &Knowledge,
    ) -> Transcript {
        let with = Drive {
            http: Arc::clone(&self.plan.http),
            take_offer: self.take_offer(wanted.clone()),
            credential_issuer: knowledge.identifier.clone(),
            issuer: None,
            client_id: self.plan.client_id.clone(),
        };
        let mut transcript = drive(scenario, &with).await;
        self.gathered.gather(&mut transcript, &self.plan.http, &self.plan.allow_host).await;
        transcript
    }

    fn take_offer(&self, wanted: Wanted) -> TakeOffer {
        let offers = self.plan.offers.clone();
        Arc::new(move || {
            let (offers, wanted) = (offers.clone(), wanted.clone());
            Box::pin(async move {
                let offers = offers.ok_or_else(|| "no offer source".to_owned())?;
                let offer = offers.take(&wanted).await;
                let offer =
                    offer.map_err(|error| error.to_string().replace("\n  | ", "; it said: "))?;
                Ok(HandedOffer { source: offer.source, given: offer.given, tx_code: offer.tx_code })
            })
        })
    }
}

impl Plan {
    fn means(&self) -> Means<'_> {
        Means {
            offers: self.offers.as_deref(),
            client_id: self.client_id.as_deref(),
            policy: &self.policy,
            allowed: self.allowed,
        }
    }
}

fn ended(scenario: &Scenario, ending: Ending) -> Transcript {
    Transcript {
        scenario: scenario.id.clone(),
        title: scenario.title.clone(),
        aims: scenario.aims.clone(),
        expectations: scenario.expectations(),
        skipped: Vec::new(),
        isolated: false,
        ending,
        wallets: Vec::new(),
        offers: Vec::new(),
        exchanges: Vec::new(),
    }
}

fn is_http_on_loopback(identifier: &str) -> bool {
    Url::parse(identifier).is_ok_and(|url| url.scheme() == "http" && is_loopback(&url))
}

fn issuer_of(transcripts: &[Transcript]) -> Option<String> {
    transcripts.iter().flat_map(|transcript| &transcript.offers).find_map(|offer| {
        offer.object.as_ref()?.get("credential_issuer")?.as_str().map(str::to_owned)
    })
}

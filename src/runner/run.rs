//! The run: first what can be learnt of the issuer, then everything else side by side.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use url::Url;

use super::gather::Gathered;
use super::isolate::{broke, isolated};
use super::knowledge::Knowledge;
use super::needs::{Decision, decide, wanted_by};
use super::orders;
use super::outlook::{most_telling_first, scout, wishes_at, wishes_of};
use super::preflight::{Obstacle, in_words};
use crate::checks::Policy;
use crate::offers::{Forecast, FreshOffer, Offers, Wanted};
use crate::operator::{BackOffice, OfferName, Receiver, StatusOrder};
use crate::protocol::dialect::Speech;
use crate::protocol::is_loopback;
use crate::scenario::{Impact, Need, Scenario};
use crate::transcript::{
    Backend, Ending, Entitles, INTERRUPTED, Provenance, Relaxation, Run, Transcript,
};
use crate::wallet::{
    Change, ChangeEntitlement, Drive, HandedOffer, Http, Identity, SetStatus, StatusMeans,
    TakeOffer, Waiting, Waits, drive,
};

/// What is to be run, and with what.
#[derive(Clone)]
pub struct Plan {
    /// The scenarios.
    pub scenarios: Vec<Scenario>,
    /// The client.
    pub http: Arc<Http>,
    /// Where fresh offers come from.
    pub offers: Option<Arc<Offers>>,
    /// What the issuer's operator can be asked to do.
    pub back_office: Arc<BackOffice>,
    /// Who listens for callbacks, where somebody does.
    pub receiver: Option<Arc<Receiver>>,
    /// The Credential Issuer Identifier, where it was given.
    pub credential_issuer: Option<String>,
    /// The `client_id` of the wallets.
    pub client_id: Option<String>,
    /// Who vouches for the wallets, and how they authenticate.
    pub identity: Arc<Identity>,
    /// What the wallets speak.
    pub speech: Speech,
    /// What the run is judged by.
    pub policy: Policy,
    /// The worst impact allowed; none at all where the target is production.
    pub allowed: Impact,
    /// How scenarios wait for something to expire; none where they may not.
    pub waiting: Option<Waiting>,
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

/// What happens in the course of a run.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// The scenario of that id begins.
    Began(&'a str),
    /// A scenario ended, or was not begun.
    Ended(&'a Transcript),
    /// A wallet of the scenario of that id waits for credentials that the issuer put off.
    Waits(&'a str, Duration),
    /// So many offers are needed by the scenarios to come, now that something is known of the issuer.
    Foreseen(&'a Forecast),
    /// Something is in the way of all that is left, which is not tried.
    Hindered(&'a Obstacle),
}

/// Is told what happens.
pub type Progress = Arc<dyn Fn(Event<'_>) + Send + Sync>;

/// Runs a plan. Transcripts come in the order of the scenarios.
pub async fn run(plan: Plan, progress: Progress) -> Run {
    let started_at = Timestamp::now();
    let runner = Arc::new(Runner {
        plan,
        progress,
        gathered: Gathered::default(),
        known_way: Arc::default(),
    });
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

/// The ids of the offers that a scenario took.
type Taken = Arc<Mutex<Vec<String>>>;

/// Whether it was told how each offer ended.
fn has_ended(backend: &Backend) -> bool {
    backend.offer_ids.iter().all(|offer| {
        let events = backend.events(offer);
        let ends = |status| matches!(status, "ISSUED" | "FAILED" | "EXPIRED");
        events.iter().filter_map(|event| event.text("status")).any(ends)
    })
}

struct Runner {
    plan: Plan,
    progress: Progress,
    gathered: Gathered,
    /// Which way of speaking brought credentials so far.
    known_way: Arc<AtomicUsize>,
}

impl Runner {
    async fn all(self: Arc<Self>) -> Vec<Transcript> {
        let mut results: HashMap<usize, Vec<Transcript>> = HashMap::new();
        let mut knowledge = Knowledge::of(self.plan.credential_issuer.clone());
        let mut obstacle = None;
        let scout = scout(&self.plan);
        if let Some((scout, uses_offers)) = scout {
            if uses_offers {
                obstacle = self.try_an_offer(&[scout], &knowledge).await;
            }
            let transcripts = self.one(scout, &knowledge, obstacle.as_ref()).await;
            if let Some(first) = transcripts.first() {
                knowledge = knowledge.with(first);
                obstacle = obstacle.or_else(|| Obstacle::met_by(first));
            }
            results.insert(scout, transcripts);
        }
        let scout = scout.map(|(scout, _)| scout);
        let mut rest = most_telling_first(&self.plan.scenarios);
        rest.retain(|index| Some(*index) != scout);
        let is_scarce = obstacle.is_none() && self.foresee(&rest, &knowledge);
        if obstacle.is_none() && !self.plan.interrupted.load(Ordering::Relaxed) {
            obstacle = self.try_an_offer(&rest, &knowledge).await;
        }
        if let Some(obstacle) = &obstacle {
            (self.progress)(Event::Hindered(obstacle));
        }
        if !is_scarce {
            rest.sort_unstable();
        }
        let obstacle = Arc::new(obstacle);
        let knowledge = Arc::new(knowledge);
        let is = |index: &usize, what: fn(&Scenario) -> bool| {
            self.plan.scenarios.get(*index).is_some_and(what)
        };
        let (slow, quick): (Vec<usize>, Vec<usize>) =
            rest.into_iter().partition(|index| is(index, |scenario| scenario.slow.is_some()));
        let (frugal, quick): (Vec<usize>, Vec<usize>) = quick
            .into_iter()
            .partition(|index| is_scarce && is(index, |scenario| !scenario.uses_offers()));
        let (side_by_side, jobs) = (self.plan.waiting.as_ref(), self.plan.jobs);
        let waiting = side_by_side.map_or(1, |waiting| waiting.at_once);
        // Where offers are scarce, who comes first gets one, and the next gets what is left.
        let in_turn = |at_once: usize| if is_scarce { 1 } else { at_once };
        // Who waits has no place in the way of the others, and time passes for all of them.
        for (group, at_once) in [(frugal, jobs), (quick, in_turn(jobs)), (slow, in_turn(waiting))] {
            let places = Arc::new(Semaphore::new(at_once.max(1)));
            let mut running = JoinSet::new();
            for index in group {
                let place = Arc::clone(&places).acquire_owned().await;
                let runner = Arc::clone(&self);
                let (knowledge, obstacle) = (Arc::clone(&knowledge), Arc::clone(&obstacle));
                running.spawn(async move {
                    let _place = place;
                    (index, runner.one(index, &knowledge, obstacle.as_ref().as_ref()).await)
                });
            }
            while let Some(joined) = running.join_next().await {
                if let Ok((index, transcripts)) = joined {
                    results.insert(index, transcripts);
                }
            }
        }
        (0..self.plan.scenarios.len())
            .filter_map(|index| results.remove(&index))
            .flatten()
            .collect()
    }

    /// Takes the first offer that these will ask for, to see whether there are any.
    async fn try_an_offer(&self, places: &[usize], knowledge: &Knowledge) -> Option<Obstacle> {
        let offers = self.plan.offers.as_ref()?;
        let wanted = wishes_at(&self.plan, places, knowledge).into_iter().next()?;
        offers.try_out(&wanted).await.err().as_ref().map(Obstacle::of)
    }

    /// Tells how many offers these need, and whether there are too few.
    fn foresee(&self, places: &[usize], knowledge: &Knowledge) -> bool {
        let Some(offers) = &self.plan.offers else { return false };
        let wishes = wishes_at(&self.plan, places, knowledge);
        if !wishes.is_empty() {
            (self.progress)(Event::Foreseen(&offers.forecast(&wishes)));
        }
        offers.shortage(&wishes).is_some()
    }

    /// How a scenario ends for which no offer is left.
    fn without_offers(&self, scenario: &Scenario, wanted: &Wanted) -> Option<Ending> {
        let why = self.plan.offers.as_ref()?.shortage(&wishes_of(scenario, wanted))?;
        Some(Ending::NotRun { why })
    }

    async fn one(
        &self,
        index: usize,
        knowledge: &Knowledge,
        obstacle: Option<&Obstacle>,
    ) -> Vec<Transcript> {
        let Some(scenario) = self.plan.scenarios.get(index) else { return Vec::new() };
        if self.plan.interrupted.load(Ordering::Relaxed) {
            let why = INTERRUPTED.to_owned();
            return vec![ended(scenario, Ending::NotRun { why })];
        }
        let wanted = match decide(scenario, &self.plan.means(), knowledge) {
            Decision::Run(wanted) => wanted,
            Decision::End(ending) => return vec![self.not_begun(scenario, ending)],
        };
        if let Some(ending) = obstacle.and_then(|obstacle| obstacle.ends(scenario)) {
            return vec![self.not_begun(scenario, ending)];
        }
        if let Some(ending) = self.without_offers(scenario, &wanted) {
            return vec![self.not_begun(scenario, ending)];
        }
        (self.progress)(Event::Began(&scenario.id));
        let mut first = self.drive(scenario, &wanted, knowledge).await;
        let isolate = self.plan.isolate || broke(scenario, &first);
        let links = if isolate { isolated(scenario) } else { Vec::new() };
        first.isolated = !links.is_empty();
        (self.progress)(Event::Ended(&first));
        let mut transcripts = vec![first];
        for link in links {
            let transcript = match decide(&link, &self.plan.means(), knowledge) {
                Decision::Run(wanted) => match self.without_offers(&link, &wanted) {
                    Some(ending) => ended(&link, ending),
                    None => self.drive(&link, &wanted, knowledge).await,
                },
                Decision::End(ending) => ended(&link, ending),
            };
            (self.progress)(Event::Ended(&transcript));
            transcripts.push(transcript);
        }
        transcripts
    }

    fn not_begun(&self, scenario: &Scenario, ending: Ending) -> Transcript {
        let transcript = ended(scenario, ending);
        (self.progress)(Event::Ended(&transcript));
        transcript
    }

    async fn drive(
        &self,
        scenario: &Scenario,
        wanted: &Wanted,
        knowledge: &Knowledge,
    ) -> Transcript {
        let taken = Taken::default();
        let with = Drive {
            take_offer: self.take_offer(scenario, wanted, &taken),
            credential_issuer: knowledge.identifier.clone(),
            client_id: self.plan.client_id.clone(),
            waiting: self.plan.waiting.clone(),
            speech: self.plan.speech,
            known_way: Arc::clone(&self.known_way),
            order: orders::means(self.plan.offers.as_ref()),
            status: StatusMeans {
                set: Some(self.set_status()),
                allow_host: self.plan.allow_host.clone(),
            },
            change_entitlement: Some(self.change_entitlement()),
            waits: self.waits(scenario),
            ..Drive::new(Arc::clone(&self.plan.http), Arc::clone(&self.plan.identity))
        };
        let mut transcript = drive(scenario, &with).await;
        if scenario.needs.contains(&Need::Callbacks)
            && let Some(receiver) = &self.plan.receiver
        {
            let taken = taken.lock().unwrap_or_else(PoisonError::into_inner).clone();
            transcript.backend = Some(Box::new(receiver.told(taken, has_ended).await));
        }
        self.gathered.gather(&mut transcript, &self.plan.http, &self.plan.allow_host).await;
        transcript
    }

    fn waits(&self, scenario: &Scenario) -> Waits {
        let (progress, id) = (Arc::clone(&self.progress), scenario.id.clone());
        Waits {
            announce: Arc::new(move |pause| progress(Event::Waits(&id, pause))),
            stop: Arc::clone(&self.plan.interrupted),
        }
    }

    fn set_status(&self) -> SetStatus {
        let office = Arc::clone(&self.plan.back_office);
        Arc::new(move |entry, status| {
            let office = Arc::clone(&office);
            Box::pin(async move {
                let (uri, index) = (entry.uri.as_str(), entry.index);
                office.set_status(StatusOrder { uri, index, status }).await
            })
        })
    }

    fn change_entitlement(&self) -> ChangeEntitlement {
        let office = Arc::clone(&self.plan.back_office);
        Arc::new(move |order| {
            let office = Arc::clone(&office);
            Box::pin(async move {
                let offer = OfferName {
                    offer_id: order.offer_id.as_deref(),
                    pre_authorized_code: order.pre_authorized_code.as_deref(),
                };
                match order.change {
                    Change::EndsEligibility => {
                        office.end_eligibility(offer).await.map(|()| Entitles::ToNothing)
                    }
                    Change::ChangesClaims => {
                        office.change_claims(offer).await.map(Entitles::ToClaims)
                    }
                }
            })
        })
    }

    fn take_offer(&self, scenario: &Scenario, wanted: &Wanted, taken: &Taken) -> TakeOffer {
        let taken = Arc::clone(taken);
        let offers = self.plan.offers.clone();
        let (scenario, wanted) = (scenario.clone(), wanted.clone());
        Arc::new(move |wallet| {
            let (offers, wanted) = (offers.clone(), wanted_by(&scenario, wallet, &wanted));
            let taken = Arc::clone(&taken);
            Box::pin(async move {
                let offers = offers.ok_or_else(|| "no offer source".to_owned())?;
                let offer = offers.take(&wanted).await;
                let offer = offer.map_err(|error| in_words(&error))?;
                taken.lock().unwrap_or_else(PoisonError::into_inner).extend(offer.id.clone());
                let FreshOffer { source, given, tx_code, id } = offer;
                let is_irreplaceable = offers.gives_beforehand(&source);
                Ok(HandedOffer { source, given, tx_code, id, is_irreplaceable })
            })
        })
    }
}

fn ended(scenario: &Scenario, ending: Ending) -> Transcript {
    Transcript {
        scenario: scenario.id.clone(),
        title: scenario.title.clone(),
        aims: scenario.aims.clone(),
        expectations: scenario.expectations(),
        skipped: Vec::new(),
        elsewhere: None,
        status_changes: Vec::new(),
        entitlement_changes: Vec::new(),
        backend: None,
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

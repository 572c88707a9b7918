//! The steps of a script, taken one after the other.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::Identity;
use super::entitlement::{self, Change, ChangeEntitlement};
use super::expiry::{self, Waiting};
use super::held::Held;
use super::http::Http;
use super::offer::{self, HandedOffer};
use super::order::{self, OrderMeans};
use super::recorder::Recorder;
use super::saved::Saved;
use super::session::{Issuer, LastClientProof, Renewal, Session, Stop, Token};
use super::status::StatusMeans;
use super::tampers::{self, Own, Tamper, Tampering};
use super::waits::Waits;
use super::{
    credential, deferred, dpop, negotiated_metadata, nonce, notification, refresh, revocation,
    side_by_side, status, token,
};
use crate::jose::PrivateKey;
use crate::protocol::dialect::Speech;
use crate::scenario::{Action, Scenario, Step};
use crate::transcript::{
    Elsewhere, Ending, Expectation, INTERRUPTED, IS_SLOW, NewStatus, StepExpectation, Transcript,
    WalletRecord,
};

/// Gives the wallet of that name a fresh offer, or says why there is none.
pub type TakeOffer = Arc<
    dyn Fn(&str) -> Pin<Box<dyn Future<Output = Result<HandedOffer, String>> + Send>> + Send + Sync,
>;

/// What a scenario is driven with.
#[derive(Clone)]
pub struct Drive {
    /// The client.
    pub http: Arc<Http>,
    /// Where fresh offers come from.
    pub take_offer: TakeOffer,
    /// The issuer to discover where there is no offer.
    pub credential_issuer: Option<String>,
    /// What is known of the issuer beforehand, where discovery is not what is measured.
    pub issuer: Option<Arc<Issuer>>,
    /// The `client_id` of the wallets, none for anonymous ones.
    pub client_id: Option<String>,
    /// How time passes, where it may.
    pub waiting: Option<Waiting>,
    /// Who vouches for the wallets, and how they authenticate.
    pub identity: Arc<Identity>,
    /// What the wallets speak.
    pub speech: Speech,
    /// Which of the ways to speak it brought credentials, as far as any wallet found out.
    pub known_way: Arc<AtomicUsize>,
    /// The offer API of the issuer, where there is one.
    pub order: Option<OrderMeans>,
    /// What can be done about the status of credentials.
    pub status: StatusMeans,
    /// The way to have changed what an offer entitles to, where there is one.
    pub change_entitlement: Option<ChangeEntitlement>,
    /// Who is told of waits, and who can end them.
    pub waits: Waits,
    /// What a wallet goes on from that waited for credentials in another process.
    pub held: Option<Held>,
}

impl Drive {
    /// Drives with this client and in that name alone: nothing is known of any issuer, and there
    /// are no offers.
    pub fn new(http: Arc<Http>, identity: Arc<Identity>) -> Self {
        Self {
            http,
            take_offer: Arc::new(|_| Box::pin(async { Err("there are no offers".to_owned()) })),
            credential_issuer: None,
            issuer: None,
            client_id: None,
            waiting: None,
            identity,
            speech: Speech::default(),
            known_way: Arc::default(),
            order: None,
            status: StatusMeans::default(),
            change_entitlement: None,
            waits: Waits::default(),
            held: None,
        }
    }
}

/// Drives one scenario and gives its transcript, however it ended.
pub async fn drive(scenario: &Scenario, with: &Drive) -> Transcript {
    drive_on(scenario, with).await.0
}

/// Drives one scenario, and gives beside its transcript what a wallet holds that still waits for
/// credentials.
pub async fn drive_on(scenario: &Scenario, with: &Drive) -> (Transcript, Option<Held>) {
    let (recorder, elsewhere) = (Arc::new(Recorder::default()), Arc::new(Recorder::default()));
    let mut stage = Stage {
        with,
        scenario,
        recorder: Arc::clone(&recorder),
        elsewhere: Arc::clone(&elsewhere),
        sessions: HashMap::new(),
        saved: Saved::default(),
        last_client_proof: LastClientProof::default(),
        expectations: scenario.expectations(),
    };
    let ending = stage.run().await;
    let expectations = stage.expectations;
    let held = stage.sessions.values().find_map(Held::of);
    drop((stage.recorder, stage.elsewhere));
    drop(stage.sessions);
    let page = Arc::into_inner(recorder).map(Recorder::finish).unwrap_or_default();
    let apart = Arc::into_inner(elsewhere).map(Recorder::finish).unwrap_or_default();
    let elsewhere = (!apart.wallets.is_empty())
        .then(|| Box::new(Elsewhere { offers: apart.offers, exchanges: apart.exchanges }));
    let transcript = Transcript {
        scenario: scenario.id.clone(),
        title: scenario.title.clone(),
        aims: scenario.aims.clone(),
        expectations,
        skipped: page.skipped,
        status_changes: page.status_changes,
        entitlement_changes: page.entitlement_changes,
        backend: None,
        isolated: false,
        ending,
        wallets: page.wallets,
        offers: page.offers,
        exchanges: page.exchanges,
        elsewhere,
    };
    (transcript, held)
}

struct Stage<'a> {
    with: &'a Drive,
    scenario: &'a Scenario,
    recorder: Arc<Recorder>,
    /// Where it is written down what another issuer was asked.
    elsewhere: Arc<Recorder>,
    /// By the names of wallet and offer: each wallet meets each offer in a session of its own.
    sessions: HashMap<(String, String), Session>,
    /// What the script kept of the answers so far.
    saved: Saved,
    /// What last showed who the wallet is, over all sessions.
    last_client_proof: LastClientProof,
    /// What the script expects, with what was saved in its place once a step is reached.
    expectations: Vec<StepExpectation>,
}

impl Stage<'_> {
    async fn run(&mut self) -> Ending {
        for (index, step) in self.scenario.steps.iter().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if let Err(stop) = self.step(step, number).await {
                return ending(stop, number);
            }
        }
        Ending::Completed
    }

    async fn step(&mut self, step: &Step, number: u32) -> Result<(), Stop> {
        let key = (step.wallet.clone(), step.offer.clone());
        let mut session = match self.sessions.remove(&key) {
            Some(session) => session,
            None => self.open(&step.wallet).await?,
        };
        session.step = number;
        session.others = match step.tamper.is_empty() {
            true => Vec::new(),
            false => self.sessions.values().map(Session::alone).collect(),
        };
        session.keeps_what_is_granted =
            step.expect.as_ref().is_some_and(Expectation::is_of_a_grant);
        self.saved.fill_in(self.expectations.iter_mut().filter(|one| one.step == number));
        let taken = if step.action == Action::Wait {
            self.wait(&mut session).await
        } else if step.at_once > 1 && step.action == Action::Credential {
            side_by_side::request(&session, step.at_once).await
        } else if step.at_once > 1 {
            self.race(&mut session, step).await
        } else {
            self.take(&mut session, step).await
        };
        self.sessions.insert(key, session);
        taken?;
        self.saved.keep(step, number, &self.recorder)
    }

    /// Lets time pass, for every wallet.
    async fn wait(&mut self, session: &mut Session) -> Result<(), Stop> {
        let waiting = self.with.waiting.as_ref().ok_or_else(|| Stop::NotRun(IS_SLOW.to_owned()))?;
        let time = expiry::time(self.scenario.slow, session, waiting.at_most)?;
        tokio::select! {
            () = (waiting.wait)(time) => {}
            () = self.with.waits.ended() => return Err(Stop::NotRun(INTERRUPTED.to_owned())),
        }
        for session in self.sessions.values_mut().chain([session]) {
            session.waited = Some(time);
        }
        Ok(())
    }

    /// A wallet that knows its issuer, with an offer at hand where the scenario uses offers.
    async fn open(&self, name: &str) -> Result<Session, Stop> {
        let held = self.with.held.as_ref();
        let key = match held.and_then(Held::dpop_key) {
            Some(key) => key,
            None => PrivateKey::generate().map_err(|error| Stop::Failed(error.to_string()))?,
        };
        let client_id = match self.scenario.wallet.anonymous {
            true => None,
            false => self.with.client_id.clone(),
        };
        let another = self.scenario.wallets.get(name);
        let is_stranger = another.is_some_and(|another| another.tenant.is_some());
        let recorder = if is_stranger { &self.elsewhere } else { &self.recorder };
        recorder.wallet(WalletRecord {
            name: name.to_owned(),
            dpop_key: key.public_jwk().to_value(),
            holder_keys: Vec::new(),
            decryption_keys: Vec::new(),
            client_id: client_id.clone(),
        });
        let mut session = Session {
            name: name.to_owned(),
            http: Arc::clone(&self.with.http),
            recorder: Arc::clone(recorder),
            is_stranger,
            others: Vec::new(),
            c_nonce: None,
            sent_nonce: None,
            spent_nonce: None,
            waited: None,
            settings: self.scenario.wallet.clone(),
            client_id,
            identity: Arc::clone(&self.with.identity),
            challenge: None,
            last_client_proof: self.last_client_proof.clone(),
            dpop_key: key,
            speech: self.with.speech,
            way: self.with.known_way.load(Ordering::Relaxed),
            known_way: Arc::clone(&self.with.known_way),
            asked_for: None,
            issuer: self.with.issuer.clone().filter(|_| !is_stranger),
            token: None,
            renewal: Renewal::default(),
            holder_key: None,
            dpop_nonces: HashMap::new(),
            last_dpop: HashMap::new(),
            offer: Default::default(),
            waits: self.with.waits.clone(),
            transaction: None,
            was_put_off: false,
            redeemed: None,
            notification: None,
            fetches_deferred: self.scenario.fetches_deferred(),
            keeps_what_is_granted: false,
            encryption_method: 0,
            identifier: 0,
            step: 0,
            racer: None,
        };
        self.fresh_offer(&mut session).await?;
        match held {
            Some(held) => held.restore(&mut session),
            None => dpop::choose_key(&mut session)?,
        }
        Ok(session)
    }

    async fn fresh_offer(&self, session: &mut Session) -> Result<(), Stop> {
        if self.scenario.uses_offers() {
            let handed = (self.with.take_offer)(&session.name).await.map_err(Stop::Failed)?;
            offer::take(session, handed).await?;
            if let Some(why) = offer::unlike(session, &self.scenario.needs) {
                return Err(Stop::NotRun(why.to_owned()));
            }
        }
        let given = self.with.credential_issuer.as_deref().filter(|_| !session.is_stranger);
        offer::discover(session, given).await
    }

    async fn take(&self, session: &mut Session, step: &Step) -> Result<(), Stop> {
        for _ in 0..step.times {
            if step.tamper.is_empty() {
                match self.act(session, step, None).await {
                    // A refusal that the script expects is no reason to stop.
                    Err(Stop::Refused(_)) if step.expects_a_refusal() => {}
                    other => other?,
                }
            }
            for name in &step.tamper {
                self.tampered(session, step, name).await?;
            }
        }
        Ok(())
    }

    /// A tampered request never stops the wallet: its answer is what is wanted.
    async fn tampered(&self, session: &mut Session, step: &Step, name: &str) -> Result<(), Stop> {
        let own = self.scenario.tampers.iter().find(|own| own.name == name);
        let own = own.map(|own| Own::new(own, self.saved.values())).transpose();
        let own = own.map_err(Stop::Refused)?;
        let tamper = match &own {
            Some(own) => Tampering::Own(own),
            None => Tampering::Known(known(step.action, name)?),
        };
        match self.act(session, step, Some(tamper)).await {
            Err(Stop::NotApplicable(why)) => {
                self.recorder.skip(name, why);
                Ok(())
            }
            other => other,
        }
    }

    async fn act(
        &self,
        session: &mut Session,
        step: &Step,
        tamper: Option<Tampering<'_>>,
    ) -> Result<(), Stop> {
        match step.action {
            // Taken and done when the session was opened.
            Action::Discover | Action::Wait => Ok(()),
            Action::Offer => match tamper {
                Some(tamper) => offer::tampered(session, tamper).await,
                None => Ok(()),
            },
            Action::SignedMetadata => negotiated_metadata::signed(session).await,
            Action::Languages => negotiated_metadata::in_languages(session).await,
            Action::Order => order::request(session, self.with.order.as_ref(), tamper).await,
            Action::Token => token::request(session, tamper).await,
            Action::Refresh => refresh::request(session, tamper).await,
            Action::RevokeToken => revocation::request(session, tamper).await,
            Action::Nonce => match tamper {
                Some(tamper) => nonce::tampered(session, tamper).await,
                None => nonce::fetch(session).await.map(|_| ()),
            },
            Action::Credential => credential::request(session, tamper).await,
            Action::Deferred => deferred::request(session, step.until, tamper).await,
            Action::Notification => notification::request(session, tamper).await,
            Action::Status => status::fetch(session, &self.with.status).await,
            Action::Revoke => status::set(session, &self.with.status, NewStatus::Invalid).await,
            Action::Suspend => status::set(session, &self.with.status, NewStatus::Suspended).await,
            Action::EndEligibility => self.change(session, Change::EndsEligibility).await,
            Action::ChangeClaims => self.change(session, Change::ChangesClaims).await,
        }
    }

    async fn change(&self, session: &mut Session, change: Change) -> Result<(), Stop> {
        entitlement::change(session, self.with.change_entitlement.as_ref(), change).await
    }

    /// Several rounds, each with a fresh offer whose code all racers redeem together.
    async fn race(&self, session: &mut Session, step: &Step) -> Result<(), Stop> {
        for round in 0..step.times {
            if round > 0 {
                self.fresh_offer(session).await?;
            }
            let token = race_once(session, step.at_once).await?;
            session.token = token;
        }
        match session.token {
            Some(_) => Ok(()),
            None => Err(Stop::Refused("none of the simultaneous requests got a token".into())),
        }
    }
}

/// The row of the table of tampers, where it is made at this step.
fn known(action: Action, name: &str) -> Result<&'static Tamper, Stop> {
    let Some(tamper) = tampers::find(name) else {
        return Err(Stop::Refused(format!("no such tamper: {name}")));
    };
    if !action.station().is_some_and(|station| tamper.at.contains(&station)) {
        return Err(Stop::Refused(format!("{name} is not made at this step")));
    }
    Ok(tamper)
}

/// Releases `racers` token requests together, each over a connection that already stands, and
/// tries each token that comes of it at the credential endpoint.
async fn race_once(session: &Session, racers: u32) -> Result<Option<Token>, Stop> {
    let barrier = Arc::new(Barrier::new(racers as usize));
    let mut race = JoinSet::new();
    for number in 1..=racers {
        let mut racer = session.clone();
        racer.racer = Some(number);
        racer.fetches_deferred = false;
        racer.http =
            Arc::new(session.http.separate().map_err(|error| Stop::Failed(error.to_string()))?);
        let barrier = Arc::clone(&barrier);
        race.spawn(async move {
            // An unknown code opens the connection and brings the DPoP nonce, and costs nothing.
            let unknown = tampers::find("unknown-code").map(Tampering::Known);
            let ready = token::send(&mut racer, unknown).await;
            barrier.wait().await;
            ready?;
            let recorded = token::send(&mut racer, None).await?;
            let Some(token) = recorded.answer().and_then(|answer| token::granted(answer).ok())
            else {
                return Ok(None);
            };
            racer.token = Some(token.clone());
            let usable = credential::request(&mut racer, None).await.is_ok();
            Ok::<_, Stop>(usable.then_some(token))
        });
    }
    let mut first = None;
    while let Some(joined) = race.join_next().await {
        let token = joined.map_err(|error| Stop::Failed(error.to_string()))??;
        first = first.or(token);
    }
    Ok(first)
}

fn ending(stop: Stop, step: u32) -> Ending {
    match stop {
        Stop::Refused(why) => Ending::Stopped { step, why },
        Stop::Failed(why) => Ending::Failed { why },
        Stop::NotApplicable(why) => Ending::NotApplicable { why },
        Stop::NotRun(why) => Ending::NotRun { why },
    }
}

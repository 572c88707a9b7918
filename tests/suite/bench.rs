//! The bench on which the whole suite runs against the reference issuer, in this process.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use reference_issuer::{Configuration, Fault, RegisteredClient, Running, Settings};
use vcispec::checks::{self, Judgement, Policy, Profiles};
use vcispec::jose::{PrivateKey, SignatureAlgorithm};
use vcispec::offers::{OfferSource, Offers};
use vcispec::operator::{BackOffice, Receiver};
use vcispec::runner::{Plan, run};
use vcispec::scenario::{Impact, KnownTamper, Scenario, Vocabulary, bundled, load};
use vcispec::transcript::{Provenance, Relaxation, Run};
use vcispec::wallet::{
    ClientKey, Http, HttpOptions, Identity, Patience, Wait, Waiting, WalletProvider, tampers,
};

/// The configuration of an issuer that tells its operator's backend of each offer.
const CONNECTOR: &str = "connector";

/// A run of every bundled scenario, and its verdicts.
pub struct Outcome {
    pub run: Run,
    pub policy: Policy,
    pub judgement: Judgement,
}

/// Every bundled scenario.
pub fn scenarios() -> Vec<Scenario> {
    let known = Vocabulary {
        checks: checks::all().map(|check| check.id).collect(),
        tampers: tampers::all()
            .map(|tamper| KnownTamper { name: tamper.name, at: tamper.at })
            .collect(),
    };
    bundled()
        .iter()
        .flat_map(|(id, text)| load(id, text, &known).unwrap_or_else(|error| panic!("{error}")))
        .collect()
}

/// Runs the suite against the reference issuer in that configuration, with those faults.
pub async fn suite(configuration: &str, faults: &[&'static Fault]) -> Outcome {
    suite_of(scenarios(), configuration, faults).await
}

/// Runs only these scenarios.
pub async fn suite_of(
    scenarios: Vec<Scenario>,
    configuration: &str,
    faults: &[&'static Fault],
) -> Outcome {
    let named = reference_issuer::configuration(configuration)
        .unwrap_or_else(|| panic!("no configuration is called {configuration}"));
    let mut settings = (named.settings)();
    settings.faults = faults.to_vec();
    let client_id = (!settings.anonymous).then(|| "suite".to_owned());
    let identity = Arc::new(introduced(&mut settings));
    let receiver = backend(configuration, &mut settings).await;
    let issuer = Arc::new(reference_issuer::start(settings).await.unwrap());
    let waiting = waiting(configuration, &issuer);
    let policy = policy(named, &issuer);
    let run = drive(&issuer, client_id, identity, scenarios, waiting, receiver, &policy).await;
    let judgement = checks::judge(&run, &policy);
    Outcome { run, policy, judgement }
}

/// What an issuer in that configuration is held to.
fn policy(configuration: &Configuration, issuer: &Running) -> Policy {
    let claimed = configuration.profiles.iter();
    let profiles = Profiles::of(claimed.map(|name| name.parse().unwrap()));
    Policy { profiles, trust_anchors: vec![issuer.trust_anchor()], ..Policy::default() }
}

/// Listens for what the issuer tells, where it tells anything.
async fn backend(configuration: &str, settings: &mut Settings) -> Option<Arc<Receiver>> {
    if configuration != CONNECTOR {
        return None;
    }
    let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
    let receiver = Receiver::listen(any_port, Duration::from_secs(3)).await.unwrap();
    settings.callback = format!("http://{}/callback/issuance", receiver.address()).parse().ok();
    Some(Arc::new(receiver))
}

/// Nobody waits: time is put forward, for one scenario after the other. Only where lifetimes are short.
fn waiting(configuration: &str, issuer: &Arc<Running>) -> Option<Waiting> {
    let issuer = Arc::clone(issuer);
    let wait: Wait = Arc::new(move |time| {
        issuer.advance(time);
        Box::pin(std::future::ready(()))
    });
    let at_most = Duration::from_secs(3_600);
    ["short-lived", CONNECTOR].contains(&configuration).then_some(Waiting {
        at_most,
        at_once: 1,
        wait,
    })
}

/// A wallet with a provider that the issuer is told of, and keys for every algorithm.
fn introduced(settings: &mut Settings) -> Identity {
    let provider = WalletProvider::generate().unwrap();
    settings.trusted_wallet_providers = vec![provider.ca()];
    let key = |algorithm| PrivateKey::generate_for(algorithm).unwrap();
    let keys = SignatureAlgorithm::ALL.map(key).to_vec();
    let known = keys.iter().map(|key| key.public_jwk().to_value()).collect();
    settings.clients = vec![RegisteredClient { id: "suite".to_owned(), keys: known }];
    let keys = keys.into_iter().map(|key| ClientKey { key, kid: None });
    Identity::of(provider, keys.collect())
}

async fn drive(
    issuer: &Arc<Running>,
    client_id: Option<String>,
    identity: Arc<Identity>,
    scenarios: Vec<Scenario>,
    waiting: Option<Waiting>,
    receiver: Option<Arc<Receiver>>,
    policy: &Policy,
) -> Run {
    let options = HttpOptions {
        // No fault hangs: this is only ever reached on a machine that stands still.
        timeout: Duration::from_secs(30),
        patience: Patience { longest: Duration::from_secs(20), usual: Duration::from_millis(50) },
        ca: issuer.ca_certificate().map(str::to_owned).into_iter().collect(),
        ..HttpOptions::default()
    };
    let now = jiff::Timestamp::now();
    let one_by_one = waiting.is_some();
    let plan = Plan {
        scenarios,
        http: Arc::new(Http::new(options).unwrap()),
        offers: Some(Arc::new(Offers::new(
            vec![OfferSource::builtin("builtin", Arc::clone(issuer))],
            None,
        ))),
        back_office: Arc::new(BackOffice::default().or_bundled(Arc::clone(issuer))),
        credential_issuer: Some(issuer.credential_issuer().to_owned()),
        client_id: client_id.clone(),
        identity,
        speech: Default::default(),
        receiver,
        policy: policy.clone(),
        allowed: Impact::Load,
        waiting,
        isolate: false,
        // Whoever puts the clock forward does so for everybody.
        jobs: if one_by_one { 1 } else { 8 },
        allow_host: Vec::new(),
        provenance: Provenance {
            version: "0".into(),
            commit: "suite".into(),
            run_id: "0".repeat(32),
            credential_issuer: issuer.credential_issuer().to_owned(),
            offer_source: "builtin".into(),
            client_id,
            client_certificate: false,
            relaxations: vec![Relaxation::LoopbackHttp],
            started_at: now,
            finished_at: now,
        },
        interrupted: Arc::new(AtomicBool::new(false)),
    };
    run(plan, Arc::new(|_| {})).await
}

/// A runtime for one test.
pub fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(future)
}

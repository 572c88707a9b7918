//! What a run is to do, from the arguments and `vcispec.toml`: arguments outrank the file.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use url::Url;

use super::arguments::{ImpactName, IssuerArguments, RunArguments, Target};
use super::configuration::{Configuration, ConfigurationError};
use super::gates::{self, GateFiles};
use super::outputs::{Outputs, strictness};
use super::{CliError, doctor, identity, plan, scenarios, terminal, trust};
use crate::checks::{self, Policy, Profiles};
use crate::offers::{OfferSource, Offers, Reach};
use crate::operator::{BackOffice, Receiver};
use crate::protocol::dialect::Speech;
use crate::protocol::is_loopback;
use crate::report::Strictness;
use crate::runner::Plan;
use crate::scenario::{Impact, Scenario};
use crate::transcript::NO_OFFER_SOURCE;
use crate::wallet::{HttpOptions, Identity, LACKS_TX_CODE, Waiting};

/// The longest that a scenario waits for something to expire, in seconds, unless said otherwise.
const LONGEST_EXPIRY: u64 = 900;

/// The file that is read without being named.
pub const FILE: &str = "vcispec.toml";

/// Everything a run needs, from wherever it came.
pub struct Order {
    /// The scenarios.
    pub scenarios: Vec<Scenario>,
    /// The Credential Issuer Identifier, where it is known.
    pub credential_issuer: Option<String>,
    /// Where fresh offers come from.
    pub offers: Option<Offers>,
    /// Who listens for callbacks, where somebody does.
    pub receiver: Option<Receiver>,
    /// What the issuer's operator can be asked to do.
    pub back_office: BackOffice,
    /// The same in words.
    pub offer_source: String,
    /// The `client_id` of the wallet.
    pub client_id: Option<String>,
    /// Who vouches for the wallet, and how it authenticates.
    pub identity: Arc<Identity>,
    /// What the wallet speaks.
    pub speech: Speech,
    /// What the run is judged by.
    pub policy: Policy,
    /// How connections are made.
    pub options: HttpOptions,
    /// The worst impact allowed.
    pub allowed: Impact,
    /// How scenarios wait; none where they may not.
    pub waiting: Option<Waiting>,
    /// Each refusal on an offer of its own.
    pub isolate: bool,
    /// Scenarios side by side.
    pub jobs: usize,
    /// Hosts that an issuer may send us to.
    pub allow_host: Vec<String>,
    /// Where the evidence is saved.
    pub save: Option<PathBuf>,
    /// Where it is written down what the run is held against beside the specification.
    pub gates: GateFiles,
    /// The reports.
    pub outputs: Outputs,
    /// What makes it red.
    pub strictness: Strictness,
    /// The command that looks closer when a run cannot begin; none where nobody could mend it.
    pub doctor: Option<String>,
}

impl Order {
    /// What is to be run. It takes the scenarios and the offers along: an order is carried out
    /// once.
    pub fn plan(&mut self, interrupted: Arc<AtomicBool>) -> Result<Plan, CliError> {
        let provenance = plan::provenance(
            self.credential_issuer.as_deref(),
            self.offer_source.clone(),
            self.client_id.clone(),
            &self.options,
        );
        Ok(Plan {
            scenarios: std::mem::take(&mut self.scenarios),
            http: plan::http(self.options.clone())?,
            offers: self.offers.take().map(Arc::new),
            back_office: Arc::new(std::mem::take(&mut self.back_office)),
            receiver: self.receiver.take().map(Arc::new),
            credential_issuer: self.credential_issuer.clone(),
            client_id: self.client_id.clone(),
            identity: Arc::clone(&self.identity),
            speech: self.speech,
            policy: self.policy.clone(),
            allowed: self.allowed,
            waiting: self.waiting.clone(),
            isolate: self.isolate,
            jobs: self.jobs,
            allow_host: self.allow_host.clone(),
            provenance,
            interrupted,
        })
    }
}

/// Puts an order together.
pub async fn from(arguments: RunArguments) -> Result<Order, CliError> {
    let doctor = Some(doctor::again(&arguments));
    let under_test = arguments.under_test;
    let configuration = configuration(under_test.config.as_deref())
        .map_err(|error| CliError::Usage(error.render(terminal::style(false).colour)))?;
    let configured = configuration.as_ref();
    if under_test.issuer.is_none() && under_test.offer.is_none() && configuration.is_none() {
        return Err(nothing_to_test());
    }
    let target = arguments.target.or_else(|| configured?.target).unwrap_or_default();
    let mut options = plan::http_options(&arguments.http, configured.map(|file| &file.http))?;
    if let (None, Some(file)) = (arguments.http.retry_transport, configured) {
        options.retry_transport = file.retry_transport;
    }
    let speech = under_test.dialect.or_else(|| configured?.dialect).unwrap_or_default();
    let Sources { sources, back_office, builtin } =
        sources(&under_test, configured, &options, speech).await?;
    let receiver = match configured {
        Some(file) => file.receiver().await.map_err(CliError::Usage)?,
        None => None,
    };
    let mut exclude = configured.map(|file| file.exclude.clone()).unwrap_or_default();
    exclude.extend(arguments.exclude.iter().cloned());
    let mut policy = policy(&under_test, &arguments.include, &exclude, configured)?;
    policy.dialect = speech.named().map(|dialect| dialect.name.to_owned());
    let mut allow_host = arguments.http.allow_host;
    allow_host.extend(configured.iter().flat_map(|file| file.http.allow_host.clone()));
    let given = under_test.issuer.or_else(|| configured.and_then(|file| file.issuer.clone()));
    if let Some(issuer) = &given {
        check_identifier(issuer, &options.allow_http)?;
    }
    if target == Target::Production {
        check_production(&under_test.offer, &arguments.allow, given.as_ref().or(builtin.as_ref()))?;
    }
    let allowed = impact(&arguments.allow, target);
    let mut own = configured.map(|file| file.scenarios.clone()).unwrap_or_default();
    own.extend(under_test.scenario);
    let scenarios = plan::scenarios_with(scenarios::own(&own)?)?;
    let suite = gates::suite(&scenarios, None);
    let scenarios = plan::selected(scenarios, &arguments.include, &exclude)?;
    let asks = under_test.offer.is_some()
        || scenarios.iter().any(|scenario| scenario.uses_offers() && scenario.impact <= allowed);
    let client = configured.and_then(|file| file.client.as_ref()).map(|client| client.id.clone());
    let identity = Arc::new(identity::from(under_test.wallet_provider.as_deref(), configured)?);
    let is_bundled = given.is_none() && builtin.is_some();
    Ok(Order {
        scenarios,
        credential_issuer: given.or(builtin),
        offer_source: if asks { in_words(&sources) } else { NO_OFFER_SOURCE.to_owned() },
        offers: (!sources.is_empty()).then(|| Offers::new(sources, under_test.max_offers)),
        back_office,
        receiver,
        client_id: under_test.client_id.or(client),
        identity,
        speech,
        policy,
        options,
        allowed,
        waiting: arguments.slow.then(|| {
            let seconds = arguments.http.max_wait.unwrap_or(LONGEST_EXPIRY);
            Waiting::really(Duration::from_secs(seconds))
        }),
        isolate: arguments.isolate,
        jobs: usize::from(arguments.jobs),
        allow_host,
        save: arguments.save,
        gates: GateFiles::of(&arguments.gates, configured, suite, is_bundled),
        outputs: Outputs::read(&arguments.reporting)?,
        strictness: strictness(&arguments.reporting, configured),
        doctor,
    })
}

fn nothing_to_test() -> CliError {
    CliError::Usage(
        "expected an issuer, an offer or a vcispec.toml, found none of them\n  \
         vcispec run --issuer https://issuer.example\n  \
         vcispec run --offer 'openid-credential-offer://?…'\n  \
         vcispec            (tests itself against the bundled issuer)"
            .into(),
    )
}

/// An identifier that cannot be one is told before anything is sent.
pub fn check_identifier(issuer: &str, allow_http: &[String]) -> Result<(), CliError> {
    let wrong = |why: String| CliError::Usage(format!("{why}, found {issuer:?}"));
    let url = Url::parse(issuer)
        .map_err(|_| wrong("expected the https URL of a Credential Issuer".into()))?;
    if let Some((before, _)) = issuer.split_once("/.well-known/") {
        let why = format!(
            "expected the Credential Issuer Identifier ({before}), not the URL of its metadata"
        );
        return Err(wrong(why));
    }
    let host = url.host_str().unwrap_or_default();
    let is_allowed = url.scheme() == "https"
        || (url.scheme() == "http"
            && (is_loopback(&url) || allow_http.iter().any(|allowed| allowed == host)));
    if !is_allowed {
        let why = format!("expected an https URL (--allow-http {host} tests plain http anyway)");
        return Err(wrong(why));
    }
    Ok(())
}

/// In production nothing is left behind, so nothing may be asked for that would be.
fn check_production(
    offer: &Option<String>,
    allowed: &[ImpactName],
    issuer: Option<&String>,
) -> Result<(), CliError> {
    let against = match (offer, allowed, issuer) {
        (Some(_), ..) => "an offer would be used up",
        (_, [_, ..], _) => "--allow lets something be left behind",
        (_, _, None) => "no offer is used, so the issuer has to be named: add --issuer URL",
        _ => return Ok(()),
    };
    Err(CliError::Usage(format!(
        "the target is production, and {against}\n  --target stage tests a system where that is no harm"
    )))
}

/// The configuration that was named, or that stands in this directory.
pub fn configuration(named: Option<&Path>) -> Result<Option<Configuration>, ConfigurationError> {
    file(named).map(|path| Configuration::load(&path)).transpose()
}

/// The file that a configuration is read from.
pub fn file(named: Option<&Path>) -> Option<PathBuf> {
    match named {
        Some(path) => Some(path.to_owned()),
        None => Some(PathBuf::from(FILE)).filter(|path| path.is_file()),
    }
}

/// The ways to the issuer's back office.
#[derive(Default)]
struct Sources {
    sources: Vec<OfferSource>,
    back_office: BackOffice,
    /// The identifier of the bundled issuer, where one of the sources is it.
    builtin: Option<String>,
}

/// The offer sources and the hook of the configuration.
async fn sources(
    target: &IssuerArguments,
    configuration: Option<&Configuration>,
    options: &HttpOptions,
    speech: Speech,
) -> Result<Sources, CliError> {
    let back_office =
        configuration.map(|file| file.back_office(&reach(options))).unwrap_or_default();
    if let Some(offer) = &target.offer {
        let source = OfferSource::argument(offer, target.tx_code.as_deref(), std::io::stdin())
            .map_err(|error| CliError::Usage(error.to_string()))?;
        if source.lacks_a_code(speech) {
            return Err(CliError::Usage(LACKS_TX_CODE.to_owned()));
        }
        return Ok(Sources { sources: vec![source], back_office, builtin: None });
    }
    let Some(configuration) = configuration else { return Ok(Sources::default()) };
    #[cfg(feature = "bundled-issuer")]
    let issuer = match configuration.names_the_bundled_issuer() {
        true => Some(Arc::new(super::self_test::bundled().await?)),
        false => None,
    };
    #[cfg(feature = "bundled-issuer")]
    let builtin =
        |name: &str| issuer.as_ref().map(|issuer| OfferSource::builtin(name, Arc::clone(issuer)));
    #[cfg(not(feature = "bundled-issuer"))]
    let builtin = |_: &str| None;
    let sources = configuration
        .offer_sources(&reach(options), builtin)
        .map_err(|error| CliError::Usage(error.render(terminal::style(false).colour)))?;
    #[cfg(feature = "bundled-issuer")]
    let (back_office, builtin) = match issuer {
        Some(issuer) => {
            let identifier = issuer.credential_issuer().to_owned();
            (back_office.or_bundled(issuer), Some(identifier))
        }
        None => (back_office, None),
    };
    #[cfg(not(feature = "bundled-issuer"))]
    let builtin = None;
    Ok(Sources { sources, back_office, builtin })
}

/// Minting endpoints are connected to as the issuer is.
fn reach(options: &HttpOptions) -> Reach {
    let resolve = options.resolve.iter();
    Reach {
        ca: options.ca.iter().map(|pem| pem.clone().into_bytes()).collect(),
        insecure: options.insecure,
        resolve: resolve.map(|resolve| (resolve.host.clone(), resolve.address)).collect(),
    }
}

fn policy(
    target: &IssuerArguments,
    include: &[String],
    exclude: &[String],
    configuration: Option<&Configuration>,
) -> Result<Policy, CliError> {
    let mut policy = match configuration {
        Some(configuration) => configuration
            .policy()
            .map_err(|error| CliError::Usage(error.render(terminal::style(false).colour)))?,
        None => Policy::default(),
    };
    if !target.profile.is_empty() {
        policy.profiles = Profiles::of(target.profile.iter().copied());
    }
    policy.edition = target.edition.or(policy.edition);
    let trusted = trust::read(&target.trust)?;
    policy.trust_anchors.extend(trusted.anchors);
    policy.issuer_keys.extend(trusted.issuer_keys);
    let of_checks = |glob: &&String| checks::known().any(|check| check.is_covered_by(glob));
    policy.include.extend(include.iter().filter(of_checks).cloned());
    policy.exclude.extend(exclude.iter().cloned());
    Ok(policy)
}

fn in_words(sources: &[OfferSource]) -> String {
    match sources {
        [] => NO_OFFER_SOURCE.to_owned(),
        sources => sources.iter().map(OfferSource::name).collect::<Vec<_>>().join(", "),
    }
}

fn impact(allowed: &[ImpactName], target: Target) -> Impact {
    if target == Target::Production {
        return Impact::None;
    }
    allowed
        .iter()
        .map(|name| match name {
            ImpactName::Locks => Impact::Locks,
            ImpactName::Load => Impact::Load,
        })
        .max()
        .unwrap_or(Impact::BurnsOffers)
}

//! What a run is to do, from the arguments and `vcispec.toml`: arguments outrank the file.

use std::path::{Path, PathBuf};

use url::Url;

use super::arguments::{ImpactName, ProfileName, RunArguments};
use super::configuration::Configuration;
use super::outputs::{Outputs, strictness};
use super::{CliError, plan, terminal};
use crate::checks::{self, Policy, Profile};
use crate::offers::{OfferSource, Offers, Reach};
use crate::protocol::is_loopback;
use crate::report::Strictness;
use crate::scenario::{Impact, Scenario};
use crate::transcript::NO_OFFER_SOURCE;
use crate::wallet::HttpOptions;

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
    /// Each refusal on an offer of its own.
    pub isolate: bool,
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

/// Puts an order together.
pub async fn from(arguments: RunArguments) -> Result<Order, CliError> {
    let configuration = configuration(arguments.config.as_deref())?;
    let configured = configuration.as_ref();
    if arguments.issuer.is_none() && arguments.offer.is_none() && configuration.is_none() {
        return Err(nothing_to_test());
    }
    let options = plan::http_options(&arguments.http, configured.map(|file| &file.http))?;
    let (sources, builtin) = sources(&arguments, configured, &options).await?;
    let mut exclude = configured.map(|file| file.exclude.clone()).unwrap_or_default();
    exclude.extend(arguments.exclude.iter().cloned());
    let policy = policy(&arguments, configured, &exclude)?;
    let mut allow_host = arguments.http.allow_host;
    allow_host.extend(configured.iter().flat_map(|file| file.http.allow_host.clone()));
    let given = arguments.issuer.or_else(|| configured.and_then(|file| file.issuer.clone()));
    if let Some(issuer) = &given {
        check_identifier(issuer, &options.allow_http)?;
    }
    let client = configured.and_then(|file| file.client.as_ref()).map(|client| client.id.clone());
    Ok(Order {
        scenarios: plan::selected(&arguments.include, &exclude)?,
        credential_issuer: given.or(builtin),
        offer_source: in_words(&sources),
        offers: (!sources.is_empty()).then(|| Offers::new(sources, arguments.max_offers)),
        client_id: arguments.client_id.or(client),
        policy,
        options,
        allowed: impact(&arguments.allow),
        isolate: arguments.isolate,
        jobs: usize::from(arguments.jobs),
        allow_host,
        save: arguments.save,
        outputs: Outputs::read(&arguments.reporting.report)?,
        strictness: strictness(
            &arguments.reporting,
            configured.is_some_and(|file| file.require_complete),
        ),
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

/// The configuration that was named, or that stands in this directory.
fn configuration(named: Option<&Path>) -> Result<Option<Configuration>, CliError> {
    let path = match named {
        Some(path) => path,
        None if Path::new(FILE).is_file() => Path::new(FILE),
        None => return Ok(None),
    };
    Configuration::load(path)
        .map(Some)
        .map_err(|error| CliError::Usage(error.render(terminal::style(false).colour)))
}

/// The offer sources, and the identifier of the bundled issuer where one of them is it.
async fn sources(
    arguments: &RunArguments,
    configuration: Option<&Configuration>,
    options: &HttpOptions,
) -> Result<(Vec<OfferSource>, Option<String>), CliError> {
    if let Some(offer) = &arguments.offer {
        let source = OfferSource::argument(offer, arguments.tx_code.as_deref(), std::io::stdin())
            .map_err(|error| CliError::Usage(error.to_string()))?;
        return Ok((vec![source], None));
    }
    let Some(configuration) = configuration else { return Ok((Vec::new(), None)) };
    #[cfg(feature = "bundled-issuer")]
    let issuer = match configuration.names_the_bundled_issuer() {
        true => Some(std::sync::Arc::new(super::self_test::bundled().await?)),
        false => None,
    };
    #[cfg(feature = "bundled-issuer")]
    let builtin = |name: &str| {
        issuer.as_ref().map(|issuer| OfferSource::builtin(name, std::sync::Arc::clone(issuer)))
    };
    #[cfg(not(feature = "bundled-issuer"))]
    let builtin = |_: &str| None;
    let sources = configuration
        .offer_sources(&reach(options), builtin)
        .map_err(|error| CliError::Usage(error.render(terminal::style(false).colour)))?;
    #[cfg(feature = "bundled-issuer")]
    let identifier = issuer.map(|issuer| issuer.credential_issuer().to_owned());
    #[cfg(not(feature = "bundled-issuer"))]
    let identifier = None;
    Ok((sources, identifier))
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
    arguments: &RunArguments,
    configuration: Option<&Configuration>,
    exclude: &[String],
) -> Result<Policy, CliError> {
    let mut policy = match configuration {
        Some(configuration) => configuration
            .policy()
            .map_err(|error| CliError::Usage(error.render(terminal::style(false).colour)))?,
        None => Policy::default(),
    };
    match arguments.profile {
        Some(ProfileName::Haip) => policy.profile = Profile::Haip,
        Some(ProfileName::Base) => policy.profile = Profile::Base,
        None => {}
    }
    policy.trust_anchors.extend(plan::read_certificates(&arguments.trust)?);
    let of_checks = |glob: &&String| checks::all().any(|check| checks::matches(glob, check.id));
    policy.include.extend(arguments.include.iter().filter(of_checks).cloned());
    policy.exclude.extend(exclude.iter().cloned());
    Ok(policy)
}

fn in_words(sources: &[OfferSource]) -> String {
    match sources {
        [] => NO_OFFER_SOURCE.to_owned(),
        sources => sources.iter().map(OfferSource::name).collect::<Vec<_>>().join(", "),
    }
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

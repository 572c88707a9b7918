//! From arguments to a plan: the scripts, the client, and what the run says of itself.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::arguments::HttpArguments;
use super::{CliError, configuration};
use crate::checks::{self, Check};
use crate::jose::Certificate;
use crate::scenario::nearest::did_you_mean;
use crate::scenario::{KnownTamper, Scenario, Vocabulary, bundled, load};
use crate::transcript::{Provenance, Relaxation};
use crate::wallet::{Http, HttpOptions, Resolve, tampers};

/// The words that a script may use.
pub fn vocabulary() -> Vocabulary {
    let row = |tamper: &tampers::Tamper| KnownTamper { name: tamper.name, at: tamper.at };
    Vocabulary {
        checks: checks::all().flat_map(Check::ids).collect(),
        tampers: tampers::all().map(row).collect(),
    }
}

/// The bundled scenarios.
pub fn scenarios() -> Result<Vec<Scenario>, CliError> {
    let known = vocabulary();
    let loaded: Result<Vec<_>, _> =
        bundled().iter().map(|(id, text)| load(id, text, &known)).collect();
    match loaded {
        Ok(scenarios) => Ok(scenarios.into_iter().flatten().collect()),
        Err(rejected) => Err(CliError::Usage(rejected.to_string())),
    }
}

/// The bundled scenarios and those of one's own.
pub fn scenarios_with(own: Vec<Scenario>) -> Result<Vec<Scenario>, CliError> {
    let mut scenarios = scenarios()?;
    if let Some(twin) = own.iter().find(|own| scenarios.iter().any(|one| one.id == own.id)) {
        return Err(CliError::Usage(format!("a bundled scenario is called {} too", twin.id)));
    }
    scenarios.extend(own);
    Ok(scenarios)
}

/// These scenarios with `--include` and `--exclude` applied. A glob that covers neither a check nor
/// a scenario is a slip of the pen, and would make a run green that judged nothing.
pub fn selected(
    mut scenarios: Vec<Scenario>,
    include: &[String],
    exclude: &[String],
) -> Result<Vec<Scenario>, CliError> {
    for glob in include.iter().chain(exclude) {
        let covers_check = checks::known().any(|check| check.is_covered_by(glob));
        if !covers_check && !covers_any(glob, &scenarios) {
            let names = checks::all().flat_map(Check::ids).map(str::to_owned);
            let names: Vec<String> =
                names.chain(scenarios.iter().map(|scenario| scenario.id.clone())).collect();
            let guess = did_you_mean(glob, names.iter().map(String::as_str));
            let guess = guess.map(|guess| format!("; {guess}")).unwrap_or_default();
            return Err(CliError::Usage(format!(
                "{glob:?} covers no check and no scenario{guess}\n  \
                 vcispec list checks and vcispec list scenarios list them"
            )));
        }
    }
    let names_scenarios = include.iter().any(|glob| covers_any(glob, &scenarios));
    scenarios.retain(|scenario| {
        let covered =
            |globs: &[String]| globs.iter().any(|glob| checks::matches(glob, &scenario.id));
        (!names_scenarios || covered(include)) && !covered(exclude)
    });
    Ok(scenarios)
}

fn covers_any(glob: &str, scenarios: &[Scenario]) -> bool {
    scenarios.iter().any(|scenario| checks::matches(glob, &scenario.id))
}

/// The options that the configuration and the arguments mean; arguments outrank it or add to it.
pub fn http_options(
    arguments: &HttpArguments,
    configured: Option<&configuration::Http>,
) -> Result<HttpOptions, CliError> {
    let mut options = HttpOptions { run_id: run_id(), ..HttpOptions::default() };
    if let Some(configured) = configured {
        options.timeout = configured.timeout();
        if let Some(seconds) = configured.max_wait_seconds {
            options.patience.longest = Duration::from_secs(seconds);
        }
        options.max_rps = configured.max_rps.map(|rate| f64::from(rate.get()));
        options.insecure = configured.insecure;
        options.allow_http.clone_from(&configured.allow_http);
        options.ca = read_certificates(&configured.ca)?;
        options.client_cert = configured.client_cert.as_deref().map(read).transpose()?;
        options.resolve = configured
            .resolve
            .iter()
            .map(|resolve| Resolve { host: resolve.host.clone(), address: resolve.address })
            .collect();
        options.headers = configured_headers(configured);
    }
    if let Some(seconds) = arguments.timeout {
        options.timeout = Duration::from_secs(seconds.max(1));
    }
    if let Some(seconds) = arguments.max_wait {
        options.patience.longest = Duration::from_secs(seconds);
    }
    options.max_rps = arguments.max_rps.or(options.max_rps);
    options.retry_transport = arguments.retry_transport.unwrap_or_default();
    options.insecure |= arguments.insecure;
    options.allow_http.extend(arguments.allow_http.iter().cloned());
    options.ca.extend(read_certificates(&arguments.ca)?);
    if let Some(path) = &arguments.client_cert {
        options.client_cert = Some(read(path)?);
    }
    for text in &arguments.resolve {
        options.resolve.push(resolve(text)?);
    }
    for text in &arguments.header {
        options.headers.push(header(text)?);
    }
    Ok(options)
}

fn configured_headers(configured: &configuration::Http) -> Vec<(String, String, String)> {
    configured
        .headers
        .iter()
        .flat_map(|(host, fields)| {
            fields.iter().map(|(name, value)| (host.clone(), name.clone(), value.expose().clone()))
        })
        .collect()
}

/// The client, or why there can be none.
pub fn http(options: HttpOptions) -> Result<Arc<Http>, CliError> {
    Http::new(options).map(Arc::new).map_err(|error| CliError::Usage(error.to_string()))
}

/// What the run says of itself.
pub fn provenance(
    issuer: Option<&str>,
    offer_source: String,
    client_id: Option<String>,
    options: &HttpOptions,
) -> Provenance {
    let mut relaxations: Vec<Relaxation> =
        options.allow_http.iter().cloned().map(Relaxation::AllowHttp).collect();
    if options.insecure {
        relaxations.push(Relaxation::Insecure);
    }
    if !options.ca.is_empty() {
        relaxations.push(Relaxation::ExtraRoot(match options.ca.len() {
            1 => "one PEM file".to_owned(),
            count => format!("{count} PEM files"),
        }));
    }
    if options.retry_transport > 0 {
        relaxations.push(Relaxation::RetryTransport(options.retry_transport));
    }
    let now = Timestamp::now();
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: env!("VCISPEC_COMMIT").to_owned(),
        run_id: options.run_id.clone(),
        credential_issuer: issuer.unwrap_or_default().to_owned(),
        offer_source,
        client_id,
        client_certificate: options.client_cert.is_some(),
        relaxations,
        started_at: now,
        finished_at: now,
    }
}

/// A fresh identifier for a run: 32 hexadecimal digits.
fn run_id() -> String {
    let mut octets = [0_u8; 16];
    if getrandom::fill(&mut octets).is_err() {
        return format!("{:032x}", Timestamp::now().as_nanosecond().unsigned_abs());
    }
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// The text of a file that was named.
pub fn read(path: &Path) -> Result<String, CliError> {
    std::fs::read_to_string(path)
        .map_err(|error| CliError::Usage(format!("{} could not be read: {error}", path.display())))
}

/// The texts of files that were named.
pub fn read_all(paths: &[PathBuf]) -> Result<Vec<String>, CliError> {
    paths.iter().map(|path| read(path)).collect()
}

/// PEM files with at least one certificate each: a wrong path must not turn trust off.
pub fn read_certificates(paths: &[PathBuf]) -> Result<Vec<String>, CliError> {
    let texts = read_all(paths)?;
    for (path, text) in paths.iter().zip(&texts) {
        let found = Certificate::read_all(text.as_bytes());
        if !found.is_ok_and(|certificates| !certificates.is_empty()) {
            return Err(CliError::Usage(format!(
                "expected a PEM certificate in {}, found none",
                path.display()
            )));
        }
    }
    Ok(texts)
}

fn resolve(text: &str) -> Result<Resolve, CliError> {
    let found: configuration::Resolve = text
        .parse()
        .map_err(|expected| CliError::Usage(format!("{expected} in --resolve, found {text:?}")))?;
    Ok(Resolve { host: found.host, address: found.address })
}

fn header(text: &str) -> Result<(String, String, String), CliError> {
    let wrong = || CliError::Usage("expected HOST:NAME=VALUE in --header".to_owned());
    let (place, value) = text.split_once('=').ok_or_else(wrong)?;
    let (host, name) = place.rsplit_once(':').ok_or_else(wrong)?;
    Ok((host.to_owned(), name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_scenario_can_be_read() {
        let scenarios = scenarios().unwrap_or_else(|error| unreachable!("{error}"));
        assert!(scenarios.len() >= 25);
    }

    #[test]
    fn a_glob_that_covers_nothing_is_told_with_a_guess() {
        let told = |glob: &str| {
            let scenarios = scenarios().unwrap_or_else(|error| unreachable!("{error}"));
            let error = selected(scenarios, &[glob.to_owned()], &[]).err();
            error.map(|error| error.to_string()).unwrap_or_default()
        };
        let check = told("nonce/is-uncachable");
        assert!(check.contains("; did you mean nonce/is-uncacheable?\n"), "{check}");
        let scenario = told("discovery/nonce");
        assert!(scenario.contains("; did you mean discovery/nonces?\n"), "{scenario}");
        assert_eq!(told("nonce/*"), "");
    }
}

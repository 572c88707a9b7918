//! From arguments to a plan: the scripts, the client, and what the run says of itself.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::CliError;
use super::arguments::HttpArguments;
use crate::checks;
use crate::scenario::{Scenario, Vocabulary, bundled, load};
use crate::transcript::{Provenance, Relaxation};
use crate::wallet::{Http, HttpOptions, Resolve, tampers};

/// The bundled scenarios.
pub fn scenarios() -> Result<Vec<Scenario>, CliError> {
    let known = Vocabulary {
        checks: checks::all().map(|check| check.id).collect(),
        tampers: tampers::all().map(|tamper| tamper.name).collect(),
    };
    bundled()
        .iter()
        .map(|(id, text)| load(id, text, &known))
        .collect::<Result<_, _>>()
        .map_err(|error| CliError::Usage(error.to_string()))
}

/// Applies `--exclude` to scenarios.
pub fn without(mut scenarios: Vec<Scenario>, exclude: &[String]) -> Vec<Scenario> {
    scenarios.retain(|scenario| !exclude.iter().any(|glob| checks::matches(glob, &scenario.id)));
    scenarios
}

/// The options that the arguments mean.
pub fn http_options(arguments: &HttpArguments, run_id: &str) -> Result<HttpOptions, CliError> {
    let mut options = HttpOptions { run_id: run_id.to_owned(), ..HttpOptions::default() };
    if let Some(seconds) = arguments.timeout {
        options.timeout = Duration::from_secs(seconds.max(1));
    }
    options.max_rps = arguments.max_rps;
    options.insecure = arguments.insecure;
    options.allow_http.clone_from(&arguments.allow_http);
    options.ca = arguments.ca.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    options.client_cert = arguments.client_cert.as_deref().map(read).transpose()?;
    options.resolve =
        arguments.resolve.iter().map(|text| resolve(text)).collect::<Result<_, _>>()?;
    options.headers = arguments.header.iter().map(|text| header(text)).collect::<Result<_, _>>()?;
    Ok(options)
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
    let on_loopback = issuer
        .and_then(|issuer| Url::parse(issuer).ok())
        .is_some_and(|url| url.scheme() == "http" && crate::wallet::is_loopback(&url));
    if on_loopback {
        relaxations.push(Relaxation::LoopbackHttp);
    }
    if options.insecure {
        relaxations.push(Relaxation::Insecure);
    }
    if !options.ca.is_empty() {
        relaxations.push(Relaxation::ExtraRoot(format!("{} given with --ca", options.ca.len())));
    }
    let now = Timestamp::now();
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: env!("VCISPEC_COMMIT").to_owned(),
        run_id: options.run_id.clone(),
        credential_issuer: issuer.unwrap_or_default().to_owned(),
        offer_source,
        client_id,
        relaxations,
        seed: 0,
        started_at: now,
        finished_at: now,
    }
}

/// A fresh identifier for a run: 32 hexadecimal digits.
pub fn run_id() -> String {
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

fn resolve(text: &str) -> Result<Resolve, CliError> {
    let wrong =
        || CliError::Usage(format!("expected HOST:PORT=ADDRESS in --resolve, found {text:?}"));
    let (host, address) = text.split_once('=').ok_or_else(wrong)?;
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    let address = address.trim_matches(['[', ']']);
    let address: IpAddr = match address.parse() {
        Ok(address) => address,
        Err(_) => address.parse::<std::net::SocketAddr>().map_err(|_| wrong())?.ip(),
    };
    Ok(Resolve { host: host.to_owned(), address })
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
    fn an_address_may_carry_a_port_or_brackets() {
        for text in ["h:443=127.0.0.1", "h:443=127.0.0.1:8443"] {
            let found =
                resolve(text).ok().map(|resolve| (resolve.host, resolve.address.to_string()));
            assert_eq!(found, Some(("h".into(), "127.0.0.1".into())), "{text}");
        }
        assert_eq!(
            resolve("h:443=[::1]").ok().map(|resolve| resolve.address.to_string()),
            Some("::1".into())
        );
        assert!(resolve("h").is_err());
    }

    #[test]
    fn every_bundled_scenario_can_be_read() {
        let scenarios = scenarios().unwrap_or_else(|error| unreachable!("{error}"));
        assert!(scenarios.len() >= 25);
    }
}

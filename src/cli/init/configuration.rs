//! `vcispec.toml` as it is written: short, commented, and read again before it is kept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::answers::Answers;
use super::files::Draft;
use super::pipelines::filled;
use super::recipe::inside_quotes;
use crate::checks::{self, Edition, Profiles};
use crate::cli::arguments::HttpArguments;
use crate::cli::configuration::Configuration;
use crate::cli::{CliError, order, plan, schema};
use crate::offers::{Offers, Reach, Wanted};
use crate::operator::Service;
use crate::scenario::{Need, Scenario};

const TEMPLATE: &str = include_str!("templates/vcispec.toml");
const PROGRAM: &str = include_str!("templates/mint.sh");

/// The configuration, and what it cannot show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub text: String,
    /// Scenarios that cannot be run with it, by glob, and why not.
    pub missing: BTreeMap<String, String>,
}

/// The configuration that these answers mean.
pub fn write(
    answers: &Answers,
    http: &HttpArguments,
    directory: &Path,
) -> Result<Written, CliError> {
    // What cannot be run is known only of a configuration that can be read.
    let complete = read(&render(answers, http, directory, &BTreeMap::new()), directory)?;
    let missing = missing(&complete, answers)?;
    let text = render(answers, http, directory, &missing);
    read(&text, directory)?;
    Ok(Written { text, missing })
}

/// The program that an `exec` source runs, for the user to write.
pub fn program() -> Draft {
    Draft::new("mint.sh", PROGRAM.to_owned(), "prints a fresh offer: write it")
        .executable()
        .theirs()
}

/// As a key's value: one name, or a list where something is added to the base more than once.
fn profiles(profiles: &Profiles) -> String {
    let names: Vec<String> = profiles.iter().map(|one| format!("{:?}", one.name())).collect();
    match names.as_slice() {
        [base] => base.clone(),
        [_, added] => added.clone(),
        [_, added @ ..] => format!("[{}]", added.join(", ")),
        [] => String::new(),
    }
}

fn render(
    answers: &Answers,
    http: &HttpArguments,
    directory: &Path,
    missing: &BTreeMap<String, String>,
) -> String {
    let schema = schema::of_the_configuration().map(schema::Published::id).unwrap_or_default();
    let recipe = answers.recipe.as_ref();
    let mut tables = recipe.map(|recipe| recipe.tables.clone()).unwrap_or_default();
    if let Some(id) = &answers.client_id {
        tables = with_client(&tables, id);
    }
    let prose = recipe.map(|recipe| comment(&recipe.prose)).unwrap_or_default();
    let text = filled(
        TEMPLATE,
        &[
            ("schema", &schema),
            ("issuer", &inside_quotes(&answers.issuer)),
            ("edition", &Edition::newest().to_string()),
            ("profile", &profiles(&answers.profiles)),
            ("exclude", &(exclude(missing) + &repetition(http))),
            ("http", &connections(http, directory)),
            ("prose", &prose),
            ("tables", &tables),
        ],
    );
    // Where nothing stood, one empty line is left.
    let mut lines: Vec<&str> = text.trim_end().lines().collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    lines.join("\n") + "\n"
}

/// The key that leaves out what cannot be run, each with its reason.
fn exclude(missing: &BTreeMap<String, String>) -> String {
    if missing.is_empty() {
        return String::new();
    }
    let lines = missing.iter().map(|(glob, why)| format!("    \"{glob}\", # {why}\n"));
    format!(
        "\n# What cannot be run yet. Take a line out when its need is met.\nexclude = [\n{}]\n",
        lines.collect::<String>()
    )
}

/// How often a request is sent again, where that was said.
fn repetition(http: &HttpArguments) -> String {
    http.retry_transport.map(|times| format!("\nretry_transport = {times}\n")).unwrap_or_default()
}

/// `[client]`, in the place of one that a recipe has.
fn with_client(tables: &str, id: &str) -> String {
    let client = format!("[client]\nid = \"{}\"\n", inside_quotes(id));
    match tables.strip_prefix("[client]\n") {
        Some(rest) => match rest.split_once("\n\n") {
            Some((_, offers)) => format!("{client}\n{offers}"),
            None => client,
        },
        None => format!("{client}\n{tables}"),
    }
}

fn comment(lines: &[String]) -> String {
    lines.iter().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect()
}

/// `[http]`: what was said of connections, or what could be.
fn connections(http: &HttpArguments, directory: &Path) -> String {
    let quoted = |texts: Vec<String>| {
        let texts: Vec<String> =
            texts.iter().map(|text| format!("\"{}\"", inside_quotes(text))).collect();
        format!("[{}]", texts.join(", "))
    };
    let paths =
        |paths: &[PathBuf]| paths.iter().map(|path| seen_from(directory, path)).collect::<Vec<_>>();
    let mut lines = Vec::new();
    let mut list = |key: &str, texts: Vec<String>| {
        if !texts.is_empty() {
            lines.push(format!("{key} = {}", quoted(texts)));
        }
    };
    list("ca", paths(&http.ca));
    list("allow_http", http.allow_http.clone());
    list("allow_host", http.allow_host.clone());
    list("resolve", http.resolve.clone());
    if let Some(path) = &http.client_cert {
        lines.push(format!("client_cert = \"{}\"", inside_quotes(&seen_from(directory, path))));
    }
    lines.extend(http.insecure.then(|| "insecure = true".to_owned()));
    lines.extend(http.timeout.map(|seconds| format!("timeout_seconds = {seconds}")));
    lines.extend(http.max_rps.map(|rate| format!("max_rps = {}", rate.max(1.0).floor())));
    if lines.is_empty() {
        let hint = "# [http]\n# ca = [\"authority.pem\"]    # trusted for TLS, beside those of the system\n# timeout_seconds = 20\n";
        return hint.to_owned();
    }
    format!("[http]\n{}\n", lines.join("\n"))
}

/// A path that was given in this directory, as the file in that directory must name it.
fn seen_from(directory: &Path, path: &Path) -> String {
    let is_here = directory == Path::new(".") || path.is_absolute();
    let path = match is_here {
        true => path.to_owned(),
        false => std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
    };
    path.display().to_string()
}

/// Reads what was written, with something in the place of every variable.
fn read(text: &str, directory: &Path) -> Result<Configuration, CliError> {
    let anything = |_: &str| Some("http://placeholder.invalid".to_owned());
    Configuration::read(order::FILE, text, directory.to_owned(), anything)
        .map_err(|error| CliError::Usage(error.render(false)))
}

/// The scenarios that cannot be run with these offers and this client.
fn missing(
    configuration: &Configuration,
    answers: &Answers,
) -> Result<BTreeMap<String, String>, CliError> {
    let sources = configuration
        .offer_sources(&Reach::default(), |_| None)
        .map_err(|error| CliError::Usage(error.render(false)))?;
    let no_source = sources.is_empty();
    let offers = Offers::new(sources, None);
    let has_client = answers.client_id.is_some() || configuration.client.is_some();
    let why = |scenario: &Scenario| {
        let has = |need| scenario.needs.contains(&need);
        if no_source && scenario.uses_offers() {
            let what = if has(Need::SingleOffer) { "an offer: --offer" } else { "an offer source" };
            return Some(format!("needs {what}"));
        }
        if has(Need::SingleOffer) || !(scenario.uses_offers() || has(Need::ClientId)) {
            return None;
        }
        if has(Need::ClientId) && !has_client {
            return Some("needs a client_id: [client], id".to_owned());
        }
        let services = [
            (Need::Revocation, Service::Revoke, "revoke"),
            (Need::Suspension, Service::Suspend, "suspend"),
            (Need::EndOfEligibility, Service::EndEligibility, "end eligibility"),
            (Need::ChangeOfClaims, Service::ChangeClaims, "change the holder's data"),
        ];
        for (need, service, what) in services {
            if has(need)
                && let Some(table) = configuration.lacks_for(service)
            {
                return Some(format!("needs a way to {what}: {table}"));
            }
        }
        let wanted = wanted(scenario);
        offers.can_give(&wanted).is_err().then(|| format!("needs {wanted}"))
    };
    let scenarios = plan::scenarios()?;
    let folder = |scenario: &Scenario| {
        scenario.id.split_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default()
    };
    let mut missing = BTreeMap::new();
    for scenario in &scenarios {
        let Some(reason) = why(scenario) else { continue };
        let name = folder(scenario);
        let all = scenarios
            .iter()
            .filter(|other| folder(other) == name)
            .all(|other| why(other).is_some());
        // What is left out leaves out checks too: a glob must cover scenarios alone.
        let of_the_folder = format!("{name}/*");
        let is_apart = !checks::known().any(|check| check.is_covered_by(&of_the_folder));
        let glob = if all && is_apart { of_the_folder } else { scenario.id.clone() };
        missing.insert(glob, reason);
    }
    Ok(missing)
}

fn wanted(scenario: &Scenario) -> Wanted {
    let has = |need| scenario.needs.contains(&need);
    Wanted {
        tx_code: match (has(Need::TxCode), has(Need::NoTxCode)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
        by_reference: has(Need::ByReference).then_some(true),
        configurations: if has(Need::TwoConfigurations) { 2 } else { 1 },
        ..Wanted::default()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::super::{products, recipe};
    use super::*;

    fn missing_for(recipe: Option<recipe::Recipe>) -> BTreeMap<String, String> {
        let answers = Answers {
            issuer: "https://issuer.example".into(),
            product: &products::ANY_ISSUER,
            recipe,
            profiles: Profiles::default(),
            client_id: None,
            systems: Vec::new(),
            remarks: Vec::new(),
        };
        write(&answers, &HttpArguments::default(), Path::new(".")).unwrap().missing
    }

    #[test]
    fn what_is_left_out_leaves_out_no_check() {
        let recipes = products::PRODUCTS.iter().map(|product| recipe::find(product.recipe));
        for recipe in recipes.chain([recipe::find("any-issuer-http"), None]) {
            let missing = missing_for(recipe);
            assert!(missing.contains_key("status/revocation"), "{missing:?}");
            assert!(missing.contains_key("status/suspension"), "{missing:?}");
            for glob in missing.keys() {
                let mut covered = checks::known().filter(|check| check.is_covered_by(glob));
                assert_eq!(covered.next().map(|check| check.id), None, "{glob}");
            }
        }
    }
}

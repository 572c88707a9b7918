//! `vcispec scenario new`: a script that does what a recorded scenario did, and expects what the
//! issuer answered then.

mod answer;
mod steps;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use jiff::Timestamp;

use super::arguments::NewScenarioArguments;
use super::recorded::{self, Written};
use super::{CliError, plan, terminal};
use crate::checks::{Policy, Scene};
use crate::report::{ExitStatus, Recorded};
use crate::scenario::{Impact, Need, WalletSettings, did_you_mean};
use crate::transcript::{Provenance, Transcript};
use steps::RecordedStep;

/// Writes the script.
pub fn scenario_new(arguments: &NewScenarioArguments) -> Result<ExitStatus, CliError> {
    let (provenance, transcripts) = read(&arguments.run)?;
    let id = &arguments.scenario;
    let Some(transcript) = transcripts.iter().find(|one| one.scenario == *id) else {
        let known = || transcripts.iter().map(|one| one.scenario.as_str());
        let help = did_you_mean(id, known())
            .unwrap_or_else(|| format!("it has {}", known().collect::<Vec<_>>().join(", ")));
        return Err(CliError::Usage(format!("the run has no scenario {id:?}; {help}")));
    };
    if transcript.exchanges.is_empty() {
        return Err(CliError::Usage(format!("{id} was not run: there is nothing to start from")));
    }
    let policy = Policy::default();
    let text = script(&Scene::new(&provenance, transcript, &policy))?;
    match &arguments.output {
        None => terminal::result(&text),
        Some(path) => write(path, &text)?,
    }
    Ok(ExitStatus::Green)
}

/// Evidence has the credentials, a report has what is known of them from the metadata.
fn read(path: &Path) -> Result<(Provenance, Vec<Transcript>), CliError> {
    let recorded = match recorded::open(path)? {
        Written::Evidence(run, _) => return Ok((run.provenance, run.transcripts)),
        Written::Report(recorded) => recorded,
    };
    let Recorded { provenance, transcripts, .. } = *recorded;
    let provenance = Provenance {
        version: provenance.version,
        commit: String::new(),
        run_id: provenance.run_id,
        credential_issuer: provenance.credential_issuer,
        offer_source: String::new(),
        client_id: None,
        client_certificate: false,
        relaxations: Vec::new(),
        started_at: Timestamp::UNIX_EPOCH,
        finished_at: Timestamp::UNIX_EPOCH,
    };
    Ok((provenance, transcripts))
}

fn write(path: &Path, text: &str) -> Result<(), CliError> {
    let wrong = |error: std::io::Error| {
        CliError::Usage(match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                format!("{} is there already and was kept: --output another file", path.display())
            }
            _ => format!("{} could not be written: {error}", path.display()),
        })
    };
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    file.map_err(wrong)?.write_all(text.as_bytes()).map_err(wrong)?;
    terminal::remark(&format!("wrote {}: try vcispec check-scenario {0}", path.display()));
    Ok(())
}

fn script(scene: &Scene<'_>) -> Result<String, CliError> {
    let transcript = scene.transcript;
    let bundled = plan::scenarios()?.into_iter().find(|one| one.id == transcript.scenario);
    let (needs, impact, wallet) = match &bundled {
        Some(one) => (one.needs.clone(), one.impact, one.wallet.clone()),
        None => (needs(transcript), Impact::default(), WalletSettings::default()),
    };
    let mut text = format!(
        "# Started from {} of a run against {}.\n\
         # What the issuer answered then is expected now: keep what matters, delete the rest.\n\
         # Lines behind a # are likely to change from run to run.\n\n\
         title = {}\n",
        transcript.scenario,
        scene.provenance.credential_issuer,
        quoted(&transcript.title)
    );
    let wrong = |error: toml::ser::Error| CliError::Failed(error.to_string());
    let value = |value: Result<toml::Value, toml::ser::Error>| value.map_err(wrong);
    if !needs.is_empty() {
        let _ = writeln!(text, "needs = {}", value(toml::Value::try_from(&needs))?);
    }
    if impact != Impact::default() {
        let _ = writeln!(text, "impact = {}", quoted(impact.name()));
    }
    let mut settings = toml::Table::try_from(&wallet).map_err(wrong)?;
    let plain = toml::Table::try_from(WalletSettings::default()).map_err(wrong)?;
    settings.retain(|name, value| plain.get(name) != Some(value));
    if !settings.is_empty() {
        let _ = write!(text, "\n[wallet]\n{settings}");
    }
    for step in steps::of(transcript, bundled.as_ref()) {
        text.push('\n');
        match step {
            RecordedStep::Taken(step, exchange) => {
                text.push_str(&steps::table(&step));
                if let Some(exchange) = exchange {
                    text.push_str(&answer::table(scene, exchange));
                }
            }
            RecordedStep::Left(why) => {
                let _ = writeln!(text, "# {why}");
            }
        }
    }
    Ok(text)
}

fn needs(transcript: &Transcript) -> Vec<Need> {
    let mut needs = Vec::new();
    if !transcript.offers.is_empty() {
        let is_coded = transcript.offers.iter().any(|offer| offer.tx_code.is_some());
        needs.push(if is_coded { Need::TxCode } else { Need::Offer });
    }
    needs
}

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// A key as TOML has it.
fn key(name: &str) -> String {
    let is_bare = |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_');
    match !name.is_empty() && name.bytes().all(is_bare) {
        true => name.to_owned(),
        false => quoted(name),
    }
}

//! `vcispec baseline`: known failures, read and written down.

mod file;

use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::arguments::{BaselineArguments, BaselineCommand, BaselineWriteArguments};
use super::{CliError, gates, plan, recorded, terminal};
use crate::checks::Outcome;
use crate::gate::{self, Baseline, Proposal};
use crate::render::{self, Terms, plain};
use crate::report::{ExitStatus, Recorded};

pub use file::{load, schema};

/// The file that is read without being named.
pub const FILE: &str = "vcispec-baseline.toml";

/// Does what is asked for.
pub fn baseline(arguments: &BaselineArguments) -> Result<ExitStatus, CliError> {
    match &arguments.command {
        BaselineCommand::Write(arguments) => write(arguments),
    }
}

fn write(arguments: &BaselineWriteArguments) -> Result<ExitStatus, CliError> {
    let terms = terms(arguments)?;
    let recorded = recorded::read(&arguments.run)?;
    let there = existing(arguments)?;
    let proposals = proposals(&recorded, arguments.warnings, there.as_ref().map(|(_, old)| old));
    let count = proposals.len();
    if count == 0 {
        terminal::remark("nothing to write down: all that fails has an entry, or nothing fails");
        return Ok(ExitStatus::Green);
    }
    let entries = render::baseline(&proposals, &terms);
    let text = match &there {
        Some((text, _)) => format!("{}\n\n{entries}", text.trim_end()),
        None => format!("{}\n{entries}", head(&recorded)),
    };
    if arguments.output == Path::new("-") {
        terminal::result(&text);
        return Ok(ExitStatus::Green);
    }
    let output = arguments.output.display();
    std::fs::write(&arguments.output, text)
        .map_err(|error| CliError::Usage(format!("{output} could not be written: {error}")))?;
    let noun = if count == 1 { "entry" } else { "entries" };
    terminal::remark(&format!("{count} {noun} written to {output}"));
    Ok(ExitStatus::Green)
}

fn terms(arguments: &BaselineWriteArguments) -> Result<Terms, CliError> {
    if arguments.reason.trim().is_empty() {
        return Err(CliError::Usage("expected a reason in --reason, found nothing".into()));
    }
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let counted = arguments.expires_in.map(|days| today.saturating_add(i64::from(days).days()));
    let expires: Option<Date> = arguments.expires.or(counted);
    match expires {
        Some(last) if last < today => Err(CliError::Usage(format!(
            "expected a day that is to come in --expires, found {last}"
        ))),
        expires => {
            Ok(Terms { reason: arguments.reason.clone(), expires, issue: arguments.issue.clone() })
        }
    }
}

/// The file that entries are added to: its text, and what it covers. A file that is there is
/// neither replaced nor added to unasked.
fn existing(arguments: &BaselineWriteArguments) -> Result<Option<(String, Baseline)>, CliError> {
    let output = &arguments.output;
    if output == Path::new("-") || !output.exists() || arguments.force {
        return Ok(None);
    }
    if !arguments.merge {
        return Err(CliError::Usage(format!(
            "{} is there already: --merge adds to it, --force replaces it",
            output.display()
        )));
    }
    let suite = gates::suite(&plan::scenarios()?, None);
    let there = load(output, suite)
        .map_err(|error| CliError::Usage(error.render(terminal::style(false).colour)))?;
    Ok(Some((plan::read(output)?, there)))
}

/// What is to be written down, and a word on what is not.
fn proposals(recorded: &Recorded, warnings: bool, there: Option<&Baseline>) -> Vec<Proposal> {
    let errors = recorded.verdicts().filter(|one| one.outcome == Outcome::Error).count();
    if errors > 0 {
        terminal::remark(&format!(
            "{errors} ERROR left out: that the issuer cannot be reached is never let pass"
        ));
    }
    let mut proposals = gate::propose(recorded, warnings);
    proposals.retain(|one| !there.is_some_and(|there| one.is_covered_by(there)));
    let known = gate::check_names();
    proposals.retain(|one| {
        let name = one.check.split('#').next().unwrap_or_default();
        let is_known = known.iter().any(|known| known == name);
        if !is_known {
            terminal::remark(&format!("{} left out: there is no such check", plain(&one.check)));
        }
        is_known
    });
    proposals
}

fn head(recorded: &Recorded) -> String {
    let from = &recorded.provenance;
    format!(
        "# Failures that are known: `vcispec run` lets them pass until they are mended or expire.\n\
         # Written down from run {} of {}.\n",
        plain(&from.run_id),
        plain(&from.credential_issuer)
    )
}

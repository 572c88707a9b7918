//! `vcispec snapshot`: record what an issuer says, tell how it has drifted from that, and record
//! it again after a review.

use std::fmt::Write as _;
use std::path::Path;

use super::arguments::{RunArguments, SnapshotArguments};
use super::drive::{Driven, drive};
use super::order::{self, Order};
use super::{CliError, terminal};
use crate::gate::{Shapes, drift};
use crate::render;
use crate::report::{ExitStatus, counted};
use crate::scenario::Scenario;
use crate::transcript::{Ending, IS_SLOW, Run, redact};

/// The most scenarios that are told by name.
const MOST_TOLD: usize = 3;

/// Records, compares or updates the snapshot of the issuer that the arguments name.
pub async fn snapshot(arguments: SnapshotArguments) -> Result<ExitStatus, CliError> {
    let mut run_arguments = RunArguments::aimed_at(arguments.under_test, arguments.http);
    run_arguments.include = arguments.include;
    run_arguments.exclude = arguments.exclude;
    run_arguments.jobs = arguments.jobs;
    run_arguments.gates.snapshot = arguments.file;
    let mut order = order::from(run_arguments).await?;
    order.scenarios = order.scenarios.iter().filter_map(Scenario::honest).collect();
    if order.scenarios.is_empty() {
        return Err(CliError::Usage(
            "expected a scenario without tampers among those included, found none: \
             see vcispec list scenarios"
                .into(),
        ));
    }
    let Driven { run, is_interrupted, obstacle, .. } = drive(&mut order).await?;
    if let Some(error) = obstacle {
        return Err(error);
    }
    if is_interrupted {
        return Err(CliError::Failed("interrupted: nothing was recorded".into()));
    }
    let seen = seen(&run, order.offer_source != crate::transcript::NO_OFFER_SOURCE)?;
    let (path, recorded) = known(&order, &run.provenance.credential_issuer)?;
    match recorded {
        None => {
            write(&path, &seen)?;
            terminal::remark(&format!("{}{}", told(&path, &seen, &run), unrecorded(&run)));
            Ok(ExitStatus::Green)
        }
        Some(recorded) if arguments.update => update(&path, &recorded, &seen, &run),
        Some(recorded) => compare(&path, &recorded, &seen, &run),
    }
}

/// What the issuer said, unless it is no example to hold anything against.
fn seen(run: &Run, offers_given: bool) -> Result<Shapes, CliError> {
    for transcript in &run.transcripts {
        if let Ending::Failed { why } = &transcript.ending {
            let why = render::plain(why);
            return Err(CliError::Failed(format!(
                "{} broke off, nothing was recorded: {why}",
                transcript.scenario
            )));
        }
    }
    let seen = Shapes::of(run).complete();
    let named = |name: &str| {
        let mut all = seen.scenarios.values().flat_map(|scenario| &scenario.seen);
        all.any(|seen| seen.name.starts_with(name))
    };
    if seen.scenarios.is_empty() || (offers_given && !named("credential")) {
        let missing = if seen.scenarios.is_empty() {
            "no scenario came to its end"
        } else {
            "offers were given, and no credential was issued"
        };
        return Err(CliError::Refused(format!(
            "{missing}, nothing was recorded{}",
            unrecorded(run)
        )));
    }
    Ok(seen)
}

fn known(
    order: &Order,
    credential_issuer: &str,
) -> Result<(std::path::PathBuf, Option<Shapes>), CliError> {
    let file = &order.gates.snapshot;
    let path = file.path(credential_issuer).ok_or_else(|| {
        CliError::Usage("expected a file for the snapshot: vcispec snapshot FILE".into())
    })?;
    Ok((path, file.read(credential_issuer)?.map(|(_, shapes)| shapes)))
}

fn compare(
    path: &Path,
    recorded: &Shapes,
    seen: &Shapes,
    run: &Run,
) -> Result<ExitStatus, CliError> {
    let comparison = drift(recorded, seen, &redact(run).transcripts);
    let style = terminal::style(false);
    let text = render::problems(&comparison.problems, &run.provenance.run_id, style);
    terminal::report(&text, false);
    let of = format!("{} of {} recorded scenarios", comparison.compared, comparison.recorded);
    let path = path.display();
    if !comparison.problems.is_empty() {
        terminal::remark(&format!(
            "exit 1: drift from {path} ({of} compared); if all of it was planned:\n  \
             the same command with --update"
        ));
        return Ok(ExitStatus::Red);
    }
    let new = seen.scenarios.keys().filter(|id| !recorded.scenarios.contains_key(*id)).count();
    let new = match new {
        0 => String::new(),
        1 => "; 1 further scenario is not recorded, --update adds it".to_owned(),
        new => format!("; {new} further scenarios are not recorded, --update adds them"),
    };
    terminal::remark(&format!("no drift from {path}: {of} compared{new}"));
    Ok(ExitStatus::Green)
}

fn update(
    path: &Path,
    recorded: &Shapes,
    seen: &Shapes,
    run: &Run,
) -> Result<ExitStatus, CliError> {
    let comparison = drift(recorded, seen, &redact(run).transcripts);
    let mut updated = seen.clone();
    let mut dropped = Vec::new();
    for (id, scenario) in &recorded.scenarios {
        if updated.scenarios.contains_key(id) {
            continue;
        }
        let transcript = run.transcripts.iter().find(|transcript| transcript.scenario == *id);
        match transcript.map(|transcript| &transcript.ending) {
            // It was not looked at this time: what is known of it stays.
            None | Some(Ending::NotRun { .. }) => {
                updated.scenarios.insert(id.clone(), scenario.clone());
            }
            Some(ending) => dropped.push(format!("\n  dropped: {id} ({})", why(ending))),
        }
    }
    if updated.to_toml() == recorded.to_toml() {
        terminal::remark(&format!("{} is up to date: nothing was written", path.display()));
        return Ok(ExitStatus::Green);
    }
    if comparison.compared > 0 {
        let style = terminal::style(false);
        let text = render::problems(&comparison.problems, &run.provenance.run_id, style);
        terminal::report(&text, false);
    }
    write(path, &updated)?;
    terminal::remark(&format!("{}{}", told(path, &updated, run), dropped.concat()));
    Ok(ExitStatus::Green)
}

fn write(path: &Path, shapes: &Shapes) -> Result<(), CliError> {
    let wrong = |error: std::io::Error| {
        CliError::Usage(format!("the snapshot could not be written to {}: {error}", path.display()))
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(wrong)?;
    }
    std::fs::write(path, shapes.to_toml()).map_err(wrong)
}

fn told(path: &Path, shapes: &Shapes, run: &Run) -> String {
    let offers: usize = run.transcripts.iter().map(|transcript| transcript.offers.len()).sum();
    format!(
        "recorded {}: {} of {}, {} used\n  \
         commit it; each vcispec run here is held against it from now on",
        path.display(),
        counted(shapes.count(), "shape"),
        counted(shapes.scenarios.len(), "scenario"),
        counted(offers, "offer"),
    )
}

/// The scenarios that are no example, and why, the same reason once.
fn unrecorded(run: &Run) -> String {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for transcript in &run.transcripts {
        if transcript.ending == Ending::Completed {
            continue;
        }
        let why = why(&transcript.ending);
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, ids)) => ids.push(&transcript.scenario),
            None => reasons.push((why, vec![&transcript.scenario])),
        }
    }
    let mut text = String::new();
    for (why, ids) in reasons {
        let told: Vec<&str> = ids.iter().copied().take(MOST_TOLD).collect();
        let more = match ids.len() - told.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let _ = write!(text, "\n  not recorded: {}{more}\n    {why}", told.join(", "));
    }
    text
}

fn why(ending: &Ending) -> String {
    match ending {
        Ending::Completed => "it came to its end".to_owned(),
        Ending::Stopped { why, .. } => format!("it stopped: {}", render::plain(why)),
        Ending::NotApplicable { why } => format!("it does not apply: {}", render::plain(why)),
        Ending::NotRun { why } if why == IS_SLOW => {
            "it waits for something to expire, which is not recorded".to_owned()
        }
        Ending::NotRun { why } | Ending::Failed { why } => render::plain(why),
    }
}

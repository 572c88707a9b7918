//! Where reports go: machine output alone to standard output or a file, human text to the
//! terminal, and the whole set of them into a folder.

mod kinds;
mod manifest;

use std::path::{Path, PathBuf};

pub use self::kinds::names;
use self::kinds::{KINDS, Kind};
use super::arguments::{FailOn, ReportingArguments};
use super::atomically::{self, Readers};
use super::configuration::Configuration;
use super::pipeline::Pipeline;
use super::{CliError, terminal};
use crate::checks::{Judgement, Policy};
use crate::render;
use crate::report::{ExitStatus, Report, Strictness};
use crate::transcript::Run;

/// The reports that were asked for.
#[derive(Clone, Debug)]
pub struct Outputs {
    wanted: Vec<(&'static Kind, Target)>,
    folder: Option<PathBuf>,
    unredacted: bool,
    pipeline: Pipeline,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Stdout,
    File(PathBuf),
}

impl Outputs {
    /// Reads the arguments, looks at the pipeline around, and makes the folder that was named.
    pub fn read(arguments: &ReportingArguments) -> Result<Self, CliError> {
        let wanted: Vec<_> =
            arguments.report.iter().map(|text| one(text)).collect::<Result<_, _>>()?;
        let on_stdout = wanted.iter().filter(|(_, target)| *target == Target::Stdout).count();
        if on_stdout > 1 {
            return Err(CliError::Usage("expected at most one report on standard output".into()));
        }
        for (index, (_, target)) in wanted.iter().enumerate() {
            let Target::File(path) = target else { continue };
            if wanted.iter().take(index).any(|(_, earlier)| earlier == target) {
                let path = path.display();
                return Err(CliError::Usage(format!("expected one report in {path}, found two")));
            }
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            if path.as_os_str().is_empty() || folder.is_some_and(|folder| !folder.is_dir()) {
                let path = path.display();
                return Err(CliError::Usage(format!(
                    "expected a file in a folder that exists in --report, found {path:?}"
                )));
            }
        }
        if arguments.unredacted && wanted.is_empty() && arguments.out.is_none() {
            return Err(CliError::Usage(
                "expected --report or --out beside --unredacted: the terminal and the pipeline are \
                 told no secrets (--report human shows them on standard output)"
                    .into(),
            ));
        }
        if let Some(folder) = &arguments.out {
            std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        }
        Ok(Self {
            wanted,
            folder: arguments.out.clone(),
            unredacted: arguments.unredacted,
            pipeline: Pipeline::around(),
        })
    }

    /// Tells a judged run everywhere. `finish` makes a report what it is in the end; the terminal
    /// and the pipeline are always given a redacted one.
    pub fn tell(
        &self,
        run: &Run,
        policy: &Policy,
        judgement: &Judgement,
        finish: impl Fn(Report) -> Result<Report, CliError>,
    ) -> Result<ExitStatus, CliError> {
        let redacted = finish(Report::of(run, policy, judgement))?;
        let on_stdout = |target: &Target| *target == Target::Stdout;
        if self.are_at_the_terminal() {
            terminal::report(&render::human(&redacted, terminal::style(false)), false);
        }
        let stdout_is_free = !self.wanted.iter().any(|(_, target)| on_stdout(target));
        self.pipeline.tell(&redacted, stdout_is_free);
        match self.unredacted {
            true => self.write(&finish(Report::unredacted(run, policy, judgement))?)?,
            false => self.write(&redacted)?,
        }
        Ok(redacted.exit_status())
    }

    /// Whether the report for people goes where errors go, too.
    pub fn are_at_the_terminal(&self) -> bool {
        !self.wanted.iter().any(|(kind, _)| kind.is_human())
    }

    /// Writes what was asked for by name.
    fn write(&self, report: &Report) -> Result<(), CliError> {
        let readers = if self.unredacted { Readers::Owner } else { Readers::Anybody };
        let write = |path: &Path, text: &str| {
            atomically::write(path, text.as_bytes(), readers)
                .map_err(|error| unwritable(path, &error))
        };
        for (kind, target) in &self.wanted {
            match target {
                Target::Stdout if kind.is_human() => {
                    terminal::report(&render::human(report, terminal::style(true)), true);
                }
                Target::Stdout => terminal::report(&(kind.render)(report), true),
                Target::File(path) => write(path, &(kind.render)(report))?,
            }
        }
        let Some(folder) = &self.folder else { return Ok(()) };
        let mut manifest = String::new();
        for kind in KINDS {
            let text = (kind.render)(report);
            write(&folder.join(kind.file), &text)?;
            manifest.push_str(&manifest::line(kind.file, &text));
        }
        write(&folder.join(manifest::FILE), &manifest)
    }
}

/// What makes a run red; the arguments outrank the file.
pub fn strictness(
    arguments: &ReportingArguments,
    configured: Option<&Configuration>,
) -> Strictness {
    let fail_on = arguments.fail_on.or_else(|| configured?.fail_on);
    let is_required = configured.is_some_and(|file| file.require_complete);
    Strictness {
        fail_on_should: fail_on == Some(FailOn::Should),
        require_complete: arguments.require_complete || is_required,
    }
}

fn one(argument: &str) -> Result<(&'static Kind, Target), CliError> {
    let (name, target) = argument.split_once('=').unwrap_or((argument, "-"));
    let Some(kind) = KINDS.iter().find(|kind| kind.name == name) else {
        let names = names();
        return Err(CliError::Usage(format!("expected {names} in --report, found {name:?}")));
    };
    let target = match target {
        "-" => Target::Stdout,
        path => Target::File(PathBuf::from(path)),
    };
    Ok((kind, target))
}

fn unwritable(path: &Path, error: &std::io::Error) -> CliError {
    CliError::Usage(format!("the report could not be written to {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(reports: &[&str]) -> Result<Outputs, CliError> {
        let report = reports.iter().map(|text| (*text).to_owned()).collect();
        Outputs::read(&ReportingArguments { report, ..ReportingArguments::default() })
    }

    #[test]
    fn two_reports_do_not_share_standard_output() {
        assert!(read(&["json=-", "junit=-"]).is_err());
        assert!(read(&["json=a.json", "junit=-"]).is_ok());
        assert!(read(&["json=a.json", "junit"]).is_ok());
        assert!(read(&["pdf=-"]).is_err());
    }

    #[test]
    fn secrets_are_never_told_to_nobody_in_particular() {
        let arguments = ReportingArguments { unredacted: true, ..ReportingArguments::default() };
        assert!(Outputs::read(&arguments).is_err());
    }
}

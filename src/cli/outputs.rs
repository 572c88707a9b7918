//! Where reports go: machine output alone to standard output or a file, human text to the
//! terminal.

use std::path::{Path, PathBuf};

use super::arguments::{FailOn, ReportingArguments};
use super::configuration::Configuration;
use super::{CliError, terminal};
use crate::render;
use crate::report::{ExitStatus, Report, Strictness};

/// The reports that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outputs {
    wanted: Vec<(Kind, Target)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Human,
    Json,
    Junit,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Stdout,
    File(PathBuf),
}

impl Outputs {
    /// Reads `KIND=FILE` arguments.
    pub fn read(arguments: &[String]) -> Result<Self, CliError> {
        let wanted: Vec<_> = arguments.iter().map(|text| one(text)).collect::<Result<_, _>>()?;
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
        Ok(Self { wanted })
    }

    /// Writes everything, and the human report to the terminal unless it goes elsewhere.
    pub fn write(&self, report: &Report) -> Result<ExitStatus, CliError> {
        if !self.wanted.iter().any(|(kind, _)| *kind == Kind::Human) {
            terminal::report(&render::human(report, terminal::style(false)), false);
        }
        for (kind, target) in &self.wanted {
            match target {
                Target::Stdout => terminal::report(&text(*kind, report, true), true),
                Target::File(path) => write(path, &text(*kind, report, false))?,
            }
        }
        Ok(report.exit_status())
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

fn text(kind: Kind, report: &Report, on_stdout: bool) -> String {
    match kind {
        Kind::Human if on_stdout => render::human(report, terminal::style(true)),
        Kind::Human => render::human(report, render::Style { colour: false, width: 80 }),
        Kind::Json => render::json(report),
        Kind::Junit => render::junit(report),
    }
}

fn one(argument: &str) -> Result<(Kind, Target), CliError> {
    let (kind, target) = argument.split_once('=').unwrap_or((argument, "-"));
    let kind = match kind {
        "human" => Kind::Human,
        "json" => Kind::Json,
        "junit" => Kind::Junit,
        other => {
            return Err(CliError::Usage(format!(
                "expected human, json or junit in --report, found {other:?}"
            )));
        }
    };
    let target = match target {
        "-" => Target::Stdout,
        path => Target::File(PathBuf::from(path)),
    };
    Ok((kind, target))
}

fn write(path: &Path, text: &str) -> Result<(), CliError> {
    std::fs::write(path, text).map_err(|error| {
        CliError::Usage(format!("the report could not be written to {}: {error}", path.display()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_reports_do_not_share_standard_output() {
        let arguments = ["json=-".to_owned(), "junit=-".to_owned()];
        assert!(Outputs::read(&arguments).is_err());
        assert!(Outputs::read(&["json=a.json".to_owned(), "junit=-".to_owned()]).is_ok());
        assert!(Outputs::read(&["pdf=-".to_owned()]).is_err());
    }
}

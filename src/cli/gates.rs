//! What a judged run is held against before it is told: files that somebody wrote down, reviewed
//! and committed.

use super::CliError;
use super::arguments::GateArguments;
use super::configuration::Configuration;
use super::snapshot_file::SnapshotFile;
use crate::gate::{Shapes, drift};
use crate::report::{Compared, Report};
use crate::transcript::Run;

/// The files that a run is held against.
#[derive(Clone, Debug)]
pub struct Gates {
    /// What the issuer is recorded to say.
    pub snapshot: SnapshotFile,
}

impl Gates {
    /// What arguments and configuration ask for.
    pub fn of(
        arguments: &GateArguments,
        configuration: Option<&Configuration>,
        is_bundled: bool,
    ) -> Self {
        let snapshot = if arguments.no_snapshot {
            SnapshotFile::None
        } else {
            SnapshotFile::of(arguments.snapshot.as_deref(), configuration, is_bundled)
        };
        Self { snapshot }
    }

    /// Sees to it that what was named is there and can be read, before anything is sent.
    pub fn check(&self) -> Result<(), CliError> {
        self.snapshot.check()
    }

    /// The report with what it does not say by itself: where the issuer has drifted.
    pub fn reconcile(&self, run: &Run, report: Report) -> Result<Report, CliError> {
        let Some((path, recorded)) = self.snapshot.read(&run.provenance.credential_issuer)? else {
            return Ok(report);
        };
        let mut comparison = drift(&recorded, &Shapes::of(run), &report.transcripts);
        let file = path.display().to_string();
        for problem in comparison.problems.iter_mut().filter(|_| comparison.compared > 0) {
            problem.because = Some(format!("it is not what {file} has"));
        }
        let compared = Compared {
            file,
            recorded: comparison.recorded,
            compared: comparison.compared,
            drifted: comparison.problems.len(),
        };
        Ok(report.with_findings(comparison.problems).compared_with(compared))
    }
}

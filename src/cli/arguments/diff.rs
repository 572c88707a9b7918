//! `vcispec diff`: two runs side by side.

use std::path::PathBuf;

use clap::Args;

/// `vcispec diff`
#[derive(Debug, Args)]
#[command(after_help = "\
A failure is new where the old run judged the same check at the same endpoint in the same scenario \
and it was not red, or, for a scenario that the old run does not have, where the old run has that \
check red nowhere. FAIL, NOT TESTABLE, INCONCLUSIVE, STALE and DRIFT are red; KNOWN is not.

EXIT CODES
  0  NEW is green, or with --only-new has no new failure
  1  NEW is red, or with --only-new has a new failure, or issues nothing any more
  2  a file is no recorded run      3  NEW could not reach the issuer, or was interrupted")]
pub struct DiffArguments {
    /// The earlier run: a JSON report, or evidence of `vcispec run --save`.
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The later run.
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// Let failures that OLD has too pass.
    #[arg(long)]
    pub only_new: bool,
    /// Print one JSON document instead.
    #[arg(long)]
    pub json: bool,
}

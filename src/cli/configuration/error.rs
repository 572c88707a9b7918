//! What can be wrong with a configuration.

use std::path::PathBuf;

use crate::cli::document::Problem;
use crate::cli::trust::TrustError;
use crate::offers::OfferError;

/// Why there is no configuration, or no use for it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigurationError {
    /// A file that cannot be read.
    #[error("cannot read {}: {reason}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
    /// Something in the file.
    #[error("{problem} ({})", .problem.place())]
    Problem {
        /// What, and where.
        problem: Box<Problem>,
    },
    /// Files that give nothing to trust.
    #[error("{0}")]
    Trust(#[from] TrustError),
    /// An offer source that cannot be opened.
    #[error("{0}")]
    Offer(#[from] OfferError),
}

impl ConfigurationError {
    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Problem { problem } => problem.remedy().map(str::to_owned),
            Self::Unreadable { .. } | Self::Trust(_) | Self::Offer(_) => None,
        }
    }

    /// The error as it is shown to a person, with the lines of the file that it is about.
    pub fn render(&self, colour: bool) -> String {
        match self {
            Self::Problem { problem } => problem.render(colour),
            other => format!("{other}\n"),
        }
    }
}

impl From<Box<Problem>> for ConfigurationError {
    fn from(problem: Box<Problem>) -> Self {
        Self::Problem { problem }
    }
}

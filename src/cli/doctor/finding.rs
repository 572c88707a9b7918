//! What a diagnosis found.

use crate::cli::CliError;
use crate::cli::configuration::ConfigurationError;
use crate::report::ExitStatus;

/// One line of `vcispec doctor`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub mark: Mark,
    /// What was found, in a few words.
    pub says: String,
    /// What to do: a command, an argument or a key of `vcispec.toml`.
    pub remedy: Option<String>,
    /// What the program exits with for it.
    pub status: ExitStatus,
}

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// As it should be.
    Well,
    /// A run will do; this is worth knowing.
    Remark,
    /// A run would not judge what it should.
    Fault,
    /// Not there, or not looked at.
    Idle,
}

impl Mark {
    /// The symbol for people, the same as in reports.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Well => "✓",
            Self::Remark => "!",
            Self::Fault => "✗",
            Self::Idle => "–",
        }
    }

    /// The name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Well => "ok",
            Self::Remark => "remark",
            Self::Fault => "fault",
            Self::Idle => "idle",
        }
    }
}

/// Attestations are asked for: whether the wallet's provider is trusted shows in a run only.
pub fn attested(who: String) -> Finding {
    Finding::remark(format!("{who}: it has to trust this wallet's provider"))
        .so("vcispec wallet-provider ca, or vcispec wallet-provider jwks")
}

impl Finding {
    /// All is well.
    pub fn well(says: impl Into<String>) -> Self {
        Self::new(Mark::Well, ExitStatus::Green, says.into())
    }

    /// Worth knowing.
    pub fn remark(says: impl Into<String>) -> Self {
        Self::new(Mark::Remark, ExitStatus::Green, says.into())
    }

    /// Not there, or not looked at.
    pub fn idle(says: impl Into<String>) -> Self {
        Self::new(Mark::Idle, ExitStatus::Green, says.into())
    }

    /// What was typed or written down has to change.
    pub fn misconfigured(says: impl Into<String>) -> Self {
        Self::new(Mark::Fault, ExitStatus::Usage, says.into())
    }

    /// Somebody does not answer.
    pub fn unreachable(says: impl Into<String>) -> Self {
        Self::new(Mark::Fault, ExitStatus::Error, says.into())
    }

    /// Something else keeps a run from judging.
    pub fn fault(says: impl Into<String>) -> Self {
        Self::new(Mark::Fault, ExitStatus::Red, says.into())
    }

    /// The same, with what to do.
    #[must_use]
    pub fn so(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    fn new(mark: Mark, status: ExitStatus, says: String) -> Self {
        Self { mark, says, remedy: None, status }
    }
}

impl From<&ConfigurationError> for Finding {
    fn from(error: &ConfigurationError) -> Self {
        let finding = Self::misconfigured(error.to_string());
        match error.help() {
            Some(help) => finding.so(help),
            None => finding,
        }
    }
}

impl From<&CliError> for Finding {
    /// The first line says what is wrong, the others what would be right.
    fn from(error: &CliError) -> Self {
        let text = error.to_string();
        let (says, remedy) = text.split_once('\n').unwrap_or((&text, ""));
        let finding = match error {
            CliError::Usage(_) => Self::misconfigured(says),
            CliError::Refused(_) | CliError::Failed(_) => Self::fault(says),
        };
        let remedy: Vec<&str> = remedy.lines().map(str::trim).collect();
        if remedy.iter().all(|line| line.is_empty()) {
            finding
        } else {
            finding.so(remedy.join("\n"))
        }
    }
}

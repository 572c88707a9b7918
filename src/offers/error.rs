//! Why there is no offer, and what to do about it. No text here repeats an offer, a code or a
//! token; foreign text is shown as an excerpt in which such things are cut.

use super::NotAnOffer;

/// Why there is no offer.
#[derive(Debug, thiserror::Error)]
pub enum OfferError {
    /// No source gives what is wanted.
    #[error(
        "no offer source gives {wanted}{}; add one under [[offers]] in vcispec.toml{}",
        because(.reasons),
        declared(.gives)
    )]
    NoSource {
        /// What was wanted, as a phrase.
        wanted: String,
        /// The same as a source would declare it; empty where any will do.
        gives: String,
        /// Each source, and why not this one.
        reasons: Vec<String>,
    },
    /// Offers given beforehand were all handed out.
    #[error(
        "the offers of {name} are used up, and {wanted} is needed; give more, or a source that \
         mints them (exec or http)"
    )]
    UsedUp {
        /// The source.
        name: String,
        /// What was wanted, as a phrase.
        wanted: String,
    },
    /// The limit of the run is reached.
    #[error("{limit} offers were taken, which is the limit; raise --max-offers")]
    BudgetSpent {
        /// The limit.
        limit: usize,
    },
    /// A source that cannot work as it is configured.
    #[error("offer source {name}: {reason}")]
    Misconfigured {
        /// The source.
        name: String,
        /// What is wrong, and what would be right.
        reason: String,
    },
    /// A file, or standard input, that cannot be read.
    #[error("offer source {name}: cannot read {what}: {reason}")]
    Unreadable {
        /// The source.
        name: String,
        /// The file, or standard input.
        what: String,
        /// The operating system's words.
        reason: String,
    },
    /// An answer that holds no offer.
    #[error("offer source {name}: {reason}")]
    NotAnOffer {
        /// The source.
        name: String,
        /// What was there instead.
        reason: NotAnOffer,
    },
    /// An answer beyond all measure.
    #[error("offer source {name}: expected at most {limit} octets, found more")]
    TooLong {
        /// The source.
        name: String,
        /// The bound, in octets.
        limit: u64,
    },
    /// No answer in time.
    #[error(
        "offer source {name}: no offer after {seconds} s; raise its timeout_seconds, or look why \
         it hangs"
    )]
    TimedOut {
        /// The source.
        name: String,
        /// The time limit, in seconds.
        seconds: f64,
    },
    /// A command that could not be started.
    #[error("offer source {name}: cannot start {program}: {reason}")]
    NotStarted {
        /// The source.
        name: String,
        /// The first word of the command.
        program: String,
        /// The operating system's words.
        reason: String,
    },
    /// A command that ended with an error.
    #[error(
        "offer source {name}: {program} ended with {status}; run it by hand to see more{}",
        indented(.stderr)
    )]
    CommandFailed {
        /// The source.
        name: String,
        /// The first word of the command.
        program: String,
        /// The exit status.
        status: String,
        /// An excerpt of what it wrote to standard error.
        stderr: String,
    },
    /// No HTTP answer.
    #[error("offer source {name}: no answer from {url}: {reason}")]
    Unreachable {
        /// The source.
        name: String,
        /// The address, without its query.
        url: String,
        /// What went wrong.
        reason: String,
    },
    /// An HTTP answer other than success.
    #[error(
        "offer source {name}: {url} answered {status}; expected 2xx{}{}",
        advice(*.status),
        indented(.excerpt)
    )]
    Refused {
        /// The source.
        name: String,
        /// The address, without its query.
        url: String,
        /// The status code.
        status: u16,
        /// An excerpt of the answer.
        excerpt: String,
    },
    /// A JSON pointer that leads nowhere.
    #[error(
        "offer source {name}: nothing at {pointer} in the answer, which has {}",
        members_or_none(.members)
    )]
    NothingAt {
        /// The source.
        name: String,
        /// The pointer.
        pointer: String,
        /// The members at the top of the answer.
        members: Vec<String>,
    },
    /// The bundled issuer would not mint.
    #[error("offer source {name}: the bundled issuer minted no offer: {reason}")]
    NotMinted {
        /// The source.
        name: String,
        /// The issuer's words.
        reason: String,
    },
}

impl OfferError {
    /// Whether something in the configuration has to change, rather than somewhere else.
    pub fn is_configuration(&self) -> bool {
        matches!(
            self,
            Self::NoSource { .. }
                | Self::Misconfigured { .. }
                | Self::Unreadable { .. }
                | Self::NotStarted { .. }
                | Self::NothingAt { .. }
        )
    }
}

fn declared(gives: &str) -> String {
    if gives.is_empty() { String::new() } else { format!(", with {gives}") }
}

fn because(reasons: &[String]) -> String {
    if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join("; ")) }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("\n  | {line}")).collect()
}

fn advice(status: u16) -> &'static str {
    match status {
        300..=399 => " (redirects are not followed: give the final url)",
        401 | 403 => " (look at the headers of this source: has its token expired?)",
        _ => "",
    }
}

fn members_or_none(members: &[String]) -> String {
    if members.is_empty() {
        return "no members".into();
    }
    let shown: Vec<&str> = members.iter().take(12).map(String::as_str).collect();
    shown.join(", ")
}

//! Offers from a program of the user's: it prints a link or JSON, and is told in its environment
//! what is wanted. No shell stands between.

use std::fmt;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::Command;

use super::answer::{self, Minted};
use super::excerpt::excerpt;
use super::{OfferError, Wanted};

/// As much as a program may print, in octets.
const MOST_OUTPUT: u64 = 1024 * 1024;

/// A program that mints one offer each time it runs.
///
/// It finds in its environment what is wanted; a variable that does not matter is not set:
///
/// | variable | value |
/// |---|---|
/// | `VCISPEC_WANT_TX_CODE` | `true` or `false` |
/// | `VCISPEC_WANT_CONFIGURATION_ID` | a `credential_configuration_id` |
/// | `VCISPEC_WANT_CONFIGURATIONS` | how many configurations the offer names |
/// | `VCISPEC_WANT_SUBJECT` | a name that the configuration gives a meaning |
/// | `VCISPEC_WANT_BY_REFERENCE` | `true` or `false` |
///
/// It prints the offer on standard output: a link, a URL, the offer as JSON, or JSON with
/// `credential_offer_uri` or `credential_offer` and, beside it, `tx_code`.
#[derive(Clone)]
pub struct Exec {
    /// The program and its arguments.
    pub argv: Vec<String>,
    /// Where it runs. A program given as a relative path is looked for here too.
    pub directory: PathBuf,
    /// How long it may take.
    pub time_limit: Duration,
}

impl Exec {
    pub(super) async fn mint(&self, name: &str, wanted: &Wanted) -> Result<Minted, OfferError> {
        let printed = self.run(name, |command| tell(command, wanted)).await?;
        answer::read(&printed)
            .map_err(|reason| OfferError::NotAnOffer { name: name.to_owned(), reason })
    }

    /// Runs it with these variables in its environment; what it prints is not looked at.
    pub async fn tell(&self, name: &str, variables: &[(&str, &str)]) -> Result<(), OfferError> {
        let set = |command: &mut Command| {
            command.envs(variables.iter().copied());
        };
        self.run(name, set).await.map(|_| ())
    }

    /// What it prints.
    async fn run(&self, name: &str, tell: impl FnOnce(&mut Command)) -> Result<String, OfferError> {
        let Some((program, arguments)) = self.argv.split_first() else {
            return Err(OfferError::Misconfigured {
                name: name.to_owned(),
                reason: "expected a program in exec, found an empty list".into(),
            });
        };
        let mut command = Command::new(self.place_of(program));
        command
            .args(arguments)
            .current_dir(&self.directory)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        tell(&mut command);
        let run = run(name, program, command);
        match tokio::time::timeout(self.time_limit, run).await {
            Ok(printed) => printed,
            Err(_) => Err(OfferError::TimedOut {
                name: name.to_owned(),
                seconds: self.time_limit.as_secs_f64(),
            }),
        }
    }

    /// A path is relative to the directory; a bare name is looked up in `PATH`.
    fn place_of(&self, program: &str) -> PathBuf {
        if !program.contains(std::path::is_separator) {
            return PathBuf::from(program);
        }
        // Absolute, because the child has changed its directory when it looks.
        let path = self.directory.join(program);
        std::path::absolute(&path).unwrap_or(path)
    }
}

impl fmt::Debug for Exec {
    /// Arguments may be secrets.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Exec")
            .field("program", &self.argv.first())
            .field("directory", &self.directory)
            .finish_non_exhaustive()
    }
}

fn tell(command: &mut Command, wanted: &Wanted) {
    let flag = |wanted: Option<bool>| wanted.map(|wanted| wanted.to_string());
    for (variable, value) in [
        ("VCISPEC_WANT_TX_CODE", flag(wanted.tx_code)),
        ("VCISPEC_WANT_CONFIGURATION_ID", wanted.credential_configuration_id.clone()),
        ("VCISPEC_WANT_CONFIGURATIONS", Some(wanted.configurations.max(1).to_string())),
        ("VCISPEC_WANT_SUBJECT", wanted.subject.clone()),
        ("VCISPEC_WANT_TENANT", wanted.tenant.clone()),
        ("VCISPEC_WANT_BY_REFERENCE", flag(wanted.by_reference)),
    ] {
        match value {
            Some(value) => command.env(variable, value),
            None => command.env_remove(variable),
        };
    }
}

async fn run(name: &str, program: &str, mut command: Command) -> Result<String, OfferError> {
    let not_started = |error: std::io::Error| OfferError::NotStarted {
        name: name.to_owned(),
        program: program.to_owned(),
        reason: error.to_string(),
    };
    let mut child = command.spawn().map_err(not_started)?;
    let (stdout, stderr) =
        tokio::join!(bounded(child.stdout.take(), true), bounded(child.stderr.take(), false));
    let stdout =
        stdout.ok_or_else(|| OfferError::TooLong { name: name.to_owned(), limit: MOST_OUTPUT })?;
    let status = child.wait().await.map_err(not_started)?;
    if !status.success() {
        return Err(OfferError::CommandFailed {
            name: name.to_owned(),
            program: program.to_owned(),
            status: status.to_string(),
            stderr: excerpt(&String::from_utf8_lossy(&stderr.unwrap_or_default())),
        });
    }
    Ok(String::from_utf8_lossy(&stdout).into_owned())
}

/// Reads a stream to its end: nothing when it is too long and that matters, else its beginning.
async fn bounded(stream: Option<impl AsyncRead + Unpin>, strict: bool) -> Option<Vec<u8>> {
    let mut stream = stream?;
    let mut read = Vec::new();
    // An unreadable stream ends where it broke off; the exit status tells the rest.
    drop((&mut stream).take(MOST_OUTPUT).read_to_end(&mut read).await);
    let beyond = if strict {
        stream.read_u8().await.is_ok()
    } else {
        drop(tokio::io::copy(&mut stream, &mut tokio::io::sink()).await);
        false
    };
    (!beyond).then_some(read)
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;

    async fn mint(script: &str, limit: Duration) -> Result<Minted, OfferError> {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("mint.sh"), script).unwrap();
        let exec = Exec {
            argv: vec!["sh".into(), "mint.sh".into()],
            directory: directory.path().to_owned(),
            time_limit: limit,
        };
        let wanted = Wanted {
            tx_code: Some(true),
            credential_configuration_id: Some("pid".into()),
            ..Wanted::default()
        };
        exec.mint("script", &wanted).await
    }

    const AMPLE: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn a_program_is_told_what_is_wanted_and_prints_the_offer() {
        let script = r#"
            test "$VCISPEC_WANT_TX_CODE" = true || exit 3
            test -z "${VCISPEC_WANT_SUBJECT+set}" || exit 4
            echo "{\"credential_offer_uri\": \"https://h/$VCISPEC_WANT_CONFIGURATION_ID\", \"tx_code\": \"0042\"}"
        "#;
        let minted = mint(script, AMPLE).await.unwrap();
        assert_eq!(minted.given, "https://h/pid");
        assert_eq!(minted.tx_code.as_deref(), Some("0042"));
    }

    #[tokio::test]
    async fn a_failing_program_says_why() {
        let error = mint("echo 'no such user' >&2; exit 3", AMPLE).await;
        let text = error.unwrap_err().to_string();
        assert_eq!(
            text,
            "offer source script: sh ended with exit status: 3; run it by hand to see more\n  | no such user"
        );
    }

    #[tokio::test]
    async fn output_without_an_offer_is_refused() {
        let error = mint("echo usage: mint", AMPLE).await.unwrap_err();
        assert!(matches!(error, OfferError::NotAnOffer { .. }), "{error}");
    }

    #[tokio::test]
    async fn a_program_cannot_hang_or_flood() {
        let hang = mint("exec tail -f /dev/null", Duration::from_millis(30)).await;
        assert!(matches!(hang, Err(OfferError::TimedOut { .. })));
        let flood = mint("exec yes", AMPLE).await;
        assert!(matches!(flood, Err(OfferError::TooLong { .. })));
    }

    #[test]
    fn a_relative_program_is_found_from_any_directory() {
        let exec =
            Exec { argv: Vec::new(), directory: PathBuf::from("issuers/one"), time_limit: AMPLE };
        let place = exec.place_of("./mint.sh");
        assert!(place.is_absolute() && place.ends_with("issuers/one/mint.sh"));
        assert_eq!(exec.place_of("mint"), PathBuf::from("mint"));
    }

    #[tokio::test]
    async fn a_missing_program_is_named() {
        let exec = Exec {
            argv: vec!["./nowhere".into()],
            directory: std::env::temp_dir(),
            time_limit: AMPLE,
        };
        let error = exec.mint("script", &Wanted::default()).await.unwrap_err();
        assert!(error.to_string().contains("cannot start ./nowhere"));
    }
}

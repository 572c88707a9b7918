//! From nothing to a green gate, as somebody does it who has an issuer that we did not write: `vcispec init`, the offer
//! source, a red pipeline, a baseline, a green pipeline.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::npm;
use crate::process::{self, Ended};
use crate::service::Service;
use crate::{Outcome, workspace};

/// As long as one command may take.
const PATIENCE: Duration = Duration::from_secs(180);
/// As long as somebody should need who reads nothing but the documentation.
const TEN_MINUTES: Duration = Duration::from_secs(600);
/// Where the answer of the minting endpoint has the transaction code: what `init` writes, and what is there.
const TX_CODE: (&str, &str) = ("tx_code = \"/tx_code\"", "tx_code = \"/tx_code_value\"");

/// A folder of somebody's repository, on a machine with vcispec.
struct Repository {
    folder: PathBuf,
    program: PathBuf,
    /// Where offers are minted.
    mint_url: String,
}

/// Goes the whole way, and tells how long it took.
pub fn run(program: &Path) -> Outcome {
    println!("\nFrom nothing to a green gate, for the third-party issuer");
    let folder = workspace::scratch("interop")?.join("gate");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir(&folder)?;
    let mut issuer = npm::node("issuer.mjs");
    issuer.stderr(File::create(folder.join("issuer.log"))?);
    let issuer = Service::start(issuer)?;
    let mint_url = format!("{}/offers", issuer.greeting.management_url);
    let repository = Repository { folder, program: program.to_owned(), mint_url };

    let started = Instant::now();
    let named = ["init", "--issuer", &issuer.greeting.credential_issuer];
    let asks_nothing = ["--ci", "shell", "--offer-source", "http", "--yes"];
    repository.vcispec(0, &[&named[..], &asks_nothing].concat())?;
    repository.fill_in_the_offer_source()?;
    let red = repository.gate(1)?;
    let reason = ["--reason", "found when the gate was introduced"];
    let written = repository.vcispec(
        0,
        &[&["baseline", "write", "vcispec-report/report.json"][..], &reason].concat(),
    )?;
    let green = repository.gate(0)?;
    let took = started.elapsed();

    println!("  red    {:>5.1} s  {}", red.took.as_secs_f64(), last_line(&red));
    println!("  known            {}", last_line(&written));
    println!("  green  {:>5.1} s  {}", green.took.as_secs_f64(), last_line(&green));
    println!("  from init to green in {:.1} s", took.as_secs_f64());
    match took < TEN_MINUTES {
        true => Ok(()),
        false => Err("expected a green gate within ten minutes".into()),
    }
}

impl Repository {
    /// What the recipe says is the user's to do: the pointers into the answer of the endpoint.
    fn fill_in_the_offer_source(&self) -> Outcome {
        let path = self.folder.join("vcispec.toml");
        let text = fs::read_to_string(&path)?;
        let (written, right) = TX_CODE;
        if !text.contains(written) {
            return Err(format!("expected {written} in {}", path.display()).into());
        }
        Ok(fs::write(path, text.replace(written, right))?)
    }

    /// The script that `init` wrote, as a pipeline runs it.
    fn gate(&self, exit: i32) -> Outcome<Ended> {
        self.carry_out(Command::new("./vcispec-gate.sh"), exit)
    }

    fn vcispec(&self, exit: i32, arguments: &[&str]) -> Outcome<Ended> {
        let mut command = Command::new(&self.program);
        command.args(arguments);
        self.carry_out(command, exit)
    }

    fn carry_out(&self, mut command: Command, exit: i32) -> Outcome<Ended> {
        let of_the_program = self.program.parent().map(Path::to_owned);
        let of_the_system = env::var_os("PATH").unwrap_or_default();
        let path =
            env::join_paths(of_the_program.into_iter().chain(env::split_paths(&of_the_system)))?;
        command.current_dir(&self.folder).env("PATH", path);
        // What the script says it needs in its environment.
        command.env("MINT_URL", &self.mint_url).env("MINT_TOKEN", "nobody-asks-for-it");
        let shown = format!("{command:?}");
        let ended = process::run(command, PATIENCE)?;
        match ended.status.code() == Some(exit) {
            true => Ok(ended),
            false => Err(format!(
                "expected exit {exit} of {shown}, got {}\n{}{}",
                ended.status, ended.stdout, ended.stderr
            )
            .into()),
        }
    }
}

/// What a command said last, which is what it all comes to.
fn last_line(ended: &Ended) -> &str {
    ended.stderr.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().trim()
}

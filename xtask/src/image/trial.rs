//! An image unpacked by umoci, a tool that is not ours, and what it holds run from the unpacked root, as the user and in
//! the environment that the image names: no libraries, no shell, no home.
//!
//! The issuer outside is reached by name and over https, so that looking up names and finding authorities are tried,
//! too. Namespaces may not be had where the tests run; a change of root is enough.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::layout::{self, Files};
use super::recipe::{AUTHORITIES, NOBODY};
use crate::mint::mint;
use crate::service::Service;
use crate::workspace::VERSION;
use crate::{Outcome, process, workspace};

/// As long as one command may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// A name that only the unpacked root knows.
const HOST: &str = "issuer.test";
/// A module for looking up names that stops every program that loads it.
const TRAP: &str = "__attribute__((constructor)) static void trap(void) { __builtin_trap(); }";

/// Unpacks the image and tries what it holds; says so where that cannot be done here.
pub fn run(files: &Files, outside: &Path) -> Outcome {
    if Command::new("umoci").arg("--version").output().is_err() {
        println!("not unpacked and run: umoci is not installed");
        return Ok(());
    }
    let folder = workspace::scratch("image-trial")?;
    if fs::metadata(&folder)?.uid() != 0 || fs::metadata("/proc/self")?.uid() != 0 {
        println!("not unpacked and run: only root may change the root");
        return Ok(());
    }
    let container = Container::unpack(files, &folder)?;
    container.trial(outside)?;
    fs::remove_dir_all(folder)?;
    println!("unpacked by umoci and run from there, over https");
    Ok(())
}

/// What a container engine would start.
struct Container {
    root: PathBuf,
    process: Start,
}

/// How umoci says that it is started: part of `config.json`.
#[derive(Deserialize)]
struct Start {
    args: Vec<String>,
    env: Vec<String>,
    cwd: String,
    user: User,
}

#[derive(Deserialize)]
struct User {
    uid: u32,
    gid: u32,
}

impl Container {
    fn unpack(files: &Files, folder: &Path) -> Outcome<Self> {
        #[derive(Deserialize)]
        struct Bundle {
            process: Start,
        }
        fs::remove_dir_all(folder)?;
        fs::create_dir_all(folder)?;
        layout::write(files, &folder.join("layout"), 0)?;
        let mut umoci = Command::new("umoci");
        umoci.args(["unpack", "--image", &format!("layout:{VERSION}"), "bundle"]);
        umoci.current_dir(folder);
        succeed(umoci)?;
        let bundle = folder.join("bundle");
        let Bundle { process } = serde_json::from_slice(&fs::read(bundle.join("config.json"))?)?;
        Ok(Self { root: bundle.join("rootfs"), process })
    }

    fn trial(&self, outside: &Path) -> Outcome {
        succeed(self.command(&["--version"]))?;
        // The bundled issuer, the bundled wallet: loopback, threads, everything but TLS.
        succeed(self.command(&[]))?;

        let mut serve = Command::new(outside);
        serve.args(["serve", "--json", "--configuration", "tls", "--host", HOST]);
        let issuer = Service::start(serve)?;
        let name = issuer.greeting.credential_issuer.as_str();
        let authority = issuer.greeting.ca_certificate.as_deref().ok_or("expected an authority")?;
        // What an engine adds to every container.
        fs::write(self.root.join("etc/hosts"), format!("127.0.0.1 localhost {HOST}\n"))?;
        fs::write(self.data("authority.pem"), authority)?;
        self.set_a_trap()?;

        let offer = mint(
            &issuer.greeting.management_url,
            &json!({ "credential_configuration_id": "pid" }),
        )?;
        let trusting = ["--ca", "authority.pem"];
        succeed(self.command(&[&["accept", &offer.credential_offer_uri][..], &trusting].concat()))?;
        let judging = ["run", "--issuer", name, "--report", "json=report.json"];
        succeed(self.command(&[&judging[..], &trusting].concat()))?;
        let owner = fs::metadata(self.data("report.json"))?.uid();
        if owner != NOBODY {
            return Err(format!("expected a report of user {NOBODY}, found one of {owner}").into());
        }

        // It is the authorities of the image that count: without ours no, with ours among them yes.
        if process::run(self.command(&judging), PATIENCE)?.status.success() {
            return Err("an issuer of an unknown authority was trusted".into());
        }
        let inside = self.root.join(AUTHORITIES.trim_start_matches('/'));
        OpenOptions::new().append(true).open(inside)?.write_all(authority.as_bytes())?;
        succeed(self.command(&judging))
    }

    /// What the machine of somebody who takes the program alone may have: a module for looking up names that is made for
    /// another C library. To load it would be the end.
    fn set_a_trap(&self) -> Outcome {
        let source = self.data("trap.c");
        fs::write(&source, TRAP)?;
        fs::create_dir_all(self.root.join("lib"))?;
        let mut compile = Command::new("cc");
        compile.args(["-shared", "-fPIC", "-nostdlib", "-o"]);
        compile.arg(self.root.join("lib/libnss_trap.so.2")).arg(source);
        succeed(compile)?;
        Ok(fs::write(self.root.join("etc/nsswitch.conf"), "hosts: trap files dns\n")?)
    }

    /// The program of the image, from the unpacked root, with more arguments.
    fn command(&self, arguments: &[&str]) -> Command {
        let Start { args, env, cwd, user } = &self.process;
        let mut command = Command::new("unshare");
        command.arg("--root").arg(&self.root).args(["--wd", cwd]);
        command.args(["--setgid", &user.gid.to_string(), "--setuid", &user.uid.to_string(), "--"]);
        command.args(args).args(arguments).env_clear();
        command.envs(env.iter().filter_map(|variable| variable.split_once('=')));
        command
    }

    /// A file where the program works.
    fn data(&self, name: &str) -> PathBuf {
        self.root.join(self.process.cwd.trim_start_matches('/')).join(name)
    }
}

fn succeed(command: Command) -> Outcome {
    let told = format!("{command:?}");
    let ended = process::run(command, PATIENCE)?;
    match ended.status.success() {
        true => Ok(()),
        false => Err(format!("{told}\n{}\n{}{}", ended.status, ended.stdout, ended.stderr).into()),
    }
}

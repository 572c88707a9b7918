//! A directory in which somebody ran `vcispec init`, and the machine of a pipeline around it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use sha2::Digest as _;

use crate::process::Served;

const BINARY: &str = env!("CARGO_BIN_EXE_vcispec");

/// What the machine has in the place of Cargo: it writes down what it was asked for, and installs
/// the program under test.
const CARGO: &str = "\
#!/bin/sh
echo \"$@\" >> \"$LOG/cargo.log\"
mkdir -p \"$4/bin\"
cp \"$VCISPEC_UNDER_TEST\" \"$4/bin/vcispec\"
";

/// What the machine has in the place of curl: `--output FILE URL`, of files only.
const CURL: &str = "\
#!/bin/sh
while [ \"$1\" != --output ]; do shift; done
cp \"${3#file://}\" \"$2\"
";

/// The directory and the machine.
pub struct Stage {
    folder: tempfile::TempDir,
    /// Settings and secrets of the pipeline.
    pub variables: BTreeMap<String, String>,
    path: String,
}

impl Stage {
    /// After `vcispec init` for this issuer, with these arguments.
    pub fn with(served: &Served, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("machine")).unwrap();
        let output = Command::new(BINARY)
            .args(["init", "--issuer", &served.issuer])
            .args(arguments)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        let mut stage = Self { folder, variables: BTreeMap::new(), path: String::new() };
        stage.path = format!("{}:{}", bin().display(), stage.system_path());
        stage.set("MANAGEMENT_URL", &served.management);
        // Nobody waits for an issuer that was never there.
        stage.set("VCISPEC_WAIT", "1");
        stage
    }

    /// Where the files are.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Where the machine keeps its own files.
    pub fn machine(&self) -> PathBuf {
        self.root().join("machine")
    }

    /// Sets a variable of the pipeline.
    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.insert(name.to_owned(), value.to_owned());
    }

    /// Takes one out.
    pub fn unset(&mut self, name: &str) {
        self.variables.remove(name);
    }

    /// Changes the configuration.
    pub fn replace(&mut self, what: &str, by: &str) {
        let path = self.root().join("vcispec.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(what), "{what} is not in {text}");
        std::fs::write(path, text.replacen(what, by, 1)).unwrap();
    }

    /// Leaves scenarios out, beside those that are left out already.
    pub fn leave_out(&mut self, globs: &[&str]) {
        let lines: String = globs.iter().map(|glob| format!("    {glob:?},\n")).collect();
        self.replace("exclude = [\n", &format!("exclude = [\n{lines}"));
    }

    /// Writes a file.
    pub fn write(&mut self, name: &str, text: &str) {
        std::fs::write(self.root().join(name), text).unwrap();
    }

    /// Lets a check fail until the end of that day.
    pub fn known(&mut self, expires: &str) {
        let entry = format!(
            "[[known]]\ncheck = \"nonce/is-uncacheable\"\nreason = \"a test\"\nexpires = {expires}\n"
        );
        self.write("vcispec-baseline.toml", &entry);
    }

    /// Records what the issuer says, and has every run held against it.
    pub fn record(&mut self) {
        self.replace("# snapshot = \"snapshots/issuers/issuer.toml\"", "snapshot = \"shape.toml\"");
        let mut command = Command::new(BINARY);
        command.args(["snapshot", "shape.toml"]);
        let output = self.run(command, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    }

    /// A machine on which vcispec is not installed, and Cargo is.
    pub fn without_vcispec(&mut self) {
        let tools = self.machine().join("tools");
        std::fs::create_dir(&tools).unwrap();
        for (name, text) in [("cargo", CARGO), ("curl", CURL)] {
            program(&tools.join(name), text);
        }
        self.path = format!("{}:{}", tools.display(), self.system_path());
    }

    /// A release archive with the program under test, and its digest.
    pub fn archive(&self) -> (String, String) {
        let archive = self.machine().join("release.tar.gz");
        let mut command = Command::new("tar");
        command.args(["-czf", archive.to_str().unwrap(), "-C", bin().to_str().unwrap(), "vcispec"]);
        assert!(command.status().unwrap().success());
        let digest = sha2::Sha256::digest(std::fs::read(&archive).unwrap());
        let digest = digest.iter().map(|octet| format!("{octet:02x}")).collect();
        (format!("file://{}", archive.display()), digest)
    }

    /// Whether a file is there.
    pub fn has(&self, name: &str) -> bool {
        self.root().join(name).is_file() || self.machine().join(name).is_file()
    }

    /// The text of a file.
    pub fn read(&self, name: &str) -> String {
        let path = self.root().join(name);
        let path = if path.is_file() { path } else { self.machine().join(name) };
        std::fs::read_to_string(path).unwrap_or_default()
    }

    /// A file as YAML.
    pub fn yaml(&self, name: &str) -> Value {
        yaml(&self.read(name))
    }

    /// Runs a program on this machine, which has nothing in its environment but what is said.
    pub fn run(&self, mut command: Command, environment: &[(String, String)]) -> Output {
        let home = self.machine().join("home");
        let of_this_build = std::env::vars().filter(|(name, _)| name.starts_with("LLVM_"));
        command
            .current_dir(self.root())
            .env_clear()
            .envs(of_this_build)
            .env("PATH", &self.path)
            .env("HOME", home)
            .env("LOG", self.machine())
            .env("VCISPEC_UNDER_TEST", BINARY)
            .env("CI", "true")
            .envs(&self.variables)
            .envs(environment.iter().cloned())
            .stdin(Stdio::null());
        command.output().unwrap()
    }

    /// The programs of the system; vcispec and Cargo are not among them.
    fn system_path(&self) -> String {
        "/usr/local/bin:/usr/bin:/bin".to_owned()
    }
}

/// Any YAML document.
pub fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// What a program said.
pub fn told(output: &Output) -> String {
    let text = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

fn bin() -> &'static Path {
    Path::new(BINARY).parent().unwrap()
}

fn program(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

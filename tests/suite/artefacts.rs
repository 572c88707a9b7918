//! Every artefact of one run: what is in it, what must not be, and who may read it.

use std::collections::{BTreeSet, HashMap};
#[cfg(unix)]
use std::path::Path;
use std::path::PathBuf;
use std::process::{Command, Output};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::Value;

use super::process::{BINARY, Served, stderr, stdout};

/// Claims that nobody else would make, with characters that are written in many ways.
const CLAIMS: &[(&str, &str)] = &[
    ("given_name", "Zwölfender Ünika/Q?"),
    ("family_name", "van \"Nirgends\" & Söhne"),
    ("birthdate", "1871-02-03"),
];
/// Shorter texts are found in identifiers and times by chance.
const SHORTEST: usize = 8;
/// What `--out` writes.
const FILES: &[&str] = &[
    "SHA256SUMS",
    "report.har",
    "report.html",
    "report.json",
    "report.md",
    "report.txt",
    "report.xml",
];

/// A run in a folder of its own, as in a pipeline of GitHub.
struct Written {
    folder: tempfile::TempDir,
    output: Output,
}

impl Written {
    /// Runs every scenario against an issuer with faults that say more than they should.
    fn with(arguments: &[&str]) -> Self {
        let served = Served::with(&[
            "--fault",
            "nonce-cacheable",
            "--fault",
            "accepts-redeem-again",
            "--fault",
            "accepts-token-in-query",
            "--fault",
            "offer-tells-tx-code",
        ]);
        let folder = tempfile::tempdir().unwrap();
        let claims: Vec<String> =
            CLAIMS.iter().map(|(name, value)| format!("{name} = {}", toml(value))).collect();
        let source = |name: &str, gives: &str, body: &str| {
            format!(
                "[[offers]]\nname = \"{name}\"\ngives = {{ credential_configuration_ids = [\"pid\"], {gives} }}\n\
                 [offers.http]\nurl = \"{}/offers\"\noffer = \"/credential_offer_uri\"\n\
                 body = {{ credential_configuration_id = \"pid\", claims = {{ {} }}, {body} }}\n",
                served.management,
                claims.join(", ")
            )
        };
        let configuration = [
            format!("issuer = \"{}\"\n", served.issuer),
            source("plain", "tx_code = false, by_reference = false", "by_reference = false"),
            source("reference", "tx_code = false, by_reference = true", "by_reference = true"),
            source("code", "tx_code = true, by_reference = false", "tx_code = { length = 12 }"),
            "tx_code = \"/tx_code_value\"\n".to_owned(),
        ];
        std::fs::write(folder.path().join("vcispec.toml"), configuration.concat()).unwrap();
        let mut run = vec!["run", "--save", "evidence", "--out", "out"];
        run.extend(arguments);
        let output = as_in_a_pipeline(&folder, &run);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        Self { folder, output }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Everything that was written for others, with its name.
    fn told(&self) -> Vec<(String, String)> {
        let files =
            FILES.iter().map(|file| (format!("out/{file}"), self.read(&format!("out/{file}"))));
        let streams = [
            ("stdout".to_owned(), stdout(&self.output)),
            ("stderr".to_owned(), stderr(&self.output)),
            ("summary".to_owned(), self.read("summary")),
        ];
        files.chain(streams).collect()
    }

    /// What must not be told, as the evidence has it.
    fn secrets(&self) -> Vec<String> {
        let evidence: Value = serde_json::from_str(&self.read("evidence")).unwrap();
        let mut secrets: Vec<String> =
            CLAIMS.iter().map(|(_, value)| (*value).to_owned()).collect();
        collect(&evidence, &mut secrets);
        secrets.retain(|secret| secret.len() >= SHORTEST);
        secrets.sort();
        secrets.dedup();
        secrets
    }
}

fn as_in_a_pipeline(folder: &tempfile::TempDir, arguments: &[&str]) -> Output {
    Command::new(BINARY)
        .args(arguments)
        .current_dir(folder)
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", folder.path().join("summary"))
        .output()
        .unwrap()
}

/// Text between quotes, as JSON and TOML both write it.
fn toml(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// Codes, tokens, nonces, proofs and credentials, wherever they stand in a document or in a
/// document inside it.
fn collect(value: &Value, secrets: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let secret = matches!(
                    name.as_str(),
                    "pre-authorized_code"
                        | "tx_code"
                        | "access_token"
                        | "c_nonce"
                        | "jwt"
                        | "credential"
                );
                if secret {
                    strings(member, secrets);
                }
                collect(member, secrets);
            }
        }
        Value::Array(items) => {
            if let [Value::String(name), Value::String(value)] = items.as_slice() {
                match name.as_str() {
                    "dpop" | "dpop-nonce" => secrets.push(value.clone()),
                    "authorization" => secrets.extend(value.split(' ').nth(1).map(str::to_owned)),
                    _ => {}
                }
            }
            items.iter().for_each(|item| collect(item, secrets));
        }
        Value::String(text) => {
            if let Ok(inner @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(text) {
                collect(&inner, secrets);
            }
            for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
                if matches!(&*name, "pre-authorized_code" | "tx_code" | "access_token") {
                    secrets.push(value.into_owned());
                }
            }
        }
        _ => {}
    }
}

fn strings(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            into.extend(
                text.split(['~', '.']).skip(1).filter(|part| part.len() > 16).map(str::to_owned),
            );
            into.push(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| strings(item, into)),
        _ => {}
    }
}

/// A secret in every way it could be written.
fn spellings(secret: &str) -> Vec<String> {
    let percent: String = secret
        .bytes()
        .map(|octet| match octet {
            octet if octet.is_ascii_alphanumeric() || b"-._~".contains(&octet) => {
                char::from(octet).to_string()
            }
            octet => format!("%{octet:02X}"),
        })
        .collect();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let json = toml(secret);
    let json = &json[1..json.len() - 1];
    let mut spellings =
        vec![secret.to_owned(), percent.to_lowercase(), percent, form, json.to_owned()];
    // Inside of a longer text there are three ways to fall on the groups of base64.
    for (before, text) in (0..3).flat_map(|before| [(before, secret), (before, json)]) {
        let octets = [vec![b' '; before], text.as_bytes().to_vec()].concat();
        let (first, last) = ([0, 2, 3][before], octets.len() * 8 / 6);
        for engine in [&URL_SAFE_NO_PAD, &STANDARD_NO_PAD] {
            let encoded = engine.encode(&octets);
            spellings.push(encoded.get(first..last).unwrap_or_default().to_owned());
        }
    }
    spellings.retain(|spelling| spelling.len() >= SHORTEST);
    spellings
}

/// Which secrets are told where, as name of the text and secret.
fn leaks(told: &[(String, String)], secrets: &[String]) -> BTreeSet<(String, String)> {
    let mut by_prefix: HashMap<[u8; SHORTEST], Vec<(String, &String)>> = HashMap::new();
    for secret in secrets {
        for spelling in spellings(secret) {
            let prefix = *spelling.as_bytes().first_chunk().unwrap();
            by_prefix.entry(prefix).or_default().push((spelling, secret));
        }
    }
    let mut leaks = BTreeSet::new();
    for (name, text) in told {
        let octets = text.as_bytes();
        for (at, prefix) in octets.windows(SHORTEST).enumerate() {
            let here = by_prefix.get(prefix).into_iter().flatten();
            for (_, secret) in here.filter(|(text, _)| octets[at..].starts_with(text.as_bytes())) {
                leaks.insert((name.clone(), (*secret).clone()));
            }
        }
    }
    leaks
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn schema() -> jsonschema::Validator {
    let printed = Command::new(BINARY).args(["schema", "report"]).output().unwrap();
    let schema: Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!(schema["title"], "vcispec report, version 1");
    jsonschema::validator_for(&schema).unwrap()
}

fn assert_valid(report: &str) {
    let report: Value = serde_json::from_str(report).unwrap();
    let complaints: Vec<String> = schema()
        .iter_errors(&report)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn no_artefact_tells_a_secret_or_a_claim() {
    let run = Written::with(&[]);
    let secrets = run.secrets();
    assert!(secrets.len() > 100, "only {} secrets were met", secrets.len());
    assert!(secrets.iter().any(|secret| secret.len() == 12), "no transaction code was met");
    let leaks = leaks(&run.told(), &secrets);
    assert!(leaks.is_empty(), "{leaks:#?}");

    // The folder is whole, and as its manifest says.
    let mut names: Vec<String> = std::fs::read_dir(run.path("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, FILES);
    let mut sums = Command::new("sha256sum");
    sums.args(["-c", "--strict", "SHA256SUMS"]).current_dir(run.path("out"));
    let sums = sums.output().unwrap();
    assert_eq!(stdout(&sums).matches(": OK").count(), FILES.len() - 1, "{}", stderr(&sums));
    assert_valid(&run.read("out/report.json"));

    // GitHub is told by itself.
    assert!(run.read("summary").contains("## Not conformant: "));
    let annotations = stdout(&run.output);
    assert!(annotations.lines().all(|line| line.starts_with("::")), "{annotations}");
    assert!(annotations.contains("::error title=FAIL nonce/is-uncacheable::"), "{annotations}");

    // The evidence gives the same artefacts, and says the same to GitHub unless a report does.
    let judge = ["judge", "evidence", "--out", "again/deep", "--report", "json"];
    let judged = as_in_a_pipeline(&run.folder, &judge);
    assert_eq!(judged.status.code(), Some(1), "{}", stderr(&judged));
    assert_eq!(stdout(&judged), run.read("out/report.json"));
    for file in FILES {
        assert_eq!(run.read(&format!("out/{file}")), run.read(&format!("again/deep/{file}")));
    }
    assert_eq!(run.read("summary").matches("## Not conformant: ").count(), 2);
}

#[test]
fn secrets_are_left_in_for_their_owner_alone() {
    let run = Written::with(&["--unredacted", "--report", "json=report.json"]);
    let told = run.told();
    for (name, text) in &told {
        let in_the_clear = name.starts_with("out/") && name != "out/SHA256SUMS";
        assert_eq!(text.contains("contains secrets: do not pass on"), in_the_clear, "{name}");
    }
    let secrets = run.secrets();
    let public: Vec<_> = told.into_iter().filter(|(name, _)| !name.starts_with("out/")).collect();
    let told = leaks(&public, &secrets);
    assert!(told.is_empty(), "{told:#?}");
    // Which shows also that they would have been found elsewhere.
    for name in ["out/report.json", "out/report.har", "report.json"] {
        let told = leaks(&[(name.to_owned(), run.read(name))], &secrets);
        assert!(told.len() * 10 > secrets.len() * 9, "{name}: {} of {}", told.len(), secrets.len());
        for (claim, value) in CLAIMS {
            assert!(told.iter().any(|(_, secret)| secret == value), "{name} {claim}");
        }
    }
    #[cfg(unix)]
    {
        for file in FILES {
            assert_eq!(mode(&run.path("out").join(file)), 0o600, "{file}");
        }
        assert_eq!(mode(&run.path("report.json")), 0o600);
    }
    assert_valid(&run.read("report.json"));
    // It is a report all the same, and no evidence.
    let judged = as_in_a_pipeline(&run.folder, &["judge", "report.json"]);
    assert_eq!(judged.status.code(), Some(2), "{}", stderr(&judged));
}

#[test]
fn a_green_run_is_valid_and_annotates_no_errors() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("vcispec.toml"),
        "[[offers]]\nname = \"own\"\nbuiltin = true\n",
    )
    .unwrap();
    let run = ["run", "--report", "json=report.json", "--report", "har=/dev/null"];
    let output = as_in_a_pipeline(&folder, &run);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!stdout(&output).contains("::error"), "{}", stdout(&output));
    assert_valid(&std::fs::read_to_string(folder.path().join("report.json")).unwrap());
    assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn where_nothing_can_be_written_nothing_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let issuer = ["run", "--issuer", "https://issuer.example"];
    for arguments in [&["--out", "file"][..], &["--out", "file/out"], &["--unredacted"]] {
        let output = as_in_a_pipeline(&folder, &[&issuer[..], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
    }
    assert!(!folder.path().join("summary").exists());
}

//! The shell lines of every pipeline file that `init` writes, and of `action.yml`, taken out of
//! the files and executed against the real reference issuer: what they exit with is the verdict.

mod github;
mod gitlab;
mod stage;

use std::process::{Command, Output};

use crate::process::Served;
use stage::Stage;

/// A pipeline that can be executed here.
struct Pipeline {
    /// As `--ci` has it.
    system: &'static str,
    execute: fn(&Stage) -> Output,
}

const PIPELINES: &[Pipeline] = &[
    Pipeline { system: "shell", execute: shell },
    Pipeline { system: "gitlab", execute: gitlab::job },
    Pipeline { system: "github", execute: github::job },
];

/// What a pipeline may meet, and what it must exit with.
struct Case {
    name: &'static str,
    /// The arguments of `vcispec serve`.
    issuer: &'static [&'static str],
    /// What is done to the directory after `vcispec init`.
    prepare: fn(&mut Stage),
    exit: i32,
}

/// A fault that only a check of edition 2026.2 catches.
const NEWER: &[&str] = &["--configuration", "plain", "--fault", "digests-as-a-string"];

/// What a pipeline may meet. No case is about a refusal, and most offers are for those.
const CASES: &[Case] = &[
    Case { name: "green", issuer: &[], prepare: |_| (), exit: 0 },
    Case { name: "red", issuer: &["--fault", "nonce-cacheable"], prepare: |_| (), exit: 1 },
    Case {
        name: "unreachable",
        issuer: &[],
        prepare: |stage| stage.replace("issuer = ", "issuer = \"http://127.0.0.1:9\" #"),
        exit: 3,
    },
    Case {
        name: "broken offer source",
        issuer: &[],
        prepare: |stage| stage.set("MANAGEMENT_URL", "http://127.0.0.1:9"),
        exit: 3,
    },
    Case {
        name: "known",
        issuer: &["--fault", "nonce-cacheable"],
        prepare: |stage| stage.known("2099-12-31"),
        exit: 0,
    },
    Case { name: "stale", issuer: &[], prepare: |stage| stage.known("2099-12-31"), exit: 1 },
    Case {
        name: "expired",
        issuer: &["--fault", "nonce-cacheable"],
        prepare: |stage| stage.known("2026-01-31"),
        exit: 1,
    },
    Case { name: "as recorded", issuer: &[], prepare: Stage::record, exit: 0 },
    Case { name: "drift", issuer: &[], prepare: Stage::drift, exit: 1 },
    Case {
        name: "newer than the edition",
        issuer: NEWER,
        prepare: |stage| stage.replace("edition = \"", "edition = \"2026.1\" # "),
        exit: 0,
    },
    Case { name: "in the edition", issuer: NEWER, prepare: |_| (), exit: 1 },
    Case {
        name: "a variable that is not set",
        issuer: &[],
        prepare: |stage| stage.unset("MANAGEMENT_URL"),
        exit: 2,
    },
    Case {
        name: "an unknown key",
        issuer: &[],
        prepare: |stage| stage.replace("require_complete", "require_compleet"),
        exit: 2,
    },
];

/// Every pipeline in every case, and that reports are there where there is a verdict.
fn all_cases(system: &str) {
    let pipeline = PIPELINES.iter().find(|pipeline| pipeline.system == system).unwrap();
    for case in CASES {
        let served = Served::with(case.issuer);
        let mut stage = Stage::with(&served, &["--ci", system]);
        stage.leave_out("refusals/*");
        (case.prepare)(&mut stage);
        let output = (pipeline.execute)(&stage);
        let told = stage::told(&output);
        assert_eq!(output.status.code(), Some(case.exit), "{system}, {}: {told}", case.name);
        assert_eq!(stage.has("vcispec-report/report.xml"), case.exit != 2, "{}: {told}", case.name);
    }
}

#[test]
fn the_shell_script_exits_with_the_verdict() {
    all_cases("shell");
}

#[test]
fn the_gitlab_job_exits_with_the_verdict() {
    all_cases("gitlab");
}

#[test]
fn the_github_workflow_exits_with_the_verdict() {
    all_cases("github");
}

#[test]
fn a_mint_that_nobody_wrote_is_no_verdict_on_the_issuer() {
    let served = Served::with(&[]);
    let stage = Stage::with(&served, &["--ci", "shell", "--offer-source", "exec"]);
    let output = shell(&stage);
    let told = stage::told(&output);
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("mint.sh does not know yet"), "{told}");
}

#[test]
fn where_vcispec_is_missing_it_is_built() {
    for pipeline in PIPELINES {
        let served = Served::with(&[]);
        let mut stage = Stage::with(&served, &["--ci", pipeline.system]);
        stage.without_vcispec();
        let output = (pipeline.execute)(&stage);
        let told = stage::told(&output);
        assert_eq!(output.status.code(), Some(0), "{}: {told}", pipeline.system);
        let asked = stage.read("cargo.log");
        assert!(asked.starts_with("install --locked --root "), "{asked}");
        assert_eq!(asked.lines().count(), 1, "{asked}");
    }
}

#[test]
fn a_release_archive_is_taken_only_with_its_digest() {
    let served = Served::with(&[]);
    let mut stage = Stage::with(&served, &["--ci", "github"]);
    stage.without_vcispec();
    let (url, sha256) = stage.archive();
    let taken = github::action(&stage, &[("binary", &url), ("sha256", &sha256)]);
    assert_eq!(taken.status.code(), Some(0), "{}", stage::told(&taken));
    assert!(!stage.has("cargo.log"));
    let mut stage = Stage::with(&served, &["--ci", "github"]);
    stage.without_vcispec();
    let (url, _) = stage.archive();
    let refused = github::action(&stage, &[("binary", &url), ("sha256", "00")]);
    assert_eq!(refused.status.code(), Some(2), "{}", stage::told(&refused));
}

#[test]
fn an_input_is_never_read_as_a_script() {
    let served = Served::with(&[]);
    let stage = Stage::with(&served, &["--ci", "github"]);
    for (name, value) in [
        ("args", "$(touch owned) `touch owned` ; touch owned"),
        ("config", "$(touch owned)"),
        ("issuer", "\"; touch owned; \""),
    ] {
        let output = github::action(&stage, &[(name, value)]);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", stage::told(&output));
        assert!(!stage.has("owned"), "{name}");
    }
}

#[test]
fn the_action_passes_its_inputs_on() {
    let served = Served::with(&["--fault", "nonce-cacheable"]);
    let stage = Stage::with(&served, &["--ci", "github"]);
    let inputs = [
        ("config", ""),
        ("args", "--include nonce/is-uncacheable\n  --jobs 2"),
        ("issuer", served.issuer.as_str()),
        ("out", "elsewhere"),
    ];
    let output = github::action(&stage, &inputs);
    assert_eq!(output.status.code(), Some(1), "{}", stage::told(&output));
    let report = stage.read("elsewhere/report.json");
    assert!(report.contains("nonce/is-uncacheable"), "{report}");
}

/// The script as any system runs it.
fn shell(stage: &Stage) -> Output {
    stage.run(Command::new("./vcispec-gate.sh"), &[])
}

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
    /// The arguments of the issuer that takes the place of the first one after that.
    then: Option<&'static [&'static str]>,
    exit: i32,
    /// What stands in the log.
    says: &'static [&'static str],
}

/// Nothing is amiss.
const GREEN: Case =
    Case { name: "green", issuer: &[], prepare: |_| (), then: None, exit: 0, says: &["0 fail"] };
/// A fault that is found without an offer.
const FAULT: &[&str] = &["--fault", "nonce-cacheable"];
/// A fault that only a check of edition 2026.2 finds.
const NEWER: &[&str] = &["--configuration", "plain", "--fault", "digests-as-a-string"];
/// A fault that no check finds: under DPoP a token may live for a day.
const UNNOTICED: &[&str] = &["--fault", "token-lives-a-day"];
/// What no case is about. Most of the time and of the offers is for these.
const LEFT_OUT: &[&str] = &[
    "refusals/*",
    "discovery/*-refusals",
    "pre-authorized/anonymous",
    "pre-authorized/b*",
    "pre-authorized/d*",
    "pre-authorized/several-credentials",
    "pre-authorized/t*",
    "pre-authorized/unknown-*",
    "pre-authorized/with-client-id",
];

/// What a pipeline may meet.
const CASES: &[Case] = &[
    GREEN,
    Case {
        name: "red",
        issuer: FAULT,
        exit: 1,
        says: &["FAIL nonce/is-uncacheable", "exit 1: 1 FAIL"],
        ..GREEN
    },
    Case {
        name: "known",
        issuer: FAULT,
        prepare: |stage| stage.known("2999-12-31"),
        says: &["KNOWN nonce/is-uncacheable"],
        ..GREEN
    },
    Case {
        name: "stale",
        issuer: FAULT,
        prepare: |stage| stage.known("2999-12-31"),
        then: Some(&[]),
        exit: 1,
        says: &["STALE nonce/is-uncacheable", "it passes now"],
    },
    Case {
        name: "expired",
        issuer: FAULT,
        prepare: |stage| stage.known("2020-02-29"),
        exit: 1,
        says: &["FAIL nonce/is-uncacheable", "expired on 2020-02-29"],
        ..GREEN
    },
    Case {
        name: "as recorded",
        prepare: Stage::record,
        then: Some(&[]),
        says: &["no drift in"],
        ..GREEN
    },
    Case { name: "changed, and not recorded", then: Some(UNNOTICED), ..GREEN },
    Case {
        name: "drift",
        prepare: Stage::record,
        then: Some(UNNOTICED),
        exit: 1,
        says: &["DRIFT drift/token", "- 300", "+ 86400", "exit 1: 1 DRIFT"],
        ..GREEN
    },
    Case {
        name: "newer than the edition",
        issuer: NEWER,
        prepare: |stage| stage.replace("edition = \"", "edition = \"2026.1\" # "),
        says: &["WARN sd-jwt/reserves-the-digest-names"],
        ..GREEN
    },
    Case {
        name: "in the edition that init writes",
        issuer: NEWER,
        exit: 1,
        says: &["FAIL sd-jwt/reserves-the-digest-names"],
        ..GREEN
    },
    Case {
        name: "no edition is the newest",
        issuer: NEWER,
        prepare: |stage| stage.replace("edition = ", "# edition = "),
        exit: 1,
        says: &["FAIL sd-jwt/reserves-the-digest-names"],
        ..GREEN
    },
    Case {
        name: "unreachable",
        prepare: |stage| stage.replace("issuer = ", "issuer = \"http://127.0.0.1:9\" #"),
        exit: 3,
        says: &["error: the issuer cannot be reached"],
        ..GREEN
    },
    Case {
        name: "broken offer source",
        prepare: |stage| stage.set("MANAGEMENT_URL", "http://127.0.0.1:9"),
        exit: 3,
        says: &["error: there is no offer to begin with"],
        ..GREEN
    },
    Case {
        name: "a variable that is not set",
        prepare: |stage| stage.unset("MANAGEMENT_URL"),
        exit: 2,
        says: &["MANAGEMENT_URL"],
        ..GREEN
    },
    Case {
        name: "an unknown key",
        prepare: |stage| stage.replace("require_complete", "require_compleet"),
        exit: 2,
        says: &["did you mean require_complete?"],
        ..GREEN
    },
    Case {
        name: "a slip in the baseline",
        prepare: |stage| stage.write("vcispec-baseline.toml", "[[known]]\nchek = \"nonce/*\"\n"),
        exit: 2,
        says: &["did you mean check?", "vcispec-baseline.toml:2"],
        ..GREEN
    },
];

/// Every pipeline in every case, and that reports are there where there is a verdict.
fn all_cases(system: &str) {
    let pipeline = PIPELINES.iter().find(|pipeline| pipeline.system == system).unwrap();
    for case in CASES {
        let mut served = Served::with(case.issuer);
        let mut stage = Stage::with(&served, &["--ci", system]);
        stage.leave_out(LEFT_OUT);
        (case.prepare)(&mut stage);
        if let Some(arguments) = case.then {
            served = served.again(arguments);
        }
        let output = (pipeline.execute)(&stage);
        drop(served);
        let told = stage::told(&output);
        assert_eq!(output.status.code(), Some(case.exit), "{system}, {}: {told}", case.name);
        for text in case.says {
            assert!(told.contains(text), "{system}, {}: expected {text:?} in {told}", case.name);
        }
        for report in ["report.xml", "report.json", "report.md", "report.html", "SHA256SUMS"] {
            let is_there = stage.has(&format!("vcispec-report/{report}"));
            assert_eq!(is_there, case.exit != 2, "{system}, {}, {report}: {told}", case.name);
        }
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
    std::fs::remove_file(stage.root().join("mint.sh")).unwrap();
    let output = shell(&stage);
    let told = stage::told(&output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("cannot start ./mint.sh"), "{told}");
}

#[test]
fn the_run_itself_appends_to_the_summary() {
    let served = Served::with(FAULT);
    let mut stage = Stage::with(&served, &["--ci", "shell"]);
    stage.leave_out(LEFT_OUT);
    stage.write("summary.md", "of a step before");
    stage.set("GITHUB_STEP_SUMMARY", "summary.md");
    let output = shell(&stage);
    assert_eq!(output.status.code(), Some(1), "{}", stage::told(&output));
    let report = stage.read("vcispec-report/report.md");
    assert!(report.contains("nonce/is-uncacheable"), "{report}");
    assert_eq!(stage.read("summary.md"), format!("of a step before\n{report}"));
    let junit = stage.read("vcispec-report/report.xml");
    assert!(junit.contains("<failure") && junit.contains("nonce/is-uncacheable"), "{junit}");
}

#[test]
fn where_vcispec_is_missing_it_is_built() {
    for pipeline in PIPELINES {
        let served = Served::with(&[]);
        let mut stage = Stage::with(&served, &["--ci", pipeline.system]);
        stage.leave_out(LEFT_OUT);
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
    stage.leave_out(LEFT_OUT);
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

//! A workflow of GitHub Actions and the composite action that it uses, as the runner takes them:
//! expressions first, then each script in a file of its own.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, ExitStatus, Output};

use serde_json::Value;

use super::stage::{self, Stage};

const ACTION: &str = include_str!("../../../action.yml");

/// Runs the job in `.github/workflows/vcispec.yml`, from the step that uses our action on.
pub fn job(stage: &Stage) -> Output {
    let workflow = stage.yaml(".github/workflows/vcispec.yml");
    assert_eq!(workflow["permissions"]["contents"], "read");
    let steps = workflow["jobs"]["vcispec"]["steps"].as_array().unwrap();
    for step in steps {
        is_pinned(step);
        assert!(step.get("run").is_none(), "a script that nobody executes here: {step}");
    }
    let home = concat!("vcispec/vcispec@v", env!("CARGO_PKG_VERSION"));
    let ours = steps.iter().find(|step| step["uses"] == home).unwrap();
    let with: Vec<(String, String)> = entries(&ours["with"]).collect();
    let mut context = Context::default();
    for (name, value) in &stage.variables {
        context.know("secrets", name, value);
        context.know("vars", name, value);
    }
    let environment = entries(&ours["env"]);
    let environment = environment.map(|(name, value)| (name, context.filled(&value)));
    // What is not set is empty there.
    let environment: Vec<_> = environment.filter(|(_, value)| !value.is_empty()).collect();
    composite(stage, &with, &environment)
}

/// Runs the action alone, with these inputs and the variables of the stage.
pub fn action(stage: &Stage, inputs: &[(&str, &str)]) -> Output {
    let inputs: Vec<_> =
        inputs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let variables = stage.variables.iter().map(|(name, value)| (name.clone(), value.clone()));
    composite(stage, &inputs, &variables.collect::<Vec<_>>())
}

fn composite(stage: &Stage, with: &[(String, String)], from: &[(String, String)]) -> Output {
    let action = stage::yaml(ACTION);
    let declared = action["inputs"].as_object().unwrap();
    let mut context = Context::default();
    context.know("runner", "os", "Linux");
    context.know("runner", "arch", "X64");
    for (name, input) in declared {
        context.know("inputs", name, input["default"].as_str().unwrap());
    }
    for (name, value) in with {
        assert!(declared.contains_key(name), "no input is called {name}");
        context.know("inputs", name, value);
    }
    // Nobody waits for an issuer that was never there.
    context.know("inputs", "wait", "1");
    let mut log = Output { status: ExitStatus::from_raw(0), stdout: vec![], stderr: vec![] };
    let mut kept = false;
    for (number, step) in action["runs"]["steps"].as_array().unwrap().iter().enumerate() {
        if !context.goes_on(step["if"].as_str(), log.status.success()) {
            continue;
        }
        is_pinned(step);
        if step.get("uses").is_some() {
            kept |= step["with"]["path"].as_str().is_some_and(|path| path.contains("inputs.out"));
            continue;
        }
        let output = script(stage, step, number, &mut context, from);
        log.stdout.extend(&output.stdout);
        log.stderr.extend(&output.stderr);
        if log.status.success() {
            log.status = output.status;
        }
    }
    assert!(kept, "the reports were not kept: {}", stage::told(&log));
    // What is shown with the job is the Markdown report of the run, and nothing else.
    let report = stage.read(&format!("{}/report.md", context.value("inputs.out")));
    assert_eq!(context.summary.trim(), report.trim(), "{}", stage::told(&log));
    let code = action["outputs"]["exit-code"]["value"].as_str().unwrap();
    let ours = log.status.code().unwrap().to_string();
    let told = context.filled(code);
    assert!(told == ours || told.is_empty(), "exit-code is {told}, and the job ends with {ours}");
    log
}

/// One `run` step: a file, and bash with the options that the runner gives it.
fn script(
    stage: &Stage,
    step: &Value,
    number: usize,
    context: &mut Context,
    from: &[(String, String)],
) -> Output {
    let text = step["run"].as_str().unwrap();
    assert!(!text.contains("${{"), "an expression in a script: {text}");
    assert!(!text.contains("GITHUB_STEP_SUMMARY"), "the run writes the summary: {text}");
    assert_eq!(step["shell"], "bash");
    let machine = stage.machine();
    let file = |name: &str| machine.join(format!("{number}.{name}"));
    std::fs::write(file("sh"), text).unwrap();
    let mut environment = from.to_vec();
    for name in ["output", "path", "env", "step_summary"] {
        std::fs::write(file(name), "").unwrap();
        let variable = format!("GITHUB_{}", name.to_uppercase());
        environment.push((variable, file(name).display().to_string()));
    }
    for (name, value) in [
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_WORKSPACE", stage.root().to_str().unwrap()),
        ("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR")),
        ("RUNNER_TEMP", machine.to_str().unwrap()),
    ] {
        environment.push((name.to_owned(), value.to_owned()));
    }
    environment.extend(entries(&step["env"]).map(|(name, value)| (name, context.filled(&value))));
    let mut command = Command::new("bash");
    let added: String = context.added.iter().map(|folder| format!("{folder}:")).collect();
    command.args(["-c", "PATH=\"$1$PATH\"; exec bash --noprofile --norc -eo pipefail \"$2\"", "-"]);
    command.arg(added).arg(file("sh"));
    let output = stage.run(command, &environment);
    let lines = |name: &str| std::fs::read_to_string(file(name)).unwrap();
    context.added.extend(lines("path").lines().map(str::to_owned));
    context.summary.push_str(&lines("step_summary"));
    if let Some(id) = step["id"].as_str() {
        for (name, value) in lines("output").lines().filter_map(|line| line.split_once('=')) {
            context.know(&format!("steps.{id}.outputs"), name, value);
        }
    }
    output
}

/// What expressions can see.
#[derive(Default)]
struct Context {
    values: BTreeMap<String, String>,
    /// Folders with programs.
    added: Vec<String>,
    /// What is shown with the job.
    summary: String,
}

impl Context {
    fn know(&mut self, of: &str, name: &str, value: &str) {
        self.values.insert(format!("{of}.{name}"), value.to_owned());
    }

    /// A text with its expressions replaced.
    fn filled(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${{") {
            let (expression, after) = after.split_once("}}").unwrap();
            filled.push_str(before);
            let values = expression.split("||").map(|name| self.value(name.trim()));
            filled
                .push_str(&values.into_iter().find(|value| !value.is_empty()).unwrap_or_default());
            rest = after;
        }
        filled + rest
    }

    /// Whether a step is taken: `always()` and comparisons, joined by `&&`.
    fn goes_on(&self, condition: Option<&str>, success: bool) -> bool {
        let Some(condition) = condition else { return success };
        let terms: Vec<&str> = condition.split("&&").map(str::trim).collect();
        let holds = |term: &&str| match term.split_once(" != ") {
            Some((name, literal)) => self.value(name) != literal.trim_matches('\''),
            None => *term == "always()",
        };
        (success || terms.contains(&"always()")) && terms.iter().all(holds)
    }

    fn value(&self, name: &str) -> String {
        self.values.get(name).cloned().unwrap_or_default()
    }
}

/// Third-party actions are named by a commit, and the comment says which version that is.
fn is_pinned(step: &Value) {
    let Some(uses) = step["uses"].as_str().filter(|uses| !uses.starts_with("vcispec/")) else {
        return;
    };
    let (_, reference) = uses.split_once('@').unwrap();
    let is_commit =
        reference.len() == 40 && reference.chars().all(|digit| digit.is_ascii_hexdigit());
    assert!(is_commit, "{uses}");
}

fn entries(object: &Value) -> impl Iterator<Item = (String, String)> {
    let object = object.as_object().cloned().unwrap_or_default();
    object.into_iter().map(|(name, value)| match value {
        Value::String(text) => (name, text),
        other => (name, other.to_string()),
    })
}

//! The gate in each system that runs pipelines. One text says what is done; each system wraps it
//! in its own way, and the component for GitLab's catalogue is the same template with inputs.

use std::path::Path;

use super::files::Draft;
use super::recipe::Variable;
use crate::cli::arguments::CiName;
use crate::cli::order;

/// What a file says that `init` wrote.
const BY_INIT: &str = "# Written by `vcispec init`.";
const GATE: &str = include_str!("templates/gate.sh");
const SHELL: &str = include_str!("templates/vcispec-gate.sh");
const GITLAB: &str = include_str!("templates/gitlab.yml");
const GITLAB_COMPONENT: &str = include_str!("templates/gitlab-component.yml");
const GITHUB: &str = include_str!("templates/github.yml");

/// The file that runs the gate in this system, in this directory.
pub fn draft(system: CiName, directory: &Path, variables: &[Variable]) -> Draft {
    let says = |what: &str| format!("the gate, as {what}");
    match system {
        CiName::Github => {
            let path = ".github/workflows/vcispec.yml";
            Draft::new(path, github(variables), &says("a workflow of GitHub Actions"))
        }
        // A file that is there has jobs of its own: it includes ours.
        CiName::Gitlab if is_somebody_elses(&directory.join(".gitlab-ci.yml")) => {
            let purpose =
                says("a job of GitLab CI; add to .gitlab-ci.yml: include: [vcispec.gitlab-ci.yml]");
            Draft::new("vcispec.gitlab-ci.yml", gitlab(variables), &purpose)
        }
        CiName::Gitlab => {
            Draft::new(".gitlab-ci.yml", gitlab(variables), &says("a job of GitLab CI"))
        }
        CiName::Shell | CiName::None => {
            Draft::new("vcispec-gate.sh", shell(variables), &says("a shell script")).executable()
        }
    }
}

/// Whether a file is there that `init` did not write.
fn is_somebody_elses(path: &Path) -> bool {
    path.exists() && !std::fs::read_to_string(path).unwrap_or_default().contains(BY_INIT)
}

/// The GitLab CI/CD component that is shipped with this program.
pub fn gitlab_component() -> String {
    let head = filled(GITLAB_COMPONENT, &[("rust", env!("CARGO_PKG_RUST_VERSION"))]);
    let body = filled(
        GITLAB,
        &[
            ("secrets", ""),
            ("stage", "$[[ inputs.stage ]]"),
            ("image", "$[[ inputs.image ]]"),
            ("config", "$[[ inputs.config ]]"),
            ("wait", "$[[ inputs.wait ]]"),
            ("version", "$[[ inputs.version ]]"),
            ("script", &items()),
        ],
    );
    filled(&format!("{head}{body}"), &[])
}

fn shell(variables: &[Variable]) -> String {
    let secrets = told("\n# It needs in its environment:", "\n#   ", variables);
    filled(SHELL, &[("secrets", &secrets), ("config", order::FILE), ("gate", &filled(GATE, &[]))])
}

fn gitlab(variables: &[Variable]) -> String {
    let secrets = told("\n# Set under Settings, CI/CD, Variables:", "\n#   ", variables);
    let image = format!("rust:{}", env!("CARGO_PKG_RUST_VERSION"));
    filled(
        GITLAB,
        &[
            ("secrets", &format!("\n{BY_INIT}{secrets}")),
            ("stage", "test"),
            ("image", &image),
            ("config", order::FILE),
            ("wait", "60"),
            ("script", &items()),
        ],
    )
}

fn github(variables: &[Variable]) -> String {
    let mut env = String::new();
    if !variables.is_empty() {
        env.push_str("        env:\n");
    }
    for variable in variables {
        let context = if variable.is_secret() { "secrets" } else { "vars" };
        let name = &variable.name;
        env.push_str(&format!("          {name}: ${{{{ {context}.{name} }}}}\n"));
    }
    let action = env!("CARGO_PKG_REPOSITORY").trim_start_matches("https://github.com/");
    filled(GITHUB, &[("action", action), ("config", order::FILE), ("env", &env)])
}

/// The paragraphs of the gate as the items of a list in YAML.
fn items() -> String {
    let gate = filled(GATE, &[]);
    let item = |paragraph: &str| {
        let lines: Vec<String> = paragraph.lines().map(|line| format!("      {line}\n")).collect();
        format!("    - |\n{}", lines.concat())
    };
    gate.trim_end().split("\n\n").map(item).collect()
}

fn told(head: &str, before: &str, variables: &[Variable]) -> String {
    if variables.is_empty() {
        return String::new();
    }
    let lines = variables.iter().map(|variable| format!("{before}{}", variable.name));
    format!("{head}{}", lines.collect::<String>())
}

/// A template with its places filled, the version and the home of this program last.
pub fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let version =
        [("version", env!("CARGO_PKG_VERSION")), ("repository", env!("CARGO_PKG_REPOSITORY"))];
    let mut text = template.to_owned();
    for (name, value) in values.iter().chain(&version) {
        let (place, value) = (format!("@{name}@"), value.trim_end_matches('\n'));
        if value.is_empty() {
            // A place with a line of its own takes the line with it.
            text = text.replace(&format!("\n{place}\n"), "\n");
        }
        text = text.replace(&place, value);
    }
    text
}

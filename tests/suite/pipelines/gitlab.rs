//! A job of GitLab CI, as its runner takes it: the items of `script` in one shell that stops at the
//! first failure.

use std::process::{Command, Output};

use super::stage::{self, Stage};

/// Runs the job in `.gitlab-ci.yml`.
pub fn job(stage: &Stage) -> Output {
    let file = stage.yaml(".gitlab-ci.yml");
    let job = &file["vcispec"];
    assert_eq!(job["artifacts"]["when"], "always");
    let report = job["artifacts"]["reports"]["junit"].as_str().unwrap();
    assert_eq!(report, "vcispec-report/report.xml");
    let root = stage.root().to_str().unwrap();
    let mut environment = vec![
        ("GITLAB_CI".to_owned(), "true".to_owned()),
        ("CI_PROJECT_DIR".to_owned(), root.to_owned()),
    ];
    for (name, value) in job["variables"].as_object().unwrap() {
        let value = value.as_str().unwrap_or_else(|| panic!("{name} is no string"));
        environment.push((name.clone(), value.replace("$CI_PROJECT_DIR", root)));
    }
    // What is set for the project outranks what stands in the file.
    let of_the_project = stage.variables.iter();
    environment.extend(of_the_project.map(|(name, value)| (name.clone(), value.clone())));
    let items = job["script"].as_array().unwrap();
    let items: Vec<&str> = items.iter().map(|item| item.as_str().unwrap()).collect();
    let script = format!("set -eo pipefail\n{}", items.join("\n"));
    let mut command = Command::new("bash");
    command.args(["-c", &script]);
    stage.run(command, &environment)
}

/// What is shipped is what `init` writes, with inputs in the place of values.
#[test]
fn the_component_is_the_template_with_inputs() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ci/gitlab/vcispec.gitlab-ci.yml");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(text, vcispec::cli::gitlab_component(), "run `cargo xtask docs`");
    let (head, body) = text.split_once("\n---\n").unwrap();
    let (head, body) = (stage::yaml(head), stage::yaml(body));
    let inputs = head["spec"]["inputs"].as_object().unwrap();
    let written = body.to_string();
    for name in inputs.keys() {
        assert!(written.contains(&format!("$[[ inputs.{name} ]]")), "{name} has no use");
    }
    assert_eq!(written.matches("$[[ ").count(), inputs.len());
    for item in body["vcispec"]["script"].as_array().unwrap() {
        assert!(!item.as_str().unwrap().contains("$[["), "an input in a script: {item}");
    }
}

//! TOML to scenario. Mistakes are told with their place and the nearest thing that was meant.

use std::ops::Range;

use super::Scenario;

/// The largest numbers a script may ask for: enough for any issuer, too little for an attack.
const MOST_AT_ONCE: u32 = 64;
const MOST_TIMES: u32 = 100;

/// Why a scenario cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{id}: {message}")]
pub struct ScenarioError {
    /// The scenario's id.
    pub id: String,
    /// Expected and found.
    pub message: String,
    /// What was probably meant.
    pub help: Option<String>,
    /// The octets of the text that it is about.
    pub span: Option<Range<usize>>,
}

/// The words that a script may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Ids of checks.
    pub checks: Vec<&'static str>,
    /// Names of tampers.
    pub tampers: Vec<&'static str>,
}

/// Reads a scenario, and sees to it that it names only what exists.
pub fn load(id: &str, text: &str, known: &Vocabulary) -> Result<Scenario, ScenarioError> {
    let mut scenario: Scenario = toml::from_str(text).map_err(|error| ScenarioError {
        id: id.to_owned(),
        message: error.message().to_owned(),
        help: None,
        span: error.span(),
    })?;
    scenario.id = id.to_owned();
    let fault = |message: String, help: Option<String>, word: &str| ScenarioError {
        id: id.to_owned(),
        message,
        help,
        span: text.find(&format!("\"{word}\"")).map(|at| at..at + word.len() + 2),
    };
    for aim in &scenario.aims {
        if !known.checks.contains(&aim.as_str()) {
            let message = format!("expected the id of a check in aims, found {aim:?}");
            return Err(fault(message, nearest(aim, &known.checks), aim));
        }
    }
    for name in scenario.steps.iter().flat_map(|step| &step.tamper) {
        if !known.tampers.contains(&name.as_str()) {
            let message = format!("expected the name of a tamper, found {name:?}");
            return Err(fault(message, nearest(name, &known.tampers), name));
        }
    }
    for step in &scenario.steps {
        if !(1..=MOST_AT_ONCE).contains(&step.at_once) || !(1..=MOST_TIMES).contains(&step.times) {
            let message = format!(
                "expected at_once from 1 to {MOST_AT_ONCE} and times from 1 to {MOST_TIMES}, found {} and {}",
                step.at_once, step.times
            );
            return Err(fault(message, None, ""));
        }
    }
    Ok(scenario)
}

fn nearest(word: &str, known: &[&str]) -> Option<String> {
    known
        .iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, candidate)| format!("did you mean {candidate:?}?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = r#"
title = "A wrong code is refused"
aims  = ["nonce/is-uncacheable"]
needs = ["tx-code"]

[[step]]
do     = "token"
tamper = "wrong-tx-code"

[[step]]
do = "token"
"#;

    fn knowing(tamper: &'static str) -> Vocabulary {
        Vocabulary { checks: vec!["nonce/is-uncacheable"], tampers: vec![tamper] }
    }

    #[test]
    fn a_script_says_only_what_is_odd() {
        let scenario = load("refusals/x", SCRIPT, &knowing("wrong-tx-code"));
        let scenario = scenario.unwrap_or_else(|error| unreachable!("{error}"));
        assert_eq!(scenario.offers(), 1);
        assert_eq!(scenario.steps.len(), 2);
        assert_eq!(scenario.steps[0].tamper, ["wrong-tx-code"]);
    }

    #[test]
    fn a_misspelt_tamper_is_shown_in_its_place() {
        let error = load("refusals/x", SCRIPT, &knowing("wrong-tx-cod")).err();
        let error = error.unwrap_or_else(|| unreachable!("accepted"));
        assert_eq!(error.help.as_deref(), Some("did you mean \"wrong-tx-cod\"?"));
        assert_eq!(error.span.and_then(|span| SCRIPT.get(span)), Some("\"wrong-tx-code\""));
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        let text = SCRIPT.replace("title", "titel");
        assert!(load("x", &text, &knowing("wrong-tx-code")).is_err());
    }
}

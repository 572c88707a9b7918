//! Whether a script makes sense: it names only what exists, and nothing in it can be green by
//! absence.

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::DeValue;

use super::load::Findings;
use super::nearest::did_you_mean;
use super::place::{PLACES, Place, Source, is_field_name};
use super::reference::{Piece, is_name, pieces};
use super::{Action, OwnTamper, Scenario, Step, Vocabulary};
use crate::protocol::ClaimsPath;
use crate::transcript::{CredentialExpectation, Expectation, seconds};

/// The largest numbers a script may ask for: enough for any issuer, too little for an attack.
const MOST_AT_ONCE: u32 = 64;
const MOST_TIMES: u32 = 100;
const MOST_STEPS: usize = 100;
const MOST_TAMPERS: usize = 50;
const MOST_EXPECTATIONS: usize = 200;

/// A scenario with the text that it was read from.
pub(super) struct Script<'a, 't> {
    pub(super) scenario: &'a Scenario,
    /// What is neither a step nor a tamper.
    pub(super) head: Spanned<DeValue<'t>>,
    pub(super) steps: Vec<Spanned<DeValue<'t>>>,
    pub(super) tampers: Vec<Spanned<DeValue<'t>>>,
    pub(super) columns: Vec<String>,
}

/// Tells everything that is wrong with a script.
pub(super) fn check(script: &Script<'_, '_>, known: &Vocabulary, findings: &mut Findings) {
    let scenario = script.scenario;
    for aim in &scenario.aims {
        if !known.checks.contains(&aim.as_str()) {
            let message = format!("expected the id of a check in aims, found {aim:?}");
            let help = did_you_mean(aim, known.checks.iter().copied());
            findings.add_with_help(message, find(&script.head, aim), help);
        }
    }
    let expects = scenario.steps.iter().any(|step| step.expect.is_some());
    if scenario.aims.is_empty() && !expects {
        let message = "expected aims or a [step.expect]: without them nothing has to be judged";
        findings.add(message, find(&script.head, "title"));
    }
    if scenario.steps.is_empty() || scenario.steps.len() > MOST_STEPS {
        let found = scenario.steps.len();
        findings.add(format!("expected from 1 to {MOST_STEPS} steps, found {found}"), None);
    }
    others(script, findings);
    own_tampers(script, known, findings);
    let mut saved: Vec<&str> = Vec::new();
    for (step, part) in scenario.steps.iter().zip(&script.steps) {
        let mut at = At { part, findings };
        of_step(step, script, known, &mut at);
        references(step, part, script, &saved, findings);
        for (name, source) in &step.save {
            let mut at = At { part, findings };
            if !is_name(name) {
                at.add(name, "expected a name of letters, digits, - and _", None);
            }
            if script.columns.contains(name) {
                at.add(name, &format!("{name} is a column of the data table already"), None);
            }
            if let Err(message) = Source::parse(source) {
                at.add(source, &message, None);
            }
            saved.push(name);
        }
    }
}

/// Wallets that somebody else has must act, and what is slow must wait.
fn others(script: &Script<'_, '_>, findings: &mut Findings) {
    let scenario = script.scenario;
    for (name, another) in &scenario.wallets {
        if !scenario.steps.iter().any(|step| step.wallet == *name) {
            findings.add(format!("no step is taken as {name:?}"), find(&script.head, name));
        }
        if another.subject.is_none() && another.tenant.is_none() {
            let message = "expected subject or tenant: whose wallet is it?";
            findings.add(message, find(&script.head, name));
        }
    }
    let waits = scenario.steps.iter().any(|step| step.action == Action::Wait);
    if waits != scenario.slow.is_some() {
        let message = "a step that waits and slow, which says how long, go together";
        findings.add(message, find(&script.head, "slow"));
    }
}

/// A part of the text, to point into.
struct At<'a, 't> {
    part: &'a Spanned<DeValue<'t>>,
    findings: &'a mut Findings,
}

impl At<'_, '_> {
    /// A finding at the word, or at the part as a whole.
    fn add(&mut self, word: &str, message: &str, help: Option<String>) {
        let span = find(self.part, word).unwrap_or_else(|| self.part.span());
        self.findings.add_with_help(message, Some(span), help);
    }
}

fn own_tampers(script: &Script<'_, '_>, known: &Vocabulary, findings: &mut Findings) {
    let tampers = &script.scenario.tampers;
    if tampers.len() > MOST_TAMPERS {
        findings.add(format!("expected at most {MOST_TAMPERS} tampers"), None);
    }
    for (index, (tamper, part)) in tampers.iter().zip(&script.tampers).enumerate() {
        let name = &tamper.name;
        let mut at = At { part, findings };
        if !is_name(name) {
            at.add(name, "expected a name of letters, digits, - and _", None);
        }
        if known.tampers.iter().any(|row| row.name == name) {
            at.add(name, &format!("{name:?} is a tamper that is built in"), None);
        }
        if tampers.iter().take(index).any(|earlier| earlier.name == *name) {
            at.add(name, &format!("there are two tampers called {name:?}"), None);
        }
        let is_used = script.scenario.steps.iter().any(|step| step.tamper.contains(name));
        if !is_used {
            at.add(name, &format!("no step uses the tamper {name:?}"), None);
        }
        of_tamper(tamper, &mut at);
    }
}

fn of_tamper(tamper: &OwnTamper, at: &mut At<'_, '_>) {
    if tamper.places().next().is_none() {
        at.add("name", "expected set or remove", None);
    }
    let mut is_readable = true;
    for text in tamper.places() {
        if let Err(message) = Place::parse(text) {
            is_readable = false;
            let help = did_you_mean(text, PLACES.iter().copied())
                .unwrap_or_else(|| format!("places are {}", PLACES.join(", ")));
            at.add(text, &message, Some(help));
        }
    }
    if tamper.at.is_some_and(|action| action.station().is_none()) {
        at.add("at", "expected token, nonce, credential, deferred or notification", None);
    } else if is_readable && tamper.stations().is_empty() {
        at.add("name", "no request has all the places that it changes", None);
    }
}

fn of_step(step: &Step, script: &Script<'_, '_>, known: &Vocabulary, at: &mut At<'_, '_>) {
    for name in &step.tamper {
        tamper_of_step(step, name, script, known, at);
    }
    if !(1..=MOST_AT_ONCE).contains(&step.at_once) || !(1..=MOST_TIMES).contains(&step.times) {
        let message = format!(
            "expected at_once from 1 to {MOST_AT_ONCE} and times from 1 to {MOST_TIMES}, found {} and {}",
            step.at_once, step.times
        );
        at.add("at_once", &message, None);
    }
    if step.until.is_some() {
        if step.action != Action::Deferred {
            at.add("until", "only a deferred step asks until something is there", None);
        }
        if !step.tamper.is_empty() || step.times != 1 {
            let message = "what is asked until something is there has no tamper and no times";
            at.add("until", message, None);
        }
    }
    if step.at_once > 1 {
        if !matches!(step.action, Action::Token | Action::Credential) {
            let message = "only token requests, or credential requests, can be released together";
            at.add("at_once", message, None);
        }
        if step.action == Action::Credential && step.times > 1 {
            at.add("times", "credential requests are released together once in a step", None);
        }
        if step.expect.is_some() || !step.save.is_empty() || !step.tamper.is_empty() {
            let message = "simultaneous requests get different answers: expect, save and tamper \
                           go with another step";
            at.add("at_once", message, None);
        }
    }
    let is_plain_token = step.action == Action::Token && step.tamper.is_empty();
    if is_plain_token && !script.scenario.uses_offers() {
        let help = Some("add needs = [\"offer\"]".to_owned());
        at.add("token", "a token request needs an offer", help);
    }
    if step.action == Action::Wait && (step.expect.is_some() || !step.save.is_empty()) {
        at.add("wait", "nothing is asked in a step that waits", None);
    }
    if let Some(expect) = &step.expect {
        of_expectation(step, expect, at);
    }
}

fn tamper_of_step(
    step: &Step,
    name: &str,
    script: &Script<'_, '_>,
    known: &Vocabulary,
    at: &mut At<'_, '_>,
) {
    let own = script.scenario.tampers.iter().find(|tamper| tamper.name == name);
    let row = known.tampers.iter().find(|tamper| tamper.name == name);
    let stations = match (own, row) {
        (Some(own), _) => own.stations(),
        (None, Some(row)) => row.at.to_vec(),
        (None, None) => {
            let names = known.tampers.iter().map(|tamper| tamper.name);
            let names = names.chain(script.scenario.tampers.iter().map(|own| own.name.as_str()));
            let message = format!("expected the name of a tamper, found {name:?}");
            return at.add(name, &message, did_you_mean(name, names));
        }
    };
    if !step.action.station().is_some_and(|station| stations.contains(&station)) {
        let places: Vec<&str> = stations.iter().map(|station| station.name()).collect();
        let message =
            format!("{name} is made at {}, not at {}", places.join(" and "), step.action.name());
        at.add(name, &message, None);
    }
    if own.is_some() && step.expect.is_none() {
        let message = format!("expected [step.expect]: no check judges the answer to {name}");
        at.add(name, &message, None);
    }
}

fn of_expectation(step: &Step, expect: &Expectation, at: &mut At<'_, '_>) {
    if expect.is_empty() {
        at.add("expect", "expected something in [step.expect]", None);
    }
    if expect.len() > MOST_EXPECTATIONS {
        at.add("expect", &format!("expected at most {MOST_EXPECTATIONS} things in one step"), None);
    }
    for (name, value) in &expect.headers {
        if !is_field_name(name) {
            at.add(name, "expected the name of a header field", None);
        }
        if !matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(false)) {
            at.add(name, "expected a text, or false for a field that must not be there", None);
        }
    }
    paths(expect.body.keys().chain(&expect.absent), at);
    if expect.status_value.is_some() && step.action != Action::Status {
        at.add("status_value", "only a status step brings status lists", None);
    }
    if let Some(credential) = &expect.credential {
        if !matches!(step.action, Action::Credential | Action::Deferred) {
            let message = "only a credential or a deferred step brings credentials";
            at.add("credential", message, None);
        }
        if expect.is_of_a_refusal() {
            at.add("credential", "a refusal brings no credentials", None);
        }
        of_credential(credential, at);
    }
}

fn of_credential(credential: &CredentialExpectation, at: &mut At<'_, '_>) {
    paths(credential.claims.keys().chain(&credential.absent), at);
    let Some(valid_for) = &credential.valid_for else { return };
    let bounds: Vec<&String> = valid_for.at_least.iter().chain(&valid_for.at_most).collect();
    if bounds.is_empty() {
        at.add("valid_for", "expected at_least or at_most", None);
    }
    for text in bounds {
        if seconds(text).is_none() {
            let message = format!("expected a number with a unit, such as 30d, found {text:?}");
            at.add(text, &message, Some("units are s, m, h, d, w and y".to_owned()));
        }
    }
}

fn paths<'p>(paths: impl Iterator<Item = &'p String>, at: &mut At<'_, '_>) {
    for path in paths {
        if let Err(error) = ClaimsPath::parse(path) {
            at.add(path, &error.to_string(), None);
        }
    }
}

/// What is left of `${name}` when the columns are in place must have been saved before, and can
/// only stand where a request or an answer is spoken of.
fn references(
    step: &Step,
    part: &Spanned<DeValue<'_>>,
    script: &Script<'_, '_>,
    saved: &[&str],
    findings: &mut Findings,
) {
    let own = |name: &String| script.scenario.tampers.iter().position(|own| own.name == *name);
    let tampers = step.tamper.iter().filter_map(own).filter_map(|at| script.tampers.get(at));
    for part in tampers.chain([part]) {
        for (name, span) in names_in(part) {
            if saved.contains(&name.as_str()) {
                continue;
            }
            let columns = script.columns.iter().map(String::as_str);
            let help = did_you_mean(&name, saved.iter().copied().chain(columns));
            let message = format!("{name} is neither a column nor saved by an earlier step");
            findings.add_with_help(message, Some(span), help);
        }
    }
    let rigid =
        [&step.wallet, &step.offer].into_iter().chain(&step.tamper).chain(step.save.values());
    for text in rigid.filter(|text| text.contains("${")) {
        let mut at = At { part, findings };
        at.add(text, "a saved value can stand in set and in expect only", None);
    }
}

fn names_in(value: &Spanned<DeValue<'_>>) -> Vec<(String, Range<usize>)> {
    match value.get_ref() {
        DeValue::String(text) => pieces(text)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Name(name) => Some((name.to_owned(), value.span())),
                _ => None,
            })
            .collect(),
        DeValue::Array(items) => items.iter().flat_map(names_in).collect(),
        DeValue::Table(table) => table.iter().flat_map(|(_, value)| names_in(value)).collect(),
        _ => Vec::new(),
    }
}

/// Where a word stands in a part: as a value, else as a key.
fn find(value: &Spanned<DeValue<'_>>, word: &str) -> Option<Range<usize>> {
    match value.get_ref() {
        DeValue::String(text) => (text == word).then(|| value.span()),
        DeValue::Array(items) => items.iter().find_map(|item| find(item, word)),
        DeValue::Table(table) => {
            let values = table.iter().find_map(|(_, value)| find(value, word));
            let key = || {
                let mut keys = table.iter().map(|(key, _)| key);
                keys.find(|key| key.get_ref() == word).map(Spanned::span)
            };
            values.or_else(key)
        }
        _ => None,
    }
}

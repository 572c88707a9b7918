//! Which verdict of a run is meant, and what has to be run to see it again.

use super::super::{CliError, plan};
use crate::checks::{self, Check, Judge};
use crate::report::{Recorded, RecordedVerdict};
use crate::runner::isolated;
use crate::scenario::{Scenario, did_you_mean};
use crate::transcript::{Station, Transcript};

/// The most exchanges that are shown.
const MOST_SHOWN: usize = 3;
/// The most verdicts that are told as a suggestion.
const MOST_TOLD: usize = 6;

/// A verdict to be seen again.
pub(super) struct Which {
    /// The check, as this program has it.
    pub check: &'static Check,
    /// The verdict.
    pub verdict: RecordedVerdict,
    /// The numbers of the exchanges that are shown.
    pub numbers: Vec<u32>,
    /// What is run.
    pub scenarios: Vec<Scenario>,
    /// The same in words.
    pub in_words: String,
}

impl Which {
    /// Finds it, or says what there is instead.
    pub(super) fn of(
        recorded: &Recorded,
        name: &str,
        scenario: Option<&str>,
    ) -> Result<Self, CliError> {
        let verdict = verdict(recorded, name, scenario)?;
        let check = checks::find(&verdict.check).ok_or_else(|| {
            CliError::Usage(format!("this vcispec has no check {}, the run has", verdict.check))
        })?;
        let Some(id) = verdict.scenario.clone() else {
            return Self::of_the_run(check, verdict);
        };
        let whole = script(&id)?;
        let transcript = recorded.scenario(&id);
        let numbers =
            transcript.map_or_else(Vec::new, |transcript| shown(check, &verdict, transcript));
        let exchange = transcript.and_then(|transcript| {
            let last = numbers.iter().max()?;
            transcript.exchanges.iter().find(|exchange| exchange.number == *last)
        });
        let needs_it_all = matches!(check.judge, Judge::Transcript(_)) || id.contains('#');
        let (cut, in_words) = match exchange.filter(|_| !needs_it_all) {
            Some(exchange) => {
                let tamper = exchange.tamper.as_ref().map(|tamper| tamper.name.as_str());
                let cut = whole.up_to(exchange.step, tamper);
                let in_words = match (cut == whole, tamper) {
                    (true, _) => id,
                    (false, Some(tamper)) => {
                        format!("{id}, up to {tamper}, and the plain requests behind it")
                    }
                    (false, None) => {
                        format!("{id}, up to step {} of {}", cut.steps.len(), whole.steps.len())
                    }
                };
                (cut, in_words)
            }
            None => (whole, id),
        };
        Ok(Self { check, verdict, numbers, scenarios: vec![cut], in_words })
    }

    /// What is judged of a run as a whole needs every scenario that aims at it, to its end.
    fn of_the_run(check: &'static Check, verdict: RecordedVerdict) -> Result<Self, CliError> {
        let mut scenarios = plan::scenarios()?;
        scenarios.retain(|scenario| scenario.aims.iter().any(|aim| aim == check.id));
        let ids: Vec<&str> = scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
        let in_words = format!("the run as a whole: {}", ids.join(", "));
        Ok(Self { check, verdict, numbers: Vec::new(), scenarios, in_words })
    }
}

/// The worst verdict of that name, the first of equals.
fn verdict(
    recorded: &Recorded,
    name: &str,
    scenario: Option<&str>,
) -> Result<RecordedVerdict, CliError> {
    let verdicts: Vec<RecordedVerdict> = recorded.verdicts().collect();
    let id = name.split('@').next().unwrap_or_default();
    let present = checks::find(id).map_or(id, |check| check.id);
    let is_meant = |verdict: &&RecordedVerdict| {
        verdict.name == name
            || (!name.contains('@') && [id, present].contains(&verdict.check.as_str()))
    };
    let named: Vec<&RecordedVerdict> = verdicts.iter().filter(is_meant).collect();
    if named.is_empty() {
        return Err(unknown(&verdicts, name, id));
    }
    let is_there = |verdict: &&RecordedVerdict| {
        scenario.is_none_or(|scenario| verdict.scenario.as_deref() == Some(scenario))
    };
    let there = named.iter().copied().filter(is_there);
    let worst = there.reduce(|worst, one| if one.outcome > worst.outcome { one } else { worst });
    worst.cloned().ok_or_else(|| {
        let ids: Vec<&str> =
            named.iter().filter_map(|verdict| verdict.scenario.as_deref()).collect();
        let there = match ids.as_slice() {
            [] => "the run as a whole".to_owned(),
            [first, second, third, _, _, ..] => {
                format!("{first}, {second}, {third} and {} more", ids.len() - 3)
            }
            ids => ids.join(", "),
        };
        let scenario = scenario.unwrap_or_default();
        CliError::Usage(format!(
            "the run has no verdict on {name} in {scenario}, it has one in {there}"
        ))
    })
}

fn unknown(verdicts: &[RecordedVerdict], name: &str, id: &str) -> CliError {
    let mut red: Vec<&str> = verdicts
        .iter()
        .filter(|verdict| verdict.outcome.is_red())
        .map(|verdict| verdict.name.as_str())
        .collect();
    red.sort_unstable();
    red.dedup();
    let told: Vec<&str> = red.iter().copied().take(MOST_TOLD).collect();
    let red = match red.len() {
        0 => "nothing in it is red".to_owned(),
        count if count == told.len() => format!("red in it: {}", told.join(", ")),
        count => format!("{count} are red in it: {}, …", told.join(", ")),
    };
    if checks::find(id).is_some() && !name.contains('@') {
        return CliError::Usage(format!("the run has no verdict on {name}; {red}"));
    }
    let known = verdicts.iter().map(|verdict| verdict.name.as_str());
    let guess = did_you_mean(name, known).map(|guess| format!("; {guess}")).unwrap_or_default();
    CliError::Usage(format!("the run has no verdict called {name:?}{guess}\n  {red}"))
}

/// The script of a scenario, or of one link of its chain: `refusals/key-proofs#proof-wrong-aud`.
fn script(id: &str) -> Result<Scenario, CliError> {
    let (base, link) = match id.split_once('#') {
        Some((base, _)) => (base, true),
        None => (id, false),
    };
    let whole = plan::scenarios()?.into_iter().find(|scenario| scenario.id == base);
    let found = match whole {
        Some(whole) if link => isolated(&whole).into_iter().find(|alone| alone.id == id),
        whole => whole,
    };
    found.ok_or_else(|| {
        CliError::Usage(format!(
            "expected a scenario of this program, the run has {id}: see vcispec list scenarios"
        ))
    })
}

/// The exchanges that show a verdict; where it names none, those that it is about.
fn shown(check: &Check, verdict: &RecordedVerdict, transcript: &Transcript) -> Vec<u32> {
    if !verdict.exchanges.is_empty() {
        return verdict.exchanges.iter().copied().take(MOST_SHOWN).collect();
    }
    let last_at = |station: Station| {
        let plain = transcript.at(station).filter(|one| one.tamper.is_none() && !one.superseded);
        plain.last().map(|exchange| exchange.number)
    };
    let tampered = |name: &str| {
        let mut latest_first = transcript.exchanges.iter().rev();
        latest_first.find(|one| one.is_tampered_by(name)).map(|exchange| exchange.number)
    };
    let one = match check.judge {
        Judge::Answers(station, _) => last_at(station),
        Judge::Refusal(refusal) => tampered(refusal.tamper),
        Judge::Acceptance(acceptance) => tampered(acceptance.tamper),
        Judge::Transcript(_) | Judge::Run(_) => None,
    };
    one.into_iter().collect()
}

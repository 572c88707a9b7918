//! What a script keeps of the answers it gets, for requests and expectations further down.

use std::collections::HashMap;

use serde_json::Value;

use super::recorder::Recorder;
use super::session::Stop;
use crate::scenario::{Action, Source, Step, fill};
use crate::transcript::{Answer, StepExpectation};

/// Values by name.
#[derive(Debug, Default)]
pub struct Saved(HashMap<String, Value>);

impl Saved {
    /// The values.
    pub fn values(&self) -> &HashMap<String, Value> {
        &self.0
    }

    /// Keeps what a step saves of its last answer. What is not there stops the wallet.
    pub fn keep(&mut self, step: &Step, number: u32, recorder: &Recorder) -> Result<(), Stop> {
        if step.save.is_empty() {
            return Ok(());
        }
        // What the wallet finds out when it meets an issuer belongs to no step.
        let in_step = match step.action {
            Action::Discover | Action::Offer => 0,
            _ => number,
        };
        let answer = recorder.last_answer(&step.wallet, step.action.asks(), in_step);
        for (name, source) in &step.save {
            let missing = || {
                let there = if answer.is_some() { "the answer has none" } else { "none came" };
                Stop::Refused(format!("step {number} saves {source} as {name}, and {there}"))
            };
            let value = answer.as_ref().and_then(|answer| read(source, answer));
            self.0.insert(name.clone(), value.ok_or_else(missing)?);
        }
        Ok(())
    }

    /// Puts the values into what is expected. A name without a value stays as it is written.
    pub fn fill_in<'e>(&self, expectations: impl Iterator<Item = &'e mut StepExpectation>) {
        for one in expectations {
            let filled = serde_json::to_value(&one.expect)
                .ok()
                .and_then(|json| fill(&json, &|name| self.0.get(name).cloned()).ok())
                .and_then(|json| serde_json::from_value(json).ok());
            if let Some(filled) = filled {
                one.expect = filled;
            }
        }
    }
}

fn read(source: &str, answer: &Answer) -> Option<Value> {
    match Source::parse(source).ok()? {
        Source::Status => Some(answer.status.into()),
        Source::Header(name) => answer.headers.get(&name).map(Value::from),
        Source::Body(path) => {
            path.select(&answer.said().json()?).first().map(|value| (*value).clone())
        }
    }
}

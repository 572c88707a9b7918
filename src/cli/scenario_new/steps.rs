//! The steps of a recorded scenario: from its script where it is bundled, else from what was sent.

use std::fmt::Write as _;

use super::quoted;
use crate::scenario::{Action, Scenario, Step};
use crate::transcript::{Exchange, Station, Transcript};
use crate::wallet::tampers;

/// A step that was taken, with the exchange that shows its answer, or the reason for leaving one
/// out.
pub enum RecordedStep<'t> {
    Taken(Box<Step>, Option<&'t Exchange>),
    Left(String),
}

/// The steps, each with one tamper at most.
pub fn of<'t>(transcript: &'t Transcript, script: Option<&Scenario>) -> Vec<RecordedStep<'t>> {
    let steps = match script {
        Some(script) => script.steps.iter().cloned().zip(1..).collect(),
        None => sent(transcript),
    };
    steps.into_iter().flat_map(|(step, number)| one(transcript, step, number)).collect()
}

fn one(transcript: &Transcript, step: Step, number: u32) -> Vec<RecordedStep<'_>> {
    let station = step.action.asks();
    if step.at_once > 1 {
        return vec![RecordedStep::Taken(Box::new(step), None)];
    }
    let answer = |tamper: Option<&str>| {
        let answered = transcript.at(station).filter(|exchange| exchange.answer().is_some());
        let fitting = answered.filter(|exchange| {
            let of_no_step = matches!(station, Station::IssuerMetadata | Station::Offer);
            (of_no_step || exchange.step == number)
                && !exchange.superseded
                && exchange.tamper.as_ref().map(|one| one.name.as_str()) == tamper
        });
        fitting.last()
    };
    let action = step.action.name();
    if step.tamper.is_empty() {
        let found = answer(None);
        return match found.is_some() || step.action == Action::Offer {
            true => vec![RecordedStep::Taken(Box::new(step), found)],
            false => vec![RecordedStep::Left(format!("step {number}, {action}, was not taken"))],
        };
    }
    let each = step.tamper.iter().map(|name| {
        let Some(found) = answer(Some(name)) else {
            return RecordedStep::Left(format!("{name} at {action} was not made"));
        };
        if tampers::find(name).is_none() {
            let why = format!("{name} at {action} is a [[tamper]] of the recorded script");
            return RecordedStep::Left(format!("{why}: copy it, and the step"));
        }
        let alone = Step { tamper: vec![name.clone()], ..step.clone() };
        RecordedStep::Taken(Box::new(alone), Some(found))
    });
    each.collect()
}

/// What was sent, as steps with their numbers.
fn sent(transcript: &Transcript) -> Vec<(Step, u32)> {
    let last = transcript.exchanges.iter().map(|exchange| exchange.step).max().unwrap_or(0);
    let mut steps = Vec::new();
    if last == 0 {
        steps.push((Step::plain(Action::Discover), 1));
    }
    for number in 1..=last {
        let here: Vec<&Exchange> =
            transcript.exchanges.iter().filter(|exchange| exchange.step == number).collect();
        let at = |station| here.iter().any(|exchange| exchange.station == station);
        let action = if here.iter().any(|one| is_refresh(one)) {
            Action::Refresh
        } else if at(Station::Token) {
            Action::Token
        } else if at(Station::Credential) {
            Action::Credential
        } else if at(Station::Deferred) {
            Action::Deferred
        } else if at(Station::Notification) {
            Action::Notification
        } else if at(Station::Nonce) {
            Action::Nonce
        } else if at(Station::Revocation) {
            Action::RevokeToken
        } else {
            continue;
        };
        let mut step = Step::plain(action);
        step.at_once = here.iter().filter_map(|exchange| exchange.racer).max().unwrap_or(1);
        for exchange in here.iter().filter(|_| step.at_once == 1) {
            if let Some(tamper) = &exchange.tamper
                && !step.tamper.contains(&tamper.name)
            {
                step.tamper.push(tamper.name.clone());
            }
        }
        if let Some(first) = here.first() {
            step.wallet.clone_from(&first.wallet);
            if let Some(offer) = first.offer.filter(|offer| *offer > 0) {
                step.offer = format!("offer-{}", offer + 1);
            }
        }
        steps.push((step, number));
    }
    steps
}

/// Whether a token request was made with a refresh token.
fn is_refresh(exchange: &Exchange) -> bool {
    exchange.station == Station::Token && exchange.form_value("refresh_token").is_some()
}

/// A step as TOML.
pub fn table(step: &Step) -> String {
    let plain = Step::plain(step.action);
    let mut text = format!("[[step]]\ndo = {}\n", quoted(step.action.name()));
    if step.wallet != plain.wallet {
        let _ = writeln!(text, "as = {}", quoted(&step.wallet));
    }
    if step.offer != plain.offer {
        let _ = writeln!(text, "offer = {}", quoted(&step.offer));
    }
    if let Some(name) = step.tamper.first() {
        let _ = writeln!(text, "tamper = {}", quoted(name));
    }
    if step.times > 1 {
        let _ = writeln!(text, "times = {}", step.times);
    }
    if step.at_once > 1 {
        let _ = writeln!(text, "at_once = {}", step.at_once);
    }
    text
}

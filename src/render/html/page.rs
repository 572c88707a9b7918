//! The page as its templates see it.

use serde::Serialize;

use super::card::Card;
use super::checks::{CheckRow, rows};
use super::scenario::{ScenarioView, scenarios};
use super::security;
use super::token::Tokens;
use super::verdict::Verdict;
use crate::checks::Outcome;
use crate::report::{Migration, Problem, Report};

/// The style sheets, in the order in which they build on each other.
const STYLES: &[&str] = &[
    include_str!("colours.css"),
    include_str!("page.css"),
    include_str!("verdict.css"),
    include_str!("card.css"),
    include_str!("scenario.css"),
    include_str!("message.css"),
    include_str!("checks.css"),
    include_str!("print.css"),
];
/// The script. Without it, the page says as much and searches less.
const SCRIPT: &str = include_str!("page.js");

/// Everything on the page.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    styles: &'static [&'static str],
    script: &'static str,
    policy: String,
    issuer: String,
    version: String,
    warning: Option<&'static str>,
    verdict: Verdict,
    /// What is not as it should be, the worst first.
    cards: Vec<Card>,
    /// What is worth knowing and counts for nothing.
    notes: Vec<Card>,
    /// What an issuer of an older draft would need.
    migration: Option<Migration>,
    scenarios: Vec<ScenarioView>,
    checks: Vec<CheckRow>,
}

impl Page {
    pub(super) fn of(report: &Report) -> Self {
        let tokens = Tokens::of(&report.tokens);
        let mut problems: Vec<&Problem> = report.problems.iter().collect();
        problems.sort_by_key(|problem| std::cmp::Reverse(problem.outcome));
        let (notes, problems): (Vec<&Problem>, Vec<&Problem>) =
            problems.into_iter().partition(|problem| problem.outcome == Outcome::Note);
        let card =
            |(index, problem): (usize, &&Problem)| Card::of(report, index + 1, problem, &tokens);
        let cards = problems.iter().enumerate().map(card).collect();
        let first = problems.len();
        let notes = notes.iter().enumerate();
        let notes = notes.map(|(index, note)| card((first + index, note))).collect();
        Self {
            styles: STYLES,
            script: SCRIPT,
            policy: security::policy(SCRIPT),
            issuer: report.provenance.credential_issuer.clone(),
            version: report.provenance.version.clone(),
            warning: report.warning,
            verdict: Verdict::of(report),
            cards,
            notes,
            migration: report.migration.clone(),
            scenarios: scenarios(report, &tokens),
            checks: rows(report),
        }
    }
}

//! A problem as a card: a block that ends the argument, down to the octets.

use serde::Serialize;

use super::exchange::ExchangeView;
use super::marks::Marks;
use super::prose::{Span, paragraphs};
use super::scenario::{anchor, scenario_anchor};
use super::showing::Showing;
use super::token::Tokens;
use super::tone::tone;
use crate::checks;
use crate::protocol::spec;
use crate::report::{Place, Problem, Report, Sighting, Variation};

/// How many exchanges a card shows.
const WITNESSES: usize = 2;
/// How many further scenarios a card names.
const TOLD: usize = 8;

/// A problem on the page.
#[derive(Debug, Serialize)]
pub(super) struct Card {
    anchor: String,
    outcome: &'static str,
    tone: &'static str,
    level: Option<&'static str>,
    name: Option<String>,
    /// The obligation, or what happened instead of judging.
    headline: String,
    expected: Option<String>,
    actual: Option<String>,
    because: Option<String>,
    known: Option<KnownView>,
    /// The first scenario in which it was seen.
    scenario: Option<Link>,
    witnesses: Vec<ExchangeView>,
    /// Further exchanges of that scenario.
    exchanges: Vec<Link>,
    /// Further scenarios.
    scenarios: Vec<Link>,
    more_scenarios: usize,
    prose: Vec<Vec<Span>>,
    sources: Vec<Document>,
    commands: Vec<String>,
    trace: Option<String>,
    /// What else the check found.
    otherwise: Vec<String>,
    consequences: Vec<ConsequenceLine>,
}

#[derive(Debug, Serialize)]
struct Link {
    text: String,
    anchor: Option<String>,
}

/// A document, and the places in it.
#[derive(Debug, Serialize)]
struct Document {
    title: &'static str,
    links: Vec<SourceLink>,
}

#[derive(Debug, Serialize)]
struct SourceLink {
    text: String,
    url: Option<String>,
}

#[derive(Debug, Serialize)]
struct KnownView {
    judged: &'static str,
    reason: String,
    expires: Option<String>,
    issue: Option<String>,
    /// The same, where it is an address that may be opened.
    url: Option<String>,
}

#[derive(Debug, Serialize)]
struct ConsequenceLine {
    name: String,
    check: String,
    outcome: &'static str,
    tone: &'static str,
    obligation: &'static str,
}

impl Card {
    pub(super) fn of(
        report: &Report,
        number: usize,
        problem: &Problem,
        tokens: &Tokens<'_>,
    ) -> Self {
        let (first, others) = match problem.places.split_first() {
            Some((first, others)) => (Some(first), others),
            None => (None, [].as_slice()),
        };
        let check = problem.check.and_then(checks::find);
        let sightings = first.map_or([].as_slice(), |place| place.exchanges.as_slice());
        let consequences = problem.consequences.iter().map(|consequence| ConsequenceLine {
            name: consequence.name.clone(),
            check: id_of(&consequence.name).to_owned(),
            outcome: consequence.outcome.name(),
            tone: tone(consequence.outcome),
            obligation: consequence.obligation,
        });
        Self {
            anchor: format!("p-{number}"),
            outcome: problem.outcome.name(),
            tone: tone(problem.outcome),
            level: problem.level.map(checks::Level::name),
            name: problem.name.clone(),
            headline: headline(problem),
            expected: problem.expected.clone(),
            actual: problem.actual.clone(),
            because: problem.because.clone(),
            otherwise: problem.otherwise.iter().map(Variation::in_words).collect(),
            known: problem.known.as_ref().map(known),
            scenario: first
                .and_then(|place| place.scenario.as_deref())
                .map(|name| Link { text: name.to_owned(), anchor: scenario_anchor(report, name) }),
            witnesses: first
                .map(|place| witnesses(report, problem, place, tokens))
                .unwrap_or_default(),
            exchanges: sightings
                .iter()
                .skip(WITNESSES)
                .take(TOLD)
                .map(|sighting| Link {
                    text: format!("exchange {}", sighting.number),
                    anchor: anchor(
                        report,
                        first.and_then(|place| place.scenario.as_deref()),
                        sighting.number,
                    ),
                })
                .collect(),
            scenarios: others
                .iter()
                .take(TOLD)
                .filter_map(|place| elsewhere(report, place))
                .collect(),
            more_scenarios: others.len().saturating_sub(TOLD),
            prose: check.map(|check| paragraphs(check.doc)).unwrap_or_default(),
            sources: check.map(|check| sources(check.spec)).unwrap_or_default(),
            commands: commands(problem),
            trace: trace(report, sightings),
            consequences: consequences.collect(),
        }
    }
}

fn headline(problem: &Problem) -> String {
    match (problem.obligation, &problem.name) {
        (Some(obligation), _) => obligation.to_owned(),
        (None, Some(name)) => name.clone(),
        (None, None) => match problem.consequences.len() {
            _ if problem.is_an_older_draft => problem.unmet_by_an_older_draft(),
            0 => "a scenario broke off".to_owned(),
            1 => "1 check could not be judged".to_owned(),
            count => format!("{count} checks could not be judged"),
        },
    }
}

fn known(known: &crate::report::Known) -> KnownView {
    let address = |issue: &&String| issue.starts_with("https://") || issue.starts_with("http://");
    KnownView {
        judged: known.judged.name(),
        reason: known.reason.clone(),
        expires: known.expires.map(|date| date.to_string()),
        issue: known.issue.clone(),
        url: known.issue.as_ref().filter(address).cloned(),
    }
}

fn witnesses(
    report: &Report,
    problem: &Problem,
    place: &Place,
    tokens: &Tokens<'_>,
) -> Vec<ExchangeView> {
    let scenario = place.scenario.as_deref();
    let transcript = report.transcripts.iter().find(|one| Some(one.scenario.as_str()) == scenario);
    let shown = place.exchanges.iter().take(WITNESSES).filter_map(|sighting| {
        let mut exchanges = transcript?.exchanges.iter();
        let exchange = exchanges.find(|exchange| exchange.number == sighting.number)?;
        let marks = Marks::of_witness(exchange, problem, sighting);
        let anchor = anchor(report, scenario, sighting.number)?;
        let tone = tone(problem.outcome);
        Some(ExchangeView::new(exchange, anchor, tone, &marks, tokens, Showing::Witness))
    });
    shown.collect()
}

fn elsewhere(report: &Report, place: &Place) -> Option<Link> {
    let name = place.scenario.as_deref()?;
    let number = place.exchanges.first().map(|sighting| sighting.number);
    let exchange = number.and_then(|number| anchor(report, Some(name), number));
    Some(Link { text: name.to_owned(), anchor: exchange.or_else(|| scenario_anchor(report, name)) })
}

/// The places by document, in the order in which the check names them.
fn sources(anchors: &[&'static str]) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    for anchor in anchors {
        let (short, fragment) = anchor.split_once('#').unwrap_or((anchor, "the whole document"));
        let title = spec::document(anchor).map_or(short, |document| document.title);
        let link = SourceLink { text: fragment.to_owned(), url: spec::url(anchor) };
        match documents.iter_mut().find(|document| document.title == title) {
            Some(document) => document.links.push(link),
            None => documents.push(Document { title, links: vec![link] }),
        }
    }
    documents
}

/// What shows it again. `RUN` is the JSON report of this run, or its evidence.
fn commands(problem: &Problem) -> Vec<String> {
    match problem.check {
        Some(check) => {
            vec![format!("vcispec explain {check}"), format!("vcispec replay RUN {check}")]
        }
        None => Vec::new(),
    }
}

/// What the issuer's own log knows the exchange by.
fn trace(report: &Report, sightings: &[Sighting]) -> Option<String> {
    let last = sightings.last()?;
    let run = &report.provenance.run_id;
    Some(match &last.span_id {
        Some(span) => format!("{run}, span {span}"),
        None => run.clone(),
    })
}

fn id_of(name: &str) -> &str {
    name.split('@').next().unwrap_or(name)
}

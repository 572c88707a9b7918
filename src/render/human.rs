//! The report for a person at a terminal: a line for each scenario, then what is wrong with the
//! failures last, nearest to the prompt, then one line that sums it up.

mod differences;
mod migration;
mod problem;
mod scenario;
mod summary;

use super::page::{Ink, Page};
use crate::report::{Detected, Problem, Report, counted};

/// How a report is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colours are used. Nothing is said by colour alone.
    pub colour: bool,
    /// Columns of the terminal. A word that is longer, such as a URL, is never cut.
    pub width: usize,
}

impl Default for Style {
    /// Without colour, 80 columns wide.
    fn default() -> Self {
        Self { colour: false, width: 80 }
    }
}

/// The report as text, with a newline at the end. What comes from the issuer cannot reach the
/// terminal as a control character.
pub fn human(report: &Report, style: Style) -> String {
    let mut page = Page::new(style);
    header(report, &mut page);
    origin(report, &mut page);
    page.blank();
    scenario::lines(&report.scenarios, &mut page);
    for one in &report.problems {
        page.blank();
        problem::block(one, &report.provenance.run_id, &mut page);
        problem::way_out(one, &mut page);
    }
    page.blank();
    if let Some(migration) = &report.migration {
        migration::lines(migration, &mut page);
    }
    summary::lines(report, &mut page);
    page.into_text()
}

/// Problems alone, where there is no report around them, each with a blank line behind it.
pub fn problems(problems: &[Problem], run_id: &str, style: Style) -> String {
    let mut page = Page::new(style);
    for one in problems {
        problem::block(one, run_id, &mut page);
        page.blank();
    }
    page.into_text()
}

/// Where the report comes from: who wants to make the same run again needs it.
fn origin(report: &Report, page: &mut Page) {
    let from = &report.provenance;
    let text = format!(
        "commit {} · {} · profile {} · edition {} · policy {} · run {} · {} · {}",
        from.commit,
        from.specifications.join(", "),
        from.profiles_in_words(),
        from.edition,
        from.policy_digest,
        from.run_id,
        report.redaction,
        from.finished_at.strftime("%Y-%m-%d %H:%M:%S UTC"),
    );
    page.paragraph("", &text, Ink::Dim);
}

fn header(report: &Report, page: &mut Page) {
    let provenance = &report.provenance;
    let scenarios = counted(report.scenarios.len(), "scenario");
    let offers = if report.offers_given {
        let offers = counted(report.offers_used, "fresh offer");
        format!("{offers} from {}", provenance.offer_source)
    } else {
        "no offers".to_owned()
    };
    let mut parts = vec![
        format!("vcispec {}", provenance.version),
        provenance.base(),
        provenance.credential_issuer.clone(),
        format!("{scenarios}, {offers}"),
    ];
    if let [_, added @ ..] = provenance.profiles.as_slice()
        && !added.is_empty()
    {
        parts.push(format!("profile {}", added.join(" + ")));
    }
    page.flow(&parts, " · ");
    if let Some(called) = provenance.judged_as {
        page.paragraph("! ", &format!("judged as {called}, not as 1.0"), Ink::Yellow);
    }
    if let Some(warning) = report.warning {
        page.paragraph("! ", warning, Ink::Red);
    }
    for silence in &provenance.not_judged {
        page.paragraph("! ", silence, Ink::Yellow);
    }
    for relaxation in &provenance.relaxations {
        page.paragraph("! ", relaxation, Ink::Yellow);
    }
    if let Some(speaks) = &report.speaks {
        page.paragraph("! ", &format!("this issuer {speaks}"), Ink::Yellow);
    }
    for remark in report.detected.iter().filter_map(Detected::remark) {
        page.paragraph("! ", &remark, Ink::Yellow);
    }
}

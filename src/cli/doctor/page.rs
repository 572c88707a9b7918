//! How findings are told: for people in two columns, for programs a JSON object a line.

use anstyle::{AnsiColor, Style};
use serde_json::json;

use super::finding::{Finding, Mark};
use crate::cli::terminal;
use crate::render::plain;
use crate::report::ExitStatus;

/// Columns before a finding: symbol, name, spaces.
const INDENT: usize = 17;
/// Columns of a line.
const WIDTH: usize = 80;

/// The findings so far.
pub struct Page {
    is_json: bool,
    has_colour: bool,
    status: ExitStatus,
    faults: Vec<&'static str>,
    remarks: Vec<&'static str>,
    /// What was not looked at, by what has to be mended first.
    passed_over: Vec<(&'static str, Vec<&'static str>)>,
}

impl Page {
    /// Nothing told yet.
    pub fn new(is_json: bool, has_colour: bool) -> Self {
        Self {
            is_json,
            has_colour: has_colour && !is_json,
            status: ExitStatus::Green,
            faults: Vec::new(),
            remarks: Vec::new(),
            passed_over: Vec::new(),
        }
    }

    /// Tells a finding at once: some take their time.
    pub fn tell(&mut self, name: &'static str, finding: &Finding) {
        self.status = self.status.or_worse(finding.status);
        let list = match finding.mark {
            Mark::Fault => Some(&mut self.faults),
            Mark::Remark => Some(&mut self.remarks),
            Mark::Well | Mark::Idle => None,
        };
        if let Some(list) = list.filter(|list| !list.contains(&name)) {
            list.push(name);
        }
        terminal::result(&if self.is_json {
            json!({
                "diagnosis": name,
                "mark": finding.mark.name(),
                "finding": finding.says,
                "remedy": finding.remedy,
            })
            .to_string()
        } else {
            self.lines(name, finding)
        });
    }

    /// Tells that there is no point in a diagnosis yet; people are told of all of them at the end.
    pub fn pass_over(&mut self, name: &'static str, cause: &'static str) {
        if self.is_json {
            let finding = Finding::idle(format!("not looked at: {cause} comes first"));
            return self.tell(name, &finding);
        }
        match self.passed_over.iter_mut().find(|(known, _)| *known == cause) {
            Some((_, names)) => names.push(name),
            None => self.passed_over.push((cause, vec![name])),
        }
    }

    /// Tells what it all comes to: what to do next, or what is in the way.
    pub fn end(mut self, again: &str) -> ExitStatus {
        for (cause, names) in std::mem::take(&mut self.passed_over) {
            let says = format!("{}: {cause} comes first", names.join(", "));
            self.tell("not looked at", &Finding::idle(says));
        }
        let (status, faults, remarks) = (self.status, &self.faults, &self.remarks);
        if self.is_json {
            let all = json!({ "exit": status.code(), "faults": faults, "remarks": remarks });
            terminal::result(&all.to_string());
            return status;
        }
        let text = match (faults.as_slice(), remarks.as_slice()) {
            ([], []) => format!("\nAll is well. Next:\n  vcispec run{again}"),
            ([], remarks) => format!(
                "\nA run can begin; worth knowing first: {}\n  vcispec run{again}",
                remarks.join(", ")
            ),
            (faults, _) => format!("\nexit {}: {}", status.code(), faults.join(", ")),
        };
        terminal::result(&text);
        status
    }

    fn lines(&self, name: &str, finding: &Finding) -> String {
        let ink = match finding.mark {
            Mark::Well => AnsiColor::Green.on_default(),
            Mark::Remark => AnsiColor::Yellow.on_default(),
            Mark::Fault => AnsiColor::Red.on_default(),
            Mark::Idle => Style::new().dimmed(),
        };
        let dim = if finding.mark == Mark::Idle { ink } else { Style::new() };
        let symbol = self.inked(ink, finding.mark.symbol());
        let mut text = format!("{symbol} {}", self.inked(dim, &format!("{name:<15}")));
        for (index, line) in broken(&plain(&finding.says)).iter().enumerate() {
            if index > 0 {
                text.push_str(&format!("\n{:INDENT$}", ""));
            }
            text.push_str(&self.inked(dim, line));
        }
        // What can be pasted is never broken.
        for line in finding.remedy.iter().flat_map(|remedy| remedy.lines()) {
            let line = self.inked(Style::new().bold(), &plain(line));
            text.push_str(&format!("\n{:INDENT$}{line}", ""));
        }
        text
    }

    fn inked(&self, ink: Style, text: &str) -> String {
        if self.has_colour { format!("{ink}{text}{ink:#}") } else { text.to_owned() }
    }
}

/// The text in lines that fit beside the names, but for words that are wider.
fn broken(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH - INDENT => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_fits_on_a_terminal_and_its_remedy_is_left_whole() {
        let page = Page::new(false, false);
        let finding = Finding::fault("word ".repeat(30)).so("vcispec run --issuer https://h");
        let text = page.lines("metadata", &finding);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.starts_with("✗ metadata       word word"), "{text}");
        assert!(text.ends_with("\n                 vcispec run --issuer https://h"), "{text}");
    }

    #[test]
    fn an_issuer_cannot_paint_the_terminal() {
        let text = Page::new(false, false).lines("tls", &Finding::well("\u{1b}[31mred"));
        assert!(!text.contains('\u{1b}'), "{text}");
    }
}

//! The kinds of report: each row is all there is to one.

use crate::render::{self, Style};
use crate::report::Report;

/// A form in which a report is written to a file.
#[derive(Debug)]
pub struct Kind {
    /// As `--report` takes it.
    pub name: &'static str,
    /// The name of its file in the folder of `--out`.
    pub file: &'static str,
    /// What is in the file.
    pub render: fn(&Report) -> String,
}

/// Every kind.
pub const KINDS: &[Kind] = &[
    Kind {
        name: HUMAN,
        file: "report.txt",
        render: |report| render::human(report, Style::default()),
    },
    Kind { name: "json", file: "report.json", render: render::json },
    Kind { name: "junit", file: "report.xml", render: render::junit },
    Kind { name: "markdown", file: "report.md", render: render::markdown },
    Kind { name: "html", file: "report.html", render: render::html },
    Kind { name: "har", file: "report.har", render: render::har },
];

const HUMAN: &str = "human";

impl Kind {
    /// Whether it is the one that may be coloured on a terminal.
    pub fn is_human(&self) -> bool {
        self.name == HUMAN
    }
}

/// Their names in a sentence: "human, json or junit".
pub fn names() -> String {
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => names.join(""),
    }
}

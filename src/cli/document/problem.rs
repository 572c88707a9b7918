//! A fault of a file that a user wrote, shown in the line where it stands.

use std::fmt;
use std::ops::Range;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode,
};

/// A fault at a place in the file.
#[derive(Debug)]
pub struct Problem {
    finding: Box<Finding>,
    source: NamedSource<String>,
    line: usize,
    column: usize,
}

/// What was found, before it is known in which file.
#[derive(Debug)]
pub(in crate::cli) struct Finding {
    /// What is wrong, without its place.
    pub(in crate::cli) message: String,
    /// Where, in octets of the file.
    pub(in crate::cli) span: Option<Range<usize>>,
    /// What stands there.
    pub(in crate::cli) label: String,
    /// What to do.
    pub(in crate::cli) help: Option<String>,
    /// A second place that belongs to it.
    pub(in crate::cli) also: Option<(Range<usize>, String)>,
}

impl Problem {
    pub(in crate::cli) fn new(name: &str, shown: String, finding: Box<Finding>) -> Self {
        let start = finding.span.as_ref().map_or(0, |span| span.start);
        let (line, column) = line_and_column(&shown, start);
        Self { source: NamedSource::new(name, shown), finding, line, column }
    }

    /// `vcispec.toml:4:7`: file, line and column, from 1.
    pub fn place(&self) -> String {
        format!("{}:{}:{}", self.source.name(), self.line, self.column)
    }

    /// What to do about it, where that is known.
    pub fn remedy(&self) -> Option<&str> {
        self.finding.help.as_deref()
    }

    /// The fault as it is shown to a person, with the lines of the file that it is about.
    pub fn render(&self, colour: bool) -> String {
        let theme =
            if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let mut text = String::new();
        let rendered = GraphicalReportHandler::new_themed(theme)
            .with_context_lines(1)
            .with_width(80)
            .render_report(&mut text, self);
        match rendered {
            Ok(()) => text,
            Err(_) => format!("{self}\n"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.finding.message)
    }
}

impl std::error::Error for Problem {}

impl Diagnostic for Problem {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.finding.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = self.finding.label.clone();
        let span = self.finding.span.clone()?;
        let main = LabeledSpan::new_primary_with_span(Some(label), span);
        let also = self.finding.also.clone();
        let also = also.map(|(span, label)| LabeledSpan::new_with_span(Some(label), span));
        Some(Box::new([main].into_iter().chain(also)))
    }
}

/// Line and column, from 1; the column counts characters.
fn line_and_column(text: &str, octet: usize) -> (usize, usize) {
    let before = text.get(..octet).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before.get(start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}

//! The report for programs. Field names are a promise; see `schema_version`.

use crate::report::Report;

/// The report as JSON, indented, with a newline at the end.
pub fn json(report: &Report) -> String {
    // Only maps with keys that are no text could fail, and a report has no maps.
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}

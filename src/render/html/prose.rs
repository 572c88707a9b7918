//! The pages that explain checks: paragraphs, and names in backticks.

use serde::Serialize;

/// A stretch of a paragraph.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Span {
    text: String,
    code: bool,
}

/// The paragraphs of a text, each in spans that are code or not.
pub(super) fn paragraphs(text: &str) -> Vec<Vec<Span>> {
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    paragraphs.map(spans).collect()
}

fn spans(paragraph: &str) -> Vec<Span> {
    let parts = paragraph.split('`').enumerate().filter(|(_, text)| !text.is_empty());
    parts.map(|(index, text)| Span { text: text.to_owned(), code: index % 2 == 1 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_make_code_and_empty_lines_paragraphs() {
        let span = |text: &str, code| Span { text: text.into(), code };
        let read = paragraphs("Answer `401`.\n\n`no-store` does.");
        assert_eq!(read[0], [span("Answer ", false), span("401", true), span(".", false)]);
        assert_eq!(read[1], [span("no-store", true), span(" does.", false)]);
        assert!(paragraphs("").is_empty());
    }
}

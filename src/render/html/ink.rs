//! Wire text in the inks it is set in: names, values, marks, and links to opened tokens.

use serde::Serialize;

use super::token::Tokens;

/// A stretch of text in one ink.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    /// The text, as it was on the wire.
    pub(super) text: String,
    /// `key` or `value`; nothing for what is between them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) class: Option<&'static str>,
    /// Where the token is opened for which this text stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) anchor: Option<String>,
    /// Whether it is the part in question.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) mark: bool,
}

/// Pieces up to a line break.
pub(super) type Line = Vec<Piece>;

impl Piece {
    /// What is between names and values.
    pub(super) fn between(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A name.
    pub(super) fn key(text: impl Into<String>, mark: bool) -> Self {
        Self { text: text.into(), class: Some("key"), mark, anchor: None }
    }

    fn value(text: &str, mark: bool) -> Self {
        Self { text: text.to_owned(), class: Some("value"), mark, anchor: None }
    }
}

/// A value, with a link wherever a pseudonym stands for a token that was opened.
pub(super) fn value(text: &str, mark: bool, tokens: &Tokens<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = 0;
    for (start, name) in pseudonyms(text) {
        let Some(anchor) = tokens.anchor(name) else { continue };
        if let Some(before) = text.get(rest..start).filter(|before| !before.is_empty()) {
            pieces.push(Piece::value(before, mark));
        }
        rest = start + name.len();
        pieces.push(Piece { anchor: Some(anchor), ..Piece::value(name, mark) });
    }
    match text.get(rest..) {
        Some("") | None if !pieces.is_empty() => {}
        after => pieces.push(Piece::value(after.unwrap_or_default(), mark)),
    }
    pieces
}

/// Everything in a text that looks like a pseudonym, `proof#12`, and where it stands.
pub(super) fn pseudonyms(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('#').filter_map(|(hash, _)| {
        let before = text.get(..hash)?;
        let in_name = |character: char| character.is_ascii_lowercase() || character == '-';
        let start = before.trim_end_matches(in_name).len();
        let after = text.get(hash + 1..)?;
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let name = text.get(start..hash + 1 + digits)?;
        (start < hash && digits > 0).then_some((start, name))
    })
}

/// Lines as one run of pieces, with line breaks between them.
pub(super) fn run(lines: Vec<Line>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (index, line) in lines.into_iter().enumerate() {
        if index > 0 {
            pieces.push(Piece::between("\n"));
        }
        pieces.extend(line);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::pseudonyms;

    #[test]
    fn pseudonyms_are_found_in_any_text() {
        let found: Vec<_> =
            pseudonyms("DPoP token#1, \"dpop-proof#23\" vct#integrity # #4").collect();
        assert_eq!(found, [(5, "token#1"), (15, "dpop-proof#23")]);
    }
}

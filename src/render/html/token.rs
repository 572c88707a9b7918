//! Opened tokens: each is shown once, in the exchange in which it is met first, and linked from
//! wherever else its pseudonym stands.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;

use super::excerpt::around_marks;
use super::ink::{Line, Piece, pseudonyms, run};
use super::json::printed;
use crate::transcript::OpenedToken;

/// The tokens of a report, and where on the page each is opened.
#[derive(Debug, Default)]
pub(super) struct Tokens<'a> {
    by_name: HashMap<&'a str, &'a OpenedToken>,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(tokens: &'a [OpenedToken]) -> Self {
        Self { by_name: tokens.iter().map(|token| (token.name.as_str(), token)).collect() }
    }

    /// Where the token of that name is opened, if it could be.
    pub(super) fn anchor(&self, name: &str) -> Option<String> {
        self.by_name.contains_key(name).then(|| format!("t-{}", name.replace('#', "-")))
    }

    /// The token of that name.
    pub(super) fn get(&self, name: &str) -> Option<&'a OpenedToken> {
        self.by_name.get(name).copied()
    }

    /// Every token for which a pseudonym stands in the text, in order.
    pub(super) fn in_text(&self, text: &str) -> Vec<&'a OpenedToken> {
        pseudonyms(text).filter_map(|(_, name)| self.get(name)).collect()
    }
}

/// A token, opened on the page.
#[derive(Debug, Serialize)]
pub(super) struct Opened {
    name: String,
    /// None where it is opened a second time, as evidence.
    anchor: Option<String>,
    header: Vec<Piece>,
    claims: Vec<Piece>,
    disclosures: Vec<Line>,
    /// Members that the wallet left out.
    absent: Vec<String>,
    /// Whether the signature, which is not shown, was made wrong.
    signature_is_marked: bool,
    /// Whether anything in it is marked.
    pub(super) is_marked: bool,
}

impl Opened {
    /// Opens a token, with marks on the members at these places: `header.typ`, `signature`.
    pub(super) fn new(
        token: &OpenedToken,
        places: &[&str],
        is_spoken_of: &dyn Fn(&str) -> bool,
        tokens: &Tokens<'_>,
        is_witness: bool,
    ) -> Self {
        let mut marked = Vec::new();
        let mut part = |part: &str, json: &Value| {
            let is_marked = |path: &str| {
                let name = path.rsplit('.').next().unwrap_or(path);
                is_spoken_of(name) || places.contains(&format!("{part}.{path}").as_str())
            };
            let printed = printed(&json.to_string(), &is_marked, tokens);
            let Some(printed) = printed else { return Vec::new() };
            marked.extend(printed.marked.iter().map(|path| format!("{part}.{path}")));
            run(if is_witness { around_marks(printed.lines) } else { printed.lines })
        };
        let header = part("header", &token.header);
        let claims = part("claims", &token.claims);
        let disclosure = |json: &Value| {
            let is_marked = |_: &str| false;
            printed(&json.to_string(), &is_marked, tokens).map(|printed| in_one_line(printed.lines))
        };
        // Nothing in them is ever marked.
        let shown = token.disclosures.iter().filter(|_| !is_witness);
        let disclosures = shown.filter_map(disclosure).collect();
        let signature_is_marked = places.contains(&"signature");
        let absent = places
            .iter()
            .filter(|place| **place != "signature" && !marked.iter().any(|known| known == *place))
            .map(|place| place.replacen('.', " ", 1));
        let absent: Vec<String> = absent.collect();
        let is_marked = signature_is_marked || !marked.is_empty() || !absent.is_empty();
        Self {
            name: token.name.clone(),
            anchor: None,
            header,
            claims,
            disclosures,
            absent,
            signature_is_marked,
            is_marked,
        }
    }

    /// The same, as the place that links to this token lead to.
    pub(super) fn at_home(mut self, tokens: &Tokens<'_>) -> Self {
        self.anchor = tokens.anchor(&self.name);
        self
    }
}

/// A short array in one line.
fn in_one_line(lines: Vec<Line>) -> Line {
    let mut pieces = Line::new();
    for line in lines {
        pieces.extend(line.into_iter().filter(|piece| !piece.text.trim().is_empty()));
        if pieces.last().is_some_and(|piece| piece.text == ",") {
            pieces.push(Piece::between(" "));
        }
    }
    pieces
}

//! JSON set in lines as it came: spelling, order and repeated names are the issuer's own.

use serde::de::IgnoredAny;

use super::ink::{Line, Piece, value};
use super::token::Tokens;

/// Longer values, in characters, are cut.
const LONGEST_VALUE: usize = 2048;

/// A JSON text in lines.
#[derive(Debug)]
pub(super) struct Printed {
    /// The lines.
    pub(super) lines: Vec<Line>,
    /// The paths of the members that were marked.
    pub(super) marked: Vec<String>,
}

/// Sets a JSON text, with the members marked whose path says so; none if it is no JSON.
/// A path has the names of the members that lead to it, with dots between them.
pub(super) fn printed(
    text: &str,
    is_marked: &dyn Fn(&str) -> bool,
    tokens: &Tokens<'_>,
) -> Option<Printed> {
    // Bounded in depth by the reader itself.
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let mut printer = Printer {
        is_marked,
        tokens,
        lines: Vec::new(),
        line: Line::new(),
        open: Vec::new(),
        marked: Vec::new(),
    };
    printer.print(text);
    printer.lines.push(printer.line);
    Some(Printed { lines: printer.lines, marked: printer.marked })
}

struct Printer<'a> {
    is_marked: &'a dyn Fn(&str) -> bool,
    tokens: &'a Tokens<'a>,
    lines: Vec<Line>,
    line: Line,
    /// The objects and arrays around the place at hand.
    open: Vec<Container>,
    marked: Vec<String>,
}

struct Container {
    is_object: bool,
    /// The member at hand; none before its name was read.
    member: Option<Member>,
}

struct Member {
    name: String,
    mark: bool,
}

impl Printer<'_> {
    fn print(&mut self, text: &str) {
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let length = match first {
                '"' => string_length(rest),
                '{' | '}' | '[' | ']' | ',' | ':' => 1,
                _ => rest.find([',', ']', '}', ' ', '\t', '\n', '\r']).unwrap_or(rest.len()),
            };
            let (token, after) = rest.split_at(length.max(1).min(rest.len()));
            rest = after.trim_start();
            match first {
                '{' | '[' => rest = self.opens(token, rest),
                '}' | ']' => {
                    self.open.pop();
                    self.breaks();
                    self.line.push(Piece::between(token));
                }
                ',' => {
                    if let Some(container) = self.open.last_mut() {
                        container.member = None;
                    }
                    self.line.push(Piece::between(token));
                    self.breaks();
                }
                ':' => self.line.push(Piece::between(": ")),
                _ if self.expects_name() => self.names(token),
                _ => self.values(token),
            }
        }
    }

    /// What is empty stays on its line.
    fn opens<'t>(&mut self, token: &str, rest: &'t str) -> &'t str {
        let close = if token == "{" { '}' } else { ']' };
        if let Some(after) = rest.strip_prefix(close) {
            self.line.push(Piece::between(format!("{token}{close}")));
            return after.trim_start();
        }
        self.line.push(Piece::between(token));
        self.open.push(Container { is_object: token == "{", member: None });
        self.breaks();
        rest
    }

    fn expects_name(&self) -> bool {
        self.open.last().is_some_and(|container| container.is_object && container.member.is_none())
    }

    fn names(&mut self, token: &str) {
        let name = token.trim_matches('"').to_owned();
        let outer = self.open.iter().filter_map(|one| one.member.as_ref()).map(|one| &*one.name);
        let path = outer.chain([&*name]).collect::<Vec<_>>().join(".");
        let mark = (self.is_marked)(&path);
        self.line.push(Piece::key(token, mark));
        if mark {
            self.marked.push(path);
        }
        if let Some(container) = self.open.last_mut() {
            container.member = Some(Member { name, mark });
        }
    }

    fn values(&mut self, token: &str) {
        let member = self.open.last().and_then(|container| container.member.as_ref());
        let mark = member.is_some_and(|member| member.mark);
        self.line.extend(value(&cut(token), mark, self.tokens));
    }

    fn breaks(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        if !self.open.is_empty() {
            self.line.push(Piece::between("  ".repeat(self.open.len())));
        }
    }
}

/// From the quote at the beginning to the one that ends the string.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, octet) in text.bytes().enumerate().skip(1) {
        match octet {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A value that is too long, with its length in place of the rest.
pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => {
            let whole = text.chars().count();
            format!("{}… ({whole} characters)", text.get(..end).unwrap_or_default())
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::ink::run;

    fn text(json: &str, marked: &[&str]) -> (String, Vec<String>) {
        let tokens = Tokens::default();
        let printed = printed(json, &|path| marked.contains(&path), &tokens);
        let printed = printed.unwrap_or_else(|| unreachable!("{json}"));
        let pieces = run(printed.lines);
        let marks = pieces.iter().filter(|piece| piece.mark).map(|piece| piece.text.clone());
        let marks = marks.collect();
        (pieces.iter().map(|piece| piece.text.as_str()).collect(), marks)
    }

    #[test]
    fn spelling_order_and_repetition_stay() {
        let (printed, _) = text(r#"{"b":1.0e1,"a":[{},[], "x\"}\\"],"b":"\u00e4"}"#, &[]);
        let expected = "{\n  \"b\": 1.0e1,\n  \"a\": [\n    {},\n    [],\n    \"x\\\"}\\\\\"\n  ],\n  \
                        \"b\": \"\\u00e4\"\n}";
        assert_eq!(printed, expected);
        assert_eq!(text(" 7 ", &[]).0, "7");
    }

    #[test]
    fn a_member_is_marked_by_its_path() {
        let json = r#"{"jwk":{"d":"x","y":"z"},"d":1,"list":[{"d":2}]}"#;
        assert_eq!(text(json, &["jwk.d"]).1, ["\"d\"", "\"x\""]);
        assert_eq!(text(json, &["list.d", "jwk"]).1, ["\"jwk\"", "\"d\"", "2"]);
    }

    #[test]
    fn no_json_and_bottomless_json_are_not_set() {
        let tokens = Tokens::default();
        for json in ["{", "", "{} {}", &"[".repeat(10_000), &"[".repeat(200)] {
            assert!(printed(json, &|_| false, &tokens).is_none());
        }
    }
}

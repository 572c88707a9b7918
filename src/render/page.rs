//! The only way to the terminal: every text is made harmless, set in ink and broken into lines.

use anstyle::{AnsiColor, Style as Ansi};

use super::human::Style;
use super::plain;

/// Narrower than this no line is broken.
const NARROWEST: usize = 40;

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Normal,
    Green,
    Red,
    Yellow,
    /// What matters less.
    Dim,
    /// Names one can type.
    Bold,
}

/// Lines of text, as they are written.
#[derive(Debug)]
pub(super) struct Page {
    style: Style,
    text: String,
}

impl Page {
    pub(super) fn new(style: Style) -> Self {
        let width = style.width.max(NARROWEST);
        Self { style: Style { width, ..style }, text: String::new() }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// One line, never broken.
    pub(super) fn line(&mut self, spans: &[(Ink, &str)]) {
        for (ink, text) in spans {
            self.write(*ink, text);
        }
        self.text.push('\n');
    }

    /// Parts with a separator between them, broken at separators only.
    pub(super) fn flow(&mut self, parts: &[String], separator: &str) {
        let mut used = 0;
        for (index, part) in parts.iter().enumerate() {
            let length = columns(&plain(part));
            if index > 0 && used + columns(separator) + length > self.style.width {
                self.text.push('\n');
                used = 0;
            } else if index > 0 {
                self.write(Ink::Dim, separator);
                used += columns(separator);
            }
            self.write(Ink::Normal, part);
            used += length;
        }
        self.text.push('\n');
    }

    /// A label and a text, broken at spaces; further lines are indented by the label's width.
    pub(super) fn paragraph(&mut self, label: &str, text: &str, ink: Ink) {
        let indent = columns(label);
        self.write(if ink == Ink::Normal { Ink::Dim } else { ink }, label);
        let width = self.style.width.saturating_sub(indent);
        for (index, line) in broken(&plain(text), width).iter().enumerate() {
            if index > 0 {
                self.text.push_str(&" ".repeat(indent));
            }
            let begins = index > 0 || label.trim().is_empty();
            if begins && line.trim_start().starts_with("::") {
                // The pipelines of GitHub would take it for a command to them.
                self.write(ink, &line.replacen("::", "\\u{3a}:", 1));
            } else {
                self.write(ink, line);
            }
            self.text.push('\n');
        }
    }

    fn write(&mut self, ink: Ink, text: &str) {
        let text = plain(text);
        let ansi = match ink {
            _ if !self.style.colour => None,
            Ink::Normal => None,
            Ink::Green => Some(AnsiColor::Green.on_default()),
            Ink::Red => Some(AnsiColor::Red.on_default()),
            Ink::Yellow => Some(AnsiColor::Yellow.on_default()),
            Ink::Dim => Some(Ansi::new().dimmed()),
            Ink::Bold => Some(Ansi::new().bold()),
        };
        match ansi {
            Some(ansi) if !text.trim().is_empty() => {
                self.text.push_str(&format!("{ansi}{text}{ansi:#}"));
            }
            _ => self.text.push_str(&text),
        }
    }
}

/// The text in lines of at most this width, but for words that are wider.
fn broken(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 && columns(&line) + 1 + columns(word) > width {
            lines.push(std::mem::take(&mut line));
        } else if index > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// How many columns a text takes, as far as can be told without a table of widths.
pub(super) fn columns(text: &str) -> usize {
    text.chars().count()
}

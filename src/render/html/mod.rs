//! The report that people mail around and open years later: one page that needs no network and
//! runs no foreign script. The verdict first, then what is wrong, then everything.

mod card;
mod checks;
mod diagram;
mod excerpt;
mod exchange;
mod ink;
mod json;
mod marks;
mod message;
mod page;
mod prose;
mod scenario;
mod security;
mod showing;
#[cfg(test)]
mod tests;
mod token;
mod tone;
mod verdict;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, Output, State, escape_formatter};

use self::page::Page;
use super::plain;
use crate::report::Report;

/// The templates, by name.
const TEMPLATES: &[(&str, &str)] = &[
    ("page.html", include_str!("page.html")),
    ("ink.html", include_str!("ink.html")),
    ("verdict.html", include_str!("verdict.html")),
    ("migration.html", include_str!("migration.html")),
    ("card.html", include_str!("card.html")),
    ("scenario.html", include_str!("scenario.html")),
    ("diagram.html", include_str!("diagram.html")),
    ("exchange.html", include_str!("exchange.html")),
    ("message.html", include_str!("message.html")),
    ("checks.html", include_str!("checks.html")),
];

/// The report as one HTML page. Whatever the issuer says stays text.
pub fn html(report: &Report) -> String {
    // Only a template that does not fit its values could fail, and tests fill in every one.
    page(&Page::of(report)).unwrap_or_else(|error| format!("<!doctype html><p>{error}"))
}

fn page(page: &Page) -> Result<String, Error> {
    let mut environment = Environment::new();
    environment.set_formatter(write);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?;
    environment.set_syntax(syntax);
    for (name, template) in TEMPLATES {
        environment.add_template(name, template)?;
    }
    environment.get_template("page.html")?.render(Serde(page))
}

/// Every value that a template prints comes by here: markup becomes text, and no character moves
/// what is around it.
fn write(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() && matches!(state.auto_escape(), AutoEscape::Html) => {
            Ok(out.write_str(&harmless(text))?)
        }
        _ => escape_formatter(out, state, value),
    }
}

/// The text for a place between tags or inside a quoted attribute.
fn harmless(text: &str) -> String {
    let mut harmless = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => harmless.push_str("&amp;"),
            '<' => harmless.push_str("&lt;"),
            '>' => harmless.push_str("&gt;"),
            '"' => harmless.push_str("&quot;"),
            '\'' => harmless.push_str("&#39;"),
            '\n' | ' '..='~' => harmless.push(character),
            other => harmless.push_str(&plain(other.encode_utf8(&mut [0; 4]))),
        }
    }
    harmless
}

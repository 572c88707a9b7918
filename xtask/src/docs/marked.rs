//! A document written by hand with parts that are generated, between marks.

use std::fs;

use crate::{Outcome, workspace};

/// The document with the part of this name written anew.
pub fn with(path: &str, text: Option<String>, name: &str, part: &str) -> Outcome<String> {
    let text = match text {
        Some(text) => text,
        None => fs::read_to_string(workspace::root().join(path))?,
    };
    let (opens, closes) =
        (format!("<!-- {name}: written by `cargo xtask docs` -->\n"), format!("<!-- /{name} -->"));
    let missing = || format!("expected {} and {closes} in {path}", opens.trim_end());
    let (before, rest) = text.split_once(&opens).ok_or_else(missing)?;
    let (_, after) = rest.split_once(&closes).ok_or_else(missing)?;
    Ok([before, &opens, part.trim_start_matches('\n'), "\n", &closes, after].concat())
}

//! The parts of the chapter on profiles that follow from the catalogue: what HAIP raises, and what came with each edition.

use std::collections::BTreeMap;

use vcispec::checks::{self, Check, EDITIONS, Profile};

use super::{markdown, marked};
use crate::Outcome;

/// Where the chapter is.
const PAGE: &str = "docs/src/profiles.md";
/// How many checks of a room are named before they are counted.
const FEW: usize = 3;

/// The chapter with its lists written anew.
pub fn page() -> Outcome<(String, String)> {
    let text = marked::with(PAGE, None, "raised", &raised())?;
    let text = marked::with(PAGE, Some(text), "editions", &editions())?;
    Ok((PAGE.to_owned(), text))
}

/// The checks whose breach is worse under HAIP than under the text alone.
fn raised() -> String {
    let raised = checks::all()
        .filter(|check| check.raised_by.contains(&Profile::Haip) && room(check) != "haip");
    let rows = raised.map(|check| {
        [markdown::code([check.id]), check.level.name().to_owned(), check.title.to_owned()]
    });
    markdown::table(["check", "by the text alone", "what it says"], rows)
}

/// What is new in each edition, by room: a whole room, a few checks, or how many.
fn editions() -> String {
    let rows = EDITIONS.iter().map(|edition| {
        let mut rooms: BTreeMap<&str, Vec<&Check>> = BTreeMap::new();
        for check in checks::all() {
            rooms.entry(room(check)).or_default().push(check);
        }
        let what = rooms.iter().filter_map(|(room, checks)| news(edition, room, checks));
        [markdown::code([*edition]), what.collect::<Vec<_>>().join(", ")]
    });
    markdown::table(["edition", "what came with it"], rows)
}

fn news(edition: &str, room: &str, checks: &[&Check]) -> Option<String> {
    let new: Vec<&str> =
        checks.iter().filter(|check| check.since == edition).map(|check| check.id).collect();
    match new.len() {
        0 => None,
        count if count == checks.len() => Some(format!("`{room}/*`")),
        count if count <= FEW => Some(markdown::code(new).replace("` `", "`, `")),
        count => Some(format!("{count} of `{room}/*`")),
    }
}

fn room(check: &Check) -> &'static str {
    check.id.split('/').next().unwrap_or_default()
}

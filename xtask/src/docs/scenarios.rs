//! The scripts: what each does, and which checks it is there to exercise.

use std::collections::BTreeMap;

use serde::Deserialize;
use vcispec::scenario::bundled;

use super::markdown;
use crate::Outcome;

/// What a reader wants to know of a script. The library reads the rest, and is strict about it.
#[derive(Deserialize)]
struct Script {
    title: String,
    aims: Vec<String>,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default = "burns_offers")]
    impact: String,
}

/// `scenarios.md`.
pub fn document() -> Outcome<String> {
    let scripts = scripts()?;
    let mut text = markdown::head(
        "Scenarios",
        &format!(
            "{} scripts, all of them inside the program. What a script needs and the issuer or the source of offers \
             does not have makes it not applicable, or not run.",
            scripts.len()
        ),
    );
    text += &markdown::table(
        ["scenario", "what happens", "needs", "impact", "aims at"],
        scripts.into_iter().map(|(id, script)| {
            [
                markdown::code([id]),
                script.title,
                script.needs.join(", "),
                script.impact,
                markdown::code(script.aims.iter().map(String::as_str)),
            ]
        }),
    );
    Ok(text)
}

/// The scenarios that aim at each check.
pub fn by_check() -> Outcome<BTreeMap<String, Vec<String>>> {
    let mut table: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, script) in scripts()? {
        for check in script.aims {
            table.entry(check).or_default().push(id.to_owned());
        }
    }
    Ok(table)
}

fn scripts() -> Outcome<Vec<(&'static str, Script)>> {
    let read = |&(id, text): &(&'static str, &str)| match toml::from_str(text) {
        Ok(script) => Ok((id, script)),
        Err(error) => Err(format!("scenarios/{id}.toml: {error}").into()),
    };
    bundled().iter().map(read).collect()
}

fn burns_offers() -> String {
    "burns-offers".to_owned()
}

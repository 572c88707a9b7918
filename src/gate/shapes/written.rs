//! A snapshot as a file that is committed and reviewed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::Value;

use super::{Reached, ScenarioShapes, Seen, Shapes, SnapshotError};
use crate::gate::shape::{Shape, key, quoted};

/// Version of the written form.
const VERSION: i64 = 1;
/// What stands at the head of the file.
const HEAD: &str = "\
# What an issuer says to honest requests, recorded by `vcispec snapshot`: configuration to the
# letter, a placeholder for everything that is secret, personal or new every time. Each later
# `vcispec run` is held against it. After a planned change: `vcispec snapshot --update`.
";

/// The file as serde sees it.
#[derive(Deserialize)]
struct Tables {
    credential_issuer: Option<String>,
    #[serde(default)]
    scenarios: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    shapes: BTreeMap<String, Value>,
}

impl Shapes {
    /// The file, sorted.
    pub fn to_toml(&self) -> String {
        let named = self.named();
        let mut text = format!("{HEAD}\nsnapshot = {VERSION}\n");
        if let Some(issuer) = &self.credential_issuer {
            let _ = writeln!(text, "credential_issuer = {}", quoted(issuer));
        }
        text.push_str("\n# Which shapes were seen in which scenario.\n[scenarios]\n");
        for (id, scenario) in &self.scenarios {
            let mut names: Vec<&str> = scenario
                .seen
                .iter()
                .filter_map(|seen| {
                    let is_it = |(_, base, shape): &&(String, &str, &Shape)| {
                        *base == seen.name && **shape == seen.shape
                    };
                    named.iter().find(is_it).map(|(name, _, _)| name.as_str())
                })
                .collect();
            names.sort_unstable();
            let names: Vec<String> = names.into_iter().map(quoted).collect();
            let _ = writeln!(text, "{} = [{}]", key(id), names.join(", "));
        }
        for (name, _, shape) in &named {
            text.push('\n');
            text.push_str(&shape.to_toml(&format!("shapes.{}", key(name))));
        }
        text
    }

    /// Reads what [`Shapes::to_toml`] wrote.
    ///
    /// # Errors
    /// [`SnapshotError`]
    pub fn read(text: &str) -> Result<Self, SnapshotError> {
        let wrong =
            |error: toml::de::Error| SnapshotError::Toml(error.to_string().trim_end().to_owned());
        let table: toml::Table = toml::from_str(text).map_err(wrong)?;
        match table.get("snapshot") {
            Some(toml::Value::Integer(VERSION)) => {}
            other => {
                let actual = other.map_or_else(|| "none".to_owned(), ToString::to_string);
                return Err(SnapshotError::Version { expected: VERSION, actual });
            }
        }
        let tables: Tables = table.try_into().map_err(wrong)?;
        let mut scenarios = BTreeMap::new();
        for (id, names) in tables.scenarios {
            let seen = names.into_iter().map(|name| {
                let shape = tables.shapes.get(&name).cloned().and_then(Shape::from_toml);
                let missing =
                    || SnapshotError::Missing { scenario: id.clone(), name: name.clone() };
                Ok(Seen {
                    shape: shape.ok_or_else(missing)?,
                    name: without_number(&name).to_owned(),
                    exchanges: Vec::new(),
                })
            });
            let seen = seen.collect::<Result<_, SnapshotError>>()?;
            scenarios.insert(id, ScenarioShapes { reached: Reached::TheEnd, seen });
        }
        Ok(Self { credential_issuer: tables.credential_issuer, scenarios })
    }

    /// Every shape with the name it has in the file: several of the same name are numbered.
    fn named(&self) -> Vec<(String, &str, &Shape)> {
        let mut named: Vec<(String, &str, &Shape)> = Vec::new();
        for (base, shape) in self.distinct() {
            let before = named.iter().filter(|(_, known, _)| *known == base).count();
            let name = match before {
                0 => base.to_owned(),
                before => format!("{base} ({})", before + 1),
            };
            named.push((name, base, shape));
        }
        named
    }
}

/// `token (2)` is another shape of `token`.
fn without_number(name: &str) -> &str {
    let numbered = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    match numbered {
        Some((base, number)) if number.parse::<u32>().is_ok() => base,
        _ => name,
    }
}

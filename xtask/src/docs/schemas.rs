//! The JSON Schemas of what users write and read, for editors and other validators.

use serde_json::Value;
use vcispec::cli::configuration;

use crate::Outcome;

/// A schema: file, title, and how it is made.
type Schema = (&'static str, &'static str, fn() -> Value);

const SCHEMAS: &[Schema] = &[("vcispec.schema.json", "vcispec.toml", configuration::schema)];

/// Every schema: where it lies, from the root of the project, and its text.
pub fn documents() -> Outcome<Vec<(String, String)>> {
    SCHEMAS.iter().map(|(name, title, make)| one(name, title, make())).collect()
}

fn one(name: &str, title: &str, mut schema: Value) -> Outcome<(String, String)> {
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".into(), title.into());
    }
    let text = serde_json::to_string_pretty(&schema)?;
    Ok((format!("docs/src/schemas/{name}"), format!("{text}\n")))
}

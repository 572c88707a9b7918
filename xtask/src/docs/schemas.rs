//! The JSON Schemas of what people write and read: for editors, and for programs.

use serde_json::Value;

use crate::Outcome;

/// One published schema: the name of its file, its title, and where it comes from.
const SCHEMAS: &[(&str, &str, fn() -> Value)] =
    &[("scenario.schema.json", "A scenario of vcispec", scenario)];

/// Every schema, as the text of its file.
pub fn documents() -> Outcome<Vec<(&'static str, String)>> {
    let written = SCHEMAS.iter().map(|(name, title, schema)| {
        let mut schema = schema();
        schema["title"] = Value::from(*title);
        Ok((*name, format!("{}\n", serde_json::to_string_pretty(&schema)?)))
    });
    written.collect()
}

fn scenario() -> Value {
    vcispec::scenario::schema(&vcispec::cli::vocabulary())
}

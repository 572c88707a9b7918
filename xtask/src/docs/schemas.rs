//! JSON Schemas of the files that people and programs write and read, for editors that complete and check them.

use serde_json::Value;

use crate::Outcome;

/// File name, title, and the schema itself.
type Row = (&'static str, &'static str, fn() -> Value);

/// One row for each kind of file.
const SCHEMAS: &[Row] = &[
    ("scenario.schema.json", "A scenario of vcispec", || {
        vcispec::scenario::schema(&vcispec::cli::vocabulary())
    }),
    ("vcispec-baseline.schema.json", "vcispec-baseline.toml", || {
        vcispec::cli::baseline_schema().to_value()
    }),
];

/// Every schema: file name and text.
pub fn documents() -> Outcome<Vec<(&'static str, String)>> {
    SCHEMAS.iter().map(|(name, title, schema)| Ok((*name, text(title, schema())?))).collect()
}

fn text(title: &str, mut schema: Value) -> Outcome<String> {
    schema["title"] = Value::from(title);
    Ok(format!("{}\n", serde_json::to_string_pretty(&schema)?))
}

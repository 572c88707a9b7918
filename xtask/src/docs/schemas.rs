//! JSON Schemas of the files that users write, for editors that complete and check them.

use serde_json::Value;

use crate::Outcome;

/// File name, title, and the schema itself.
type Row = (&'static str, &'static str, fn() -> schemars::Schema);

/// One row for each kind of file.
const SCHEMAS: &[Row] =
    &[("vcispec-baseline.schema.json", "vcispec-baseline.toml", vcispec::cli::baseline_schema)];

/// Every schema: file name and text.
pub fn documents() -> Outcome<Vec<(&'static str, String)>> {
    SCHEMAS.iter().map(|(name, title, schema)| Ok((*name, text(title, schema())?))).collect()
}

fn text(title: &str, mut schema: schemars::Schema) -> Outcome<String> {
    schema.insert("title".to_owned(), Value::from(title));
    Ok(format!("{}\n", serde_json::to_string_pretty(&schema)?))
}

//! `vcispec schema`: the JSON Schemas of what the program writes and reads, for editors and for
//! those who build on it.

use schemars::Schema;
use schemars::transform::{RecursiveTransform, Transform as _};

use super::arguments::SchemaArguments;
use super::{CliError, baseline, configuration, plan, terminal};
use crate::report::{self, ExitStatus};
use crate::scenario;

/// A JSON Schema that others may rely on.
#[derive(Debug)]
pub struct Published {
    /// As `vcispec schema` takes it.
    pub name: &'static str,
    /// The name of its file, before `.schema.json`.
    stem: &'static str,
    /// Version of what it describes.
    pub version: u32,
    /// What makes it.
    make: fn() -> Schema,
}

/// Every schema.
pub const SCHEMAS: &[Published] = &[
    Published {
        name: "report",
        stem: "report",
        version: report::SCHEMA_VERSION,
        make: report::schema,
    },
    Published { name: "scenario", stem: "scenario", version: 1, make: scenario_schema },
    Published { name: "configuration", stem: "vcispec", version: 1, make: configuration::schema },
    Published { name: "baseline", stem: "vcispec-baseline", version: 1, make: baseline::schema },
];

/// The schema of `vcispec.toml`, for the line that tells editors.
pub fn of_the_configuration() -> Option<&'static Published> {
    SCHEMAS.iter().find(|schema| schema.name == "configuration")
}

impl Published {
    /// The name of its file.
    pub fn file(&self) -> String {
        format!("{}.schema.json", self.stem)
    }

    /// Where editors find it.
    pub fn id(&self) -> String {
        format!("{}/raw/main/docs/src/schemas/{}", env!("CARGO_PKG_REPOSITORY"), self.file())
    }

    /// The schema with its title and identifier, indented, with a newline at the end.
    pub fn text(&self) -> String {
        let mut schema = (self.make)();
        schema.insert("$id".to_owned(), self.id().into());
        let title = format!("vcispec {}, version {}", self.name, self.version);
        schema.insert("title".to_owned(), title.into());
        RecursiveTransform(without_formats_of_our_own).transform(&mut schema);
        // Maps with keys that are no text could fail, and there are none.
        let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// With the names of checks and tampers, for editors to complete.
fn scenario_schema() -> Schema {
    // What the scenario room gives is a schema.
    Schema::try_from(scenario::schema(&plan::vocabulary())).unwrap_or_default()
}

/// The widths of integers in Rust are no formats of JSON Schema, and strict validators refuse them.
fn without_formats_of_our_own(schema: &mut Schema) {
    let number = |format: &str| format.starts_with("uint") || format.starts_with("int");
    if schema.get("format").and_then(|format| format.as_str()).is_some_and(number) {
        schema.remove("format");
    }
}

/// Prints a schema on standard output.
pub fn schema(arguments: &SchemaArguments) -> Result<ExitStatus, CliError> {
    let published = SCHEMAS.iter().find(|schema| schema.name == arguments.name);
    let Some(published) = published else {
        return Err(CliError::Usage(format!("there is no schema {:?}", arguments.name)));
    };
    terminal::result(&published.text());
    Ok(ExitStatus::Green)
}

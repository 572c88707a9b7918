//! The parts of the chapter on scenarios that list what a script can say, from its schema.

use serde_json::Value;
use vcispec::cli::schema::SCHEMAS;

use super::{markdown, marked};
use crate::Outcome;

/// Where the chapter is.
const PAGE: &str = "docs/src/scenarios.md";

/// The chapter with its lists written anew.
pub fn page() -> Outcome<(String, String)> {
    let published = SCHEMAS.iter().find(|schema| schema.name == "scenario");
    let published = published.ok_or("expected a schema of scenarios")?;
    let schema: Value = serde_json::from_str(&published.text())?;
    let text = marked::with(PAGE, None, "needs", &needs(&schema)?)?;
    let text = marked::with(PAGE, Some(text), "wallet", &wallet(&schema)?)?;
    Ok((PAGE.to_owned(), text))
}

/// What a script can need.
fn needs(schema: &Value) -> Outcome<String> {
    let needs = schema.pointer("/$defs/Need/oneOf").and_then(Value::as_array);
    let needs = needs.ok_or("expected the needs of scenarios in their schema")?;
    let rows = needs.iter().map(|need| [markdown::code(need["const"].as_str()), description(need)]);
    Ok(markdown::table(["`needs`", "what must be there"], rows))
}

/// How a wallet can differ from a plain one.
fn wallet(schema: &Value) -> Outcome<String> {
    let settings = schema.pointer("/$defs/WalletSettings/properties").and_then(Value::as_object);
    let settings = settings.ok_or("expected the settings of wallets in the schema of scenarios")?;
    let rows = settings.iter().map(|(name, setting)| {
        [markdown::code([name.as_str()]), description(setting), values(schema, setting)]
    });
    Ok(markdown::table(["`[wallet]`", "means", "values"], rows))
}

/// What a setting takes, and what it is where nothing is said.
fn values(schema: &Value, setting: &Value) -> String {
    let default = &setting["default"];
    let reference = setting["$ref"].as_str().or_else(|| setting["anyOf"][0]["$ref"].as_str());
    if let Some(name) = reference.and_then(|reference| reference.strip_prefix("#/$defs/")) {
        let choices = schema["$defs"][name]["oneOf"].as_array();
        let choices = choices.into_iter().flatten().map(|choice| shown(choice, default));
        return choices.collect::<Vec<_>>().join(" ");
    }
    match default {
        Value::Bool(_) => format!("`true`, `false` ({default} by default)"),
        Value::Number(_) => format!("a number ({default} by default)"),
        Value::Array(_) => "a list of texts".to_owned(),
        _ => "a text".to_owned(),
    }
}

/// One of several values: what is written, and what that means.
fn shown(choice: &Value, default: &Value) -> String {
    let means = description(choice);
    match &choice["const"] {
        Value::Null => means,
        written if written == default => format!("`{written}` (default): {means}"),
        written => format!("`{written}`: {means}"),
    }
}

fn description(value: &Value) -> String {
    value["description"].as_str().unwrap_or_default().to_owned()
}

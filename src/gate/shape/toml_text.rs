//! A shape as TOML that reviews well: sorted, one value a line, each line with its whole path.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::{HEAD, Shape};

/// A longer list has a line for each element; so has a list of objects.
const WIDEST: usize = 60;
/// Members by which a reader knows an object; they come first in its line.
const TELLING: &[&str] = &["path", "locale", "name", "type", "kty", "subject"];

impl Shape {
    /// The shape as TOML, in tables below the one of this name.
    pub fn to_toml(&self, table: &str) -> String {
        let mut text = format!("[{table}]\n");
        let leaves = self.0.iter().filter(|(_, value)| !is_table(value));
        let mut leaves: Vec<_> = leaves.collect();
        let rank = |name: &str| HEAD.iter().position(|head| *head == name).unwrap_or(HEAD.len());
        leaves.sort_by_key(|(name, _)| (rank(name), name.as_str()));
        for (name, value) in leaves {
            line(&mut text, &key(name), value);
        }
        for (name, value) in sorted(&self.0) {
            if is_table(value) {
                let _ = writeln!(text, "\n[{table}.{}]", key(name));
                for (path, leaf) in leaves_of(value) {
                    line(&mut text, &path, leaf);
                }
            }
        }
        text
    }

    /// The shape in a table that [`Shape::to_toml`] wrote; none where the value is no table.
    pub fn from_toml(table: Value) -> Option<Self> {
        match table {
            Value::Object(members) => Some(Self(members)),
            _ => None,
        }
    }

    /// Every value with its path, as it reads in the file.
    pub(super) fn leaves(&self) -> Vec<(String, &Value)> {
        let mut leaves = Vec::new();
        for (name, value) in sorted(&self.0) {
            match value {
                value if !is_table(value) => leaves.push((key(name), value)),
                // What an issuer says has no need of a prefix.
                value if name == "body" => leaves.extend(leaves_of(value)),
                value => {
                    let below = leaves_of(value).into_iter();
                    leaves
                        .extend(below.map(|(path, leaf)| (format!("{}.{path}", key(name)), leaf)));
                }
            }
        }
        leaves
    }
}

/// A value in one line.
pub(super) fn inline(value: &Value) -> String {
    match value {
        // TOML has none; a shape has a placeholder in its place.
        Value::Null => quoted("<null>"),
        Value::Bool(_) => value.to_string(),
        Value::Number(number) if number.is_i64() || number.is_f64() => number.to_string(),
        Value::Number(number) => quoted(&number.to_string()),
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            let rank = |name: &str| {
                TELLING.iter().position(|telling| *telling == name).unwrap_or(TELLING.len())
            };
            members.sort_by_key(|(name, _)| (rank(name), name.as_str()));
            let members: Vec<String> = members
                .into_iter()
                .map(|(name, value)| format!("{} = {}", key(name), inline(value)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}

/// A key, bare where that is possible.
pub(in crate::gate) fn key(name: &str) -> String {
    let is_bare = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_');
    if !name.is_empty() && name.chars().all(is_bare) { name.to_owned() } else { quoted(name) }
}

fn line(text: &mut String, path: &str, value: &Value) {
    let short = inline(value);
    match value {
        Value::Array(items)
            if short.chars().count() > WIDEST || items.iter().any(Value::is_object) =>
        {
            let _ = writeln!(text, "{path} = [");
            for item in items {
                let _ = writeln!(text, "    {},", inline(item));
            }
            text.push_str("]\n");
        }
        _ => {
            let _ = writeln!(text, "{path} = {short}");
        }
    }
}

fn leaves_of(value: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    collect(value, "", &mut found);
    found
}

/// Shapes are as deep as they were made: there is a bound where they are.
fn collect<'v>(value: &'v Value, path: &str, into: &mut Vec<(String, &'v Value)>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in sorted(members) {
                let path = match path {
                    "" => key(name),
                    path => format!("{path}.{}", key(name)),
                };
                collect(value, &path, into);
            }
        }
        leaf => into.push((path.to_owned(), leaf)),
    }
}

fn is_table(value: &Value) -> bool {
    matches!(value, Value::Object(members) if !members.is_empty())
}

fn sorted(members: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut members: Vec<_> = members.iter().collect();
    members.sort_unstable_by_key(|(name, _)| *name);
    members
}

/// A basic string: the escapes of JSON, and the one more that TOML asks for.
pub(in crate::gate) fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const WRITTEN: &str = r##"[shapes.x]
request = "GET <issuer>/x"
status = 200

[shapes.x.body]
a = ["ES256", "<null>"]
b.empty = {}
b."x#y" = 1
claims = [
    { path = ["a path that is long enough for a list to need a line for each of its elements"], mandatory = true },
    { path = ["b\"\n\u007f"] },
]
"##;

    fn shape() -> Shape {
        let path = "a path that is long enough for a list to need a line for each of its elements";
        let json = json!({
            "body": {
                "b": { "x#y": 1, "empty": {} },
                "a": ["ES256", "<null>"],
                "claims": [{ "mandatory": true, "path": [path] }, { "path": ["b\"\n\u{7f}"] }],
            },
            "status": 200,
            "request": "GET <issuer>/x",
        });
        Shape::from_toml(json).unwrap_or_default()
    }

    #[test]
    fn each_line_has_its_whole_path_and_all_are_read_back() {
        let text = shape().to_toml("shapes.x");
        assert_eq!(text, WRITTEN);
        let mut read: Value = toml::from_str(&text).unwrap_or_default();
        let table = read.pointer_mut("/shapes/x").map(Value::take).unwrap_or_default();
        assert_eq!(Shape::from_toml(table), Some(shape()));
    }
}

//! The JSON Schema of a scenario, for completion in editors.

use serde_json::{Value, json};

use super::{Scenario, Vocabulary};

/// The schema, with the names of checks and tampers in it.
pub fn schema(known: &Vocabulary) -> Value {
    let mut schema = schemars::schema_for!(Scenario).to_value();
    let tampers: Vec<&str> = known.tampers.iter().map(|tamper| tamper.name).collect();
    put(&mut schema, "/properties/aims/items", json!({ "type": "string", "enum": known.checks }));
    // A name of the table, or one of a [[tamper]] of the same script.
    let name = json!({ "anyOf": [{ "enum": tampers }, { "type": "string" }] });
    put(
        &mut schema,
        "/$defs/Step/properties/tamper",
        json!({
            "description": "What is wrong with the request; several names make one request each. \
                            Built in, or a [[tamper]] of this script.",
            "anyOf": [name, { "type": "array", "items": name }],
        }),
    );
    if let Some(properties) = schema.pointer_mut("/properties").and_then(Value::as_object_mut) {
        properties.insert(
            "case".into(),
            json!({
                "description": "A data table: each row makes a scenario of its own, with its \
                                columns in place of ${column}; name stands in the title.",
                "type": "array",
                "items": { "type": "object", "minProperties": 1 },
            }),
        );
    }
    schema
}

fn put(schema: &mut Value, pointer: &str, value: Value) {
    if let Some(place) = schema.pointer_mut(pointer) {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::KnownTamper;

    #[test]
    fn the_names_stand_in_the_schema() {
        let known = Vocabulary {
            checks: vec!["nonce/is-uncacheable"],
            tampers: vec![KnownTamper { name: "wrong-tx-code", at: &[] }],
        };
        let schema = schema(&known);
        let text = schema.to_string();
        assert!(text.contains("nonce/is-uncacheable") && text.contains("wrong-tx-code"));
        for pointer in ["/properties/case", "/properties/step", "/$defs/Expectation"] {
            assert!(schema.pointer(pointer).is_some(), "{pointer}");
        }
        assert_eq!(schema.pointer("/$defs/Step/properties/id"), None);
    }
}

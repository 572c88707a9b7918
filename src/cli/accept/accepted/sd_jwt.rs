//! An SD-JWT VC as its holder sees it: the name of its type, and claims in as many layers as they
//! have.

use serde_json::Value;

use super::{Card, Signed, configuration, is_proved, validity};
use crate::checks::{Issued, OpenedSdJwt, Scene, type_metadata};

/// Claims about the credential, which the card tells in other words or not at all.
const TOLD_OTHERWISE: &[&str] = &["cnf", "iat", "nbf", "exp", "status", "vct#integrity"];
/// How deep claims are laid out; what lies deeper is shown as JSON.
const DEEPEST: usize = 8;

/// The card of an SD-JWT VC.
pub(super) fn card(issued: &Issued, text: &str, opened: &OpenedSdJwt, scene: &Scene<'_>) -> Card {
    let mut all =
        opened.unpacked.as_ref().map(|unpacked| unpacked.claims.clone()).unwrap_or_default();
    // Disclosures come in any order; a holder wants to see the same twice.
    all.sort_keys();
    all.values_mut().for_each(Value::sort_all_objects);
    let validity = validity(&all);
    all.retain(|name, _| !TOLD_OTHERWISE.contains(&name.as_str()));
    let mut lines = Vec::new();
    for (name, value) in &all {
        lay_out(name, value, 0, &mut lines);
    }
    let holder_key = opened.sd_jwt.cnf_jwk().and_then(|jwk| jwk.thumbprint().ok());
    Card {
        configuration: configuration(issued),
        type_name: type_metadata::display_name(&opened.sd_jwt, scene),
        text: text.to_owned(),
        format: "dc+sd-jwt".to_owned(),
        claims: all,
        lines,
        is_bound_to_us: is_proved(issued, &holder_key),
        holder_key,
        validity,
        signature: Signed::of(&opened.signature, "x5c"),
        status: None,
    }
}

/// A claim on a line of its own, and what is in it below; an array of scalars stays on its line.
fn lay_out(name: &str, value: &Value, depth: usize, lines: &mut Vec<(String, String)>) {
    let name = format!("{}{name}", "  ".repeat(depth));
    match value {
        Value::Object(members) if !members.is_empty() && depth < DEEPEST => {
            lines.push((name, String::new()));
            for (name, value) in members {
                lay_out(name, value, depth + 1, lines);
            }
        }
        Value::Array(elements) if elements.iter().any(is_nested) && depth < DEEPEST => {
            lines.push((name, String::new()));
            for (place, element) in (1..).zip(elements) {
                lay_out(&format!("{place}."), element, depth + 1, lines);
            }
        }
        Value::Array(elements) if !elements.iter().any(is_nested) => {
            let elements: Vec<String> = elements.iter().map(in_words).collect();
            lines.push((name, elements.join(", ")));
        }
        value => lines.push((name, in_words(value))),
    }
}

fn is_nested(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

fn in_words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::lay_out;
    use serde_json::{Value, json};

    fn laid_out(value: &Value) -> Vec<String> {
        let mut lines = Vec::new();
        lay_out("claim", value, 0, &mut lines);
        lines.into_iter().map(|(name, value)| format!("{name}: {value}")).collect()
    }

    #[test]
    fn layers_are_indented_and_lists_stay_on_a_line() {
        assert_eq!(laid_out(&json!(["DE", "SE"])), ["claim: DE, SE"]);
        assert_eq!(
            laid_out(&json!({ "locality": "Köln", "position": { "latitude": 50.9 } })),
            ["claim: ", "  locality: Köln", "  position: ", "    latitude: 50.9"]
        );
        assert_eq!(
            laid_out(&json!([{ "name": "Max" }, 7])),
            ["claim: ", "  1.: ", "    name: Max", "  2.: 7"]
        );
    }

    #[test]
    fn what_lies_too_deep_is_shown_as_it_is() {
        let mut deep = json!(1);
        for _ in 0..40 {
            deep = json!({ "a": deep });
        }
        assert_eq!(laid_out(&deep).len(), 9);
    }
}

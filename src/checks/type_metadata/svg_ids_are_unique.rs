//! A placeholder stands for one claim.

use serde_json::Value;

use super::{described, in_document};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/svg-ids-are-unique",
    aliases: &[],
    since: "2026.3",
    title: "svg_id are usable and unique",
    level: Level::Must,
    raised_by: &[],
    applies: described,
    spec: &["sdjwtvc#section-9"],
    obligation: "each svg_id in type metadata consists of letters, digits and underscores, does not begin with a digit, and occurs once",
    doc: "An SVG template holds placeholders such as `{{street_address}}`, and `svg_id` says which \
          claim replaces which. Two claims with one id, a hyphen in it, or a digit at its beginning \
          leave the placeholder as it is, for everybody to see.",
    judge: Judge::Answers(Station::TypeMetadata, svg_ids_are_unique),
};

fn svg_ids_are_unique(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    const EXPECTED: &str = "svg_id of letters, digits and underscores, each once";
    in_document(answered, scene, |metadata| {
        let given: Vec<&Value> =
            metadata.claims().filter_map(|claim| claim.json().get("svg_id")).collect();
        if given.is_empty() {
            return Finding::Exempt("no claim has an svg_id");
        }
        let unusable = given.iter().find(|id| !id.as_str().is_some_and(is_usable));
        if let Some(id) = unusable {
            return Finding::breaks(EXPECTED, format!("svg_id {}", shape::describe(Some(id))));
        }
        let ids: Vec<&str> = given.into_iter().filter_map(Value::as_str).collect();
        match shape::repeated(&ids) {
            Some(id) => Finding::breaks(EXPECTED, format!("svg_id {} twice", shape::quote(id))),
            None => Finding::Holds,
        }
    })
}

fn is_usable(id: &str) -> bool {
    let begins = id.chars().next().is_some_and(|first| !first.is_ascii_digit());
    begins && id.chars().all(|character| character.is_alphanumeric() || character == '_')
}

#[cfg(test)]
mod tests {
    use super::super::staged::{described, plain};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};

    fn ids(ids: &[Value]) -> Stage {
        let claim = |id: &Value| json!({ "path": ["a"], "svg_id": id });
        described(json!({ "claims": ids.iter().map(claim).collect::<Vec<_>>() }))
    }

    #[test]
    fn usable_ones_hold_and_others_break() {
        assert_holds(&super::CHECK, &ids(&[json!("a_1"), json!("_b")]));
        assert_breaks(&super::CHECK, &ids(&[json!("a"), json!("a")]), "twice");
        for wrong in [json!("street-address"), json!("1a"), json!(""), json!(1)] {
            assert_breaks(&super::CHECK, &ids(&[wrong]), "svg_id");
        }
        assert_outcome(&super::CHECK, &described(plain()), Outcome::NotApplicable);
    }
}

//! Two descriptions of one claim leave the wallet none.

use std::collections::HashMap;

use serde_json::Value;

use super::{CLAIMS, has_json_paths, in_each_configuration, where_claims_are_described};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/claims-are-described-once",
    aliases: &[],
    since: "2026.2",
    title: "claim descriptions do not repeat or contradict each other",
    level: Level::Derived,
    raised_by: &[],
    applies: where_claims_are_described,
    spec: &["vci#claims-description-processing"],
    obligation: "no two claim descriptions of a configuration have the same path, or contradict each other about \
                 what is an array and what an object",
    doc: "A wallet that meets a claim twice, or a path that says array where another says object, must stop \
          processing the descriptions, so it shows none of them. `[\"nationalities\", null]` beside \
          `[\"nationalities\", 0]` is such a contradiction: all elements, and one of them.\n\n\
          It happens when descriptions are collected from several sources, for example one for each \
          language: put all languages of a claim into the `display` of one description.",
    judge: Judge::Answers(Station::IssuerMetadata, claims_are_described_once),
};

fn claims_are_described_once(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let expected = "one description for each claim, in agreement with the others";
    in_each_configuration(answered, scene, expected, |entry| {
        let claims = entry.json().pointer(CLAIMS)?.as_array()?;
        let paths = claims.iter().filter_map(|claim| claim.get("path")?.as_array());
        fault(paths, has_json_paths(entry))
    })
}

/// What a path says of the node that it goes on from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    Object,
    /// An array, of which it means every element.
    WholeArray,
    /// An array, of which it means one element.
    Array,
}

/// The first path that was there already, or says otherwise of a node than one before it. Into an
/// mdoc a number may be the key of a map, so there only repetition is certain.
fn fault<'a>(paths: impl Iterator<Item = &'a Vec<Value>>, is_json: bool) -> Option<String> {
    let mut seen = std::collections::HashSet::new();
    let mut nodes: HashMap<String, Node> = HashMap::new();
    for path in paths {
        let text = written(path);
        if !seen.insert(text.clone()) {
            return Some(format!("{text} twice"));
        }
        for (length, component) in path.iter().enumerate().filter(|_| is_json) {
            let node = match component {
                Value::String(_) => Node::Object,
                Value::Null => Node::WholeArray,
                Value::Number(_) => Node::Array,
                _ => break,
            };
            let parent = written(path.get(..length).unwrap_or_default());
            if *nodes.entry(parent.clone()).or_insert(node) != node {
                return Some(format!("{text} contradicts another path about {parent}"));
            }
        }
    }
    None
}

fn written(path: &[Value]) -> String {
    Value::from(path.to_vec()).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{PID, honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn stage(format: &str, paths: Value) -> Stage {
        let claims: Vec<Value> =
            paths.as_array().into_iter().flatten().map(|path| json!({ "path": path })).collect();
        let metadata = json!({ "format": format, "credential_metadata": { "claims": claims } });
        metadata_with(PID, metadata)
    }

    #[test]
    fn paths_that_agree_hold() {
        let paths = json!([
            ["a"],
            ["a", "b"],
            ["a", "c"],
            ["d", null],
            ["d", null, "e"],
            ["f", 0],
            ["f", 1]
        ]);
        assert_holds(&super::CHECK, &stage("dc+sd-jwt", paths));
    }

    #[test]
    fn repetition_and_contradiction_warn() {
        for (paths, says) in [
            (json!([["a"], ["b"], ["a"]]), r#"["a"] twice"#),
            (json!([["a", null], ["a", 0]]), r#"["a",0] contradicts another path about ["a"]"#),
            (
                json!([["a", "b"], ["a", null]]),
                r#"["a",null] contradicts another path about ["a"]"#,
            ),
            (json!([["a", 0, "b"], ["a", "b"]]), r#"contradicts another path about ["a"]"#),
        ] {
            assert_breaks(&super::CHECK, &stage("dc+sd-jwt", paths.clone()), says);
            assert_outcome(&super::CHECK, &stage("dc+sd-jwt", paths), Outcome::Warn);
        }
    }

    #[test]
    fn in_an_mdoc_a_number_may_be_a_key() {
        let paths = json!([["ns", "map", 1], ["ns", "map", "text"]]);
        assert_holds(&super::CHECK, &stage("mso_mdoc", paths));
        assert_breaks(&super::CHECK, &stage("mso_mdoc", json!([["n", "a"], ["n", "a"]])), "twice");
    }

    #[test]
    fn nonsense_is_left_to_others() {
        assert_holds(&super::CHECK, &stage("dc+sd-jwt", json!(["a.b", [["a"]], [{}], [true]])));
        assert_outcome(&super::CHECK, &honest(), Outcome::NotApplicable);
    }
}

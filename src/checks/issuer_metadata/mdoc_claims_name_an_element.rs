//! An mdoc has two storeys: the namespace, and the element in it.

use serde_json::Value;

use super::{CLAIMS, in_each_configuration, where_some_configuration};
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/mdoc-claims-name-an-element",
    aliases: &[],
    since: "2026.3",
    title: "claims of an mdoc name namespace and element",
    level: Level::Must,
    raised_by: &[],
    applies: where_claims_of_mdocs_are_described,
    spec: &["vci#claims_path_pointer", "vci#claims-description-issuer-metadata"],
    obligation: "each claims path of an mso_mdoc configuration begins with two strings, a namespace and an element \
                 identifier",
    doc: "A path such as `[\"given_name\"]` leads nowhere in an mdoc: the first component is the namespace, \
          the second the element, as in `[\"org.iso.18013.5.1\", \"given_name\"]`. Numbers and nulls may follow, for \
          what is inside the element.\n\n\
          Issuers that describe one dataset for all formats forget the namespace, or join both with a dot.",
    judge: Judge::Answers(Station::IssuerMetadata, mdoc_claims_name_an_element),
};

fn mdoc_claims_name_an_element(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let expected = "a path that begins with namespace and element";
    in_each_configuration(answered, scene, expected, |entry| {
        let claims = entry.json().pointer(CLAIMS).filter(|_| entry.is_mdoc())?.as_array()?;
        let paths = claims.iter().map(|claim| claim.get("path")).enumerate();
        paths.into_iter().find_map(|(index, path)| {
            // That a path is an array is what issuer-metadata/claims-are-paths says.
            let components = path?.as_array()?;
            let is_whole =
                matches!(components.as_slice(), [Value::String(_), Value::String(_), ..]);
            (!is_whole)
                .then(|| format!("the path of claim {} is {}", index + 1, shape::describe(path)))
        })
    })
}

fn where_claims_of_mdocs_are_described(scene: &Scene<'_>) -> Applies {
    where_some_configuration(
        scene,
        |configuration| {
            configuration.get("format").is_some_and(|format| format == "mso_mdoc")
                && configuration.pointer(CLAIMS).is_some()
        },
        "no configuration of format mso_mdoc describes claims",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{PID, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn stage(format: &str, path: Value) -> Stage {
        let claims = json!([{ "path": path }]);
        metadata_with(PID, json!({ "format": format, "credential_metadata": { "claims": claims } }))
    }

    #[test]
    fn namespace_and_element_hold() {
        assert_holds(&super::CHECK, &stage("mso_mdoc", json!(["org.iso.18013.5.1", "given_name"])));
        assert_holds(&super::CHECK, &stage("mso_mdoc", json!(["a", "b", null, 0, "c"])));
    }

    #[test]
    fn one_component_or_a_number_breaks_for_mdocs_only() {
        for path in [json!(["given_name"]), json!(["a", 0]), json!([null, "b"]), json!([])] {
            assert_breaks(&super::CHECK, &stage("mso_mdoc", path), "the path of claim 1");
        }
        let other = stage("dc+sd-jwt", json!(["given_name"]));
        assert_outcome(&super::CHECK, &other, Outcome::NotApplicable);
    }
}

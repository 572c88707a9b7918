//! The format alone does not say what a credential is.

use serde_json::Value;

use super::{in_each_configuration, where_some_configuration};
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

/// What a member must be.
type Kind = (fn(&Value) -> bool, &'static str);

const STRING: Kind = (Value::is_string, "a string");
const ARRAY: Kind = (Value::is_array, "an array");

/// The formats of the specification, and the members that name the type in each.
const FORMATS: &[(&str, &[(&str, Kind)])] = &[
    ("dc+sd-jwt", &[("/vct", STRING)]),
    ("mso_mdoc", &[("/doctype", STRING)]),
    ("jwt_vc_json", &[("/credential_definition/type", ARRAY)]),
    ("jwt_vc_json-ld", LINKED_DATA),
    ("ldp_vc", LINKED_DATA),
];

const LINKED_DATA: &[(&str, Kind)] =
    &[("/credential_definition/type", ARRAY), ("/credential_definition/@context", ARRAY)];

pub static CHECK: Check = Check {
    id: "issuer-metadata/configurations-name-their-type",
    aliases: &[],
    since: "2026.1",
    title: "each configuration names its credential type",
    level: Level::Must,
    raised_by: &[],
    applies: where_formats_are_known,
    spec: &[
        "vci#server-metadata-sd-jwt-vc",
        "vci#server-metadata-mso-mdoc",
        "vci#server-metadata-jwt-vc-json",
        "vci#server-metadata-ldp-vc",
    ],
    obligation: "a configuration names its type in the way of its format: vct, doctype, or \
                 credential_definition with type and @context",
    doc: "`dc+sd-jwt` has `vct`, `mso_mdoc` has `doctype`, and the W3C formats have `credential_definition` \
          with the array `type`, for the linked-data forms with `@context` too. The members stand at the \
          top of the configuration. Drafts moved them about, and a `vct` inside `credential_definition` or \
          a `types` array is what copies of older metadata look like.\n\n\
          Compare the configuration with the example of its format. Formats that the specification does not \
          define are not judged.",
    judge: Judge::Answers(Station::IssuerMetadata, configurations_name_their_type),
};

fn configurations_name_their_type(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_each_configuration(answered, scene, "the type, as the format has it", |entry| {
        let members = members_of(entry.json())?;
        members.iter().find_map(|(pointer, (is_so, name))| {
            let value = entry.json().pointer(pointer);
            let member = pointer.trim_start_matches('/').replace('/', ".");
            (!value.is_some_and(is_so))
                .then(|| format!("{member} is {}, not {name}", shape::describe(value)))
        })
    })
}

fn members_of(configuration: &Value) -> Option<&'static [(&'static str, Kind)]> {
    let format = configuration.get("format")?.as_str()?;
    FORMATS.iter().find(|(name, _)| *name == format).map(|(_, members)| *members)
}

fn where_formats_are_known(scene: &Scene<'_>) -> Applies {
    where_some_configuration(
        scene,
        |configuration| members_of(configuration).is_some(),
        "no configuration has a format that the specification defines",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{PID, honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn stage(configuration: Value) -> Stage {
        metadata_with(PID, configuration)
    }

    #[test]
    fn every_format_names_its_type_in_its_own_way() {
        assert_holds(&super::CHECK, &honest());
        for fine in [
            json!({ "format": "mso_mdoc", "doctype": "org.iso.18013.5.1.mDL" }),
            json!({ "format": "jwt_vc_json", "credential_definition": { "type": ["A"] } }),
            json!({ "format": "ldp_vc",
                    "credential_definition": { "type": ["A"], "@context": ["https://c"] } }),
        ] {
            assert_holds(&super::CHECK, &stage(fine));
        }
    }

    #[test]
    fn a_missing_or_misplaced_type_breaks() {
        for (wrong, says) in [
            (
                json!({ "format": "dc+sd-jwt", "credential_definition": { "vct": "v" } }),
                "vct is nothing",
            ),
            (json!({ "format": "mso_mdoc", "doctype": 1 }), "doctype is 1"),
            (
                json!({ "format": "jwt_vc_json", "credential_definition": { "type": "A" } }),
                "credential_definition.type is \"A\", not an array",
            ),
            (
                json!({ "format": "jwt_vc_json-ld", "credential_definition": { "type": ["A"] } }),
                "credential_definition.@context is nothing",
            ),
        ] {
            assert_breaks(&super::CHECK, &stage(wrong), says);
        }
    }

    #[test]
    fn formats_of_others_are_theirs() {
        let stage = stage(json!({ "format": "ac_vp" }));
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

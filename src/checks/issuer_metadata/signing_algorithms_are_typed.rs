//! JOSE names its algorithms, COSE numbers them.

use serde_json::Value;

use super::{in_each_configuration, where_some_configuration};
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

const MEMBER: &str = "credential_signing_alg_values_supported";

pub static CHECK: Check = Check {
    id: "issuer-metadata/signing-algorithms-are-typed",
    aliases: &[],
    since: "2026.1",
    title: "signing algorithms have the type of their format",
    level: Level::Must,
    raised_by: &[],
    applies: where_algorithms_are_listed,
    spec: &[
        "vci#credential-issuer-parameters",
        "vci#server-metadata-sd-jwt-vc",
        "vci#server-metadata-mso-mdoc",
        "vci#server-metadata-jwt-vc-json",
        "vci#server-metadata-ldp-vc",
    ],
    obligation: "credential_signing_alg_values_supported is a non-empty array of numbers for mso_mdoc and \
                 of strings for the other formats",
    doc: "Since draft 16 the algorithms of an mdoc are COSE numbers, such as `-7` or `-9`; those of all \
          other formats remain strings, such as `ES256`. Issuers that fill the member for every format from \
          one list publish `\"ES256\"` for mdocs, and typed wallets fail on the whole document.\n\n\
          Fill the member by format, or leave it out: it is optional. An empty array is not allowed. \
          Formats that the specification does not define may use either type.",
    judge: Judge::Answers(Station::IssuerMetadata, signing_algorithms_are_typed),
};

fn signing_algorithms_are_typed(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let expected = "a non-empty array, of numbers for mso_mdoc, of strings else";
    in_each_configuration(answered, scene, expected, |entry| {
        let value = entry.json().get(MEMBER)?;
        let items = match value.as_array() {
            Some(items) if !items.is_empty() => items,
            _ => return Some(shape::describe(Some(value))),
        };
        let is_right: fn(&Value) -> bool = match entry.format() {
            Some("mso_mdoc") => |item| shape::integer(item).is_some(),
            Some("dc+sd-jwt" | "jwt_vc_json" | "jwt_vc_json-ld" | "ldp_vc") => Value::is_string,
            _ => |_| true,
        };
        let wrong = items.iter().find(|item| !is_right(item))?;
        let format = entry.format().unwrap_or_default();
        Some(format!("{} for {format}", shape::describe(Some(wrong))))
    })
}

fn where_algorithms_are_listed(scene: &Scene<'_>) -> Applies {
    where_some_configuration(
        scene,
        |configuration| configuration.get(MEMBER).is_some(),
        "no configuration has credential_signing_alg_values_supported",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{PID, honest, metadata_with, metadata_without};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn stage(format: &str, algorithms: Value) -> Stage {
        metadata_with(PID, json!({ "format": format, super::MEMBER: algorithms }))
    }

    #[test]
    fn each_format_has_its_type() {
        assert_holds(&super::CHECK, &honest());
        assert_holds(&super::CHECK, &stage("mso_mdoc", json!([-7, -9])));
        assert_holds(&super::CHECK, &stage("example", json!([-7, "ES256"])));
    }

    #[test]
    fn the_other_type_breaks() {
        for (format, algorithms, says) in [
            ("mso_mdoc", json!(["ES256"]), "\"ES256\" for mso_mdoc"),
            ("dc+sd-jwt", json!([-7]), "-7 for dc+sd-jwt"),
            ("dc+sd-jwt", json!([]), "an empty array"),
            ("example", json!("ES256"), "\"ES256\""),
        ] {
            assert_breaks(&super::CHECK, &stage(format, algorithms), says);
        }
    }

    #[test]
    fn the_list_is_optional() {
        let stage = metadata_without(&format!("{PID}/{}", super::MEMBER));
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

//! A wallet chooses its key by the binding method, and passes by what it does not know.

use serde_json::Value;

use super::{in_document, where_some_configuration};
use crate::checks::{Answered, Applies, Breach, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

const MEMBER: &str = "cryptographic_binding_methods_supported";

pub static CHECK: Check = Check {
    id: "issuer-metadata/binding-methods-are-known",
    aliases: &[],
    since: "2026.1",
    title: "binding methods are known names",
    level: Level::Must,
    raised_by: &[],
    applies: where_credentials_are_bound,
    spec: &["vci#credential-issuer-parameters"],
    obligation: "cryptographic_binding_methods_supported is a non-empty array of jwk, cose_key and \
                 did:<method>",
    doc: "The names are `jwk`, `cose_key` and, for DIDs, the prefix with the method and nothing behind it: \
          `did:web`, not `did:web:` and not a whole DID. They are case sensitive. An empty array would say \
          that key binding is required and impossible.\n\n\
          List the forms of key that credentials of this configuration really carry. Other names only warn, \
          since the specification does not close the list.",
    judge: Judge::Answers(Station::IssuerMetadata, binding_methods_are_known),
};

fn binding_methods_are_known(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let expected = "jwk, cose_key or did:<method>";
        let mut worst = Finding::Silent("no configuration has binding methods");
        for (id, configuration) in metadata.configurations() {
            let Some(value) = configuration.json().get(MEMBER) else {
                continue;
            };
            let methods = match shape::strings(Some(value)) {
                Ok(methods) => methods,
                Err(found) => {
                    return Finding::breaks(
                        "a non-empty array of strings",
                        format!("{id}: {found}"),
                    );
                }
            };
            if matches!(worst, Finding::Silent(_)) {
                worst = Finding::Holds;
            }
            for method in methods {
                let breach = Breach::new(expected, format!("{id}: {}", shape::quote(method)));
                match method.strip_prefix("did:") {
                    Some(name) if !is_method_name(name) => return Finding::Breaks(breach),
                    None if !matches!(method, "jwk" | "cose_key") => {
                        worst = Finding::Warns(breach, "the specification does not close the list");
                    }
                    _ => {}
                }
            }
        }
        worst
    })
}

/// The syntax of a DID method name (DID Core 3.1).
fn is_method_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|octet| octet.is_ascii_lowercase() || octet.is_ascii_digit())
}

fn where_credentials_are_bound(scene: &Scene<'_>) -> Applies {
    where_some_configuration(
        scene,
        |configuration: &Value| configuration.get(MEMBER).is_some(),
        "no configuration has cryptographic_binding_methods_supported",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{PID, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn stage(methods: Value) -> Stage {
        metadata_with(&format!("{PID}/{}", super::MEMBER), methods)
    }

    #[test]
    fn the_names_of_the_specification_hold() {
        assert_holds(&super::CHECK, &stage(json!(["jwk", "cose_key", "did:web"])));
    }

    #[test]
    fn malformed_names_break() {
        for (methods, says) in [
            (json!(["did:jwk:"]), "did:jwk:"),
            (json!(["jwk", "did:Web"]), "did:Web"),
            (json!([]), "an empty array"),
            (json!("jwk"), "\"jwk\""),
            (json!([1]), "1"),
        ] {
            assert_breaks(&super::CHECK, &stage(methods.clone()), says);
            assert_outcome(&super::CHECK, &stage(methods), Outcome::Fail);
        }
    }

    #[test]
    fn other_names_warn_and_no_binding_is_fine() {
        assert_outcome(&super::CHECK, &stage(json!(["JWK"])), Outcome::Warn);
        let unbound = metadata_with(PID, json!({ "format": "dc+sd-jwt" }));
        assert_outcome(&super::CHECK, &unbound, Outcome::NotApplicable);
    }
}

//! Faults of type metadata, and of credentials by what those say.

use serde_json::{Map, Value, json};

use super::{Fault, Stage};
use crate::{answer::Answer, station::Station};

const SERVED: &[Station] = &[Station::TypeMetadata];

/// Integrity metadata of nothing that is served here.
const OF_NOTHING: &str = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "type-as-an-array",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| answer.replace_by_text("[]".to_owned())),
        config: "plain",
        says: "What stands at the vct is an array",
        caught_by: &["type-metadata/is-a-json-object"],
    },
    Fault {
        name: "type-as-octets",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| answer.retype("application/octet-stream")),
        config: "plain",
        says: "Type metadata do not say that they are JSON",
        caught_by: &["type-metadata/is-served-as-json"],
    },
    Fault {
        name: "type-of-another-name",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| {
            set(answer, "vct", json!("https://types.example/another"));
        }),
        config: "plain",
        says: "Type metadata describe another type than the vct that led to them",
        caught_by: &["type-metadata/names-its-vct"],
    },
    Fault {
        name: "vct-integrity-of-another",
        station: "type-metadata",
        stage: Stage::Claims(|claims, _| {
            claims.clear.insert("vct#integrity".to_owned(), json!(OF_NOTHING));
        }),
        config: "types",
        says: "The credential carries the hash of other type metadata",
        caught_by: &["type-metadata/vct-integrity-matches"],
    },
    Fault {
        name: "extends-into-nothing",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| {
            let nowhere = format!("{}/nowhere", vct(answer));
            set(answer, "extends", json!(nowhere));
        }),
        config: "plain",
        says: "The type extends one that is not there",
        caught_by: &["type-metadata/extended-type-is-found"],
    },
    Fault {
        name: "extends-integrity-of-another",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| {
            if extend_the_diploma(answer) {
                set(answer, "extends#integrity", json!(OF_NOTHING));
            }
        }),
        config: "plain",
        says: "The type carries the hash of another than the type it extends",
        caught_by: &["type-metadata/extends-integrity-matches"],
    },
    Fault {
        name: "extends-itself",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| {
            let vct = vct(answer);
            set(answer, "extends", json!(vct));
        }),
        config: "plain",
        says: "The type extends itself",
        caught_by: &["type-metadata/extends-without-a-cycle"],
    },
    Fault {
        name: "extension-loosens-a-rule",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| {
            let sd = if extend_the_diploma(answer) { "allowed" } else { "always" };
            set(answer, "claims", json!([{"path": ["family_name"], "sd": sd}]));
        }),
        config: "plain",
        says: "The type gives back the choice that the type it extends takes",
        caught_by: &["type-metadata/extension-keeps-the-rules"],
    },
    Fault {
        name: "display-without-a-name",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| set(answer, "display", json!([{"lang": "en"}]))),
        config: "plain",
        says: "The type has a display without a name",
        caught_by: &["type-metadata/display-is-well-formed"],
    },
    Fault {
        name: "display-by-locale",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| {
            set(answer, "display", json!([{"locale": "en", "name": "Credential"}]));
        }),
        config: "plain",
        says: "Display entries name their language as later drafts do, and not as the pinned one does",
        caught_by: &["type-metadata/names-languages-as-pinned"],
    },
    Fault {
        name: "logo-without-uri",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| {
            let rendering = json!({"simple": {"logo": {"alt_text": "A logo"}}});
            let entry = json!({"lang": "en", "name": "Credential", "rendering": rendering});
            set(answer, "display", json!([entry]));
        }),
        config: "plain",
        says: "The type has a logo without an address",
        caught_by: &["type-metadata/rendering-is-well-formed"],
    },
    Fault {
        name: "claim-by-a-dotted-path",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| {
            set(answer, "claims", json!([{"path": "address.locality"}]));
        }),
        config: "plain",
        says: "The type describes a claim by a text with dots",
        caught_by: &["type-metadata/claims-are-well-formed"],
    },
    Fault {
        name: "svg-id-with-a-hyphen",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| {
            set(answer, "claims", json!([{"path": ["given_name"], "svg_id": "given-name"}]));
        }),
        config: "plain",
        says: "The type has a placeholder that no template can name",
        caught_by: &["type-metadata/svg-ids-are-unique"],
    },
    Fault {
        name: "schema-twice",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| {
            set(answer, "schema", json!({}));
            set(answer, "schema_uri", json!("https://types.example/schema"));
        }),
        config: "plain",
        says: "The type has a schema inside and another by reference",
        caught_by: &["type-metadata/has-one-schema"],
    },
    Fault {
        name: "hides-against-the-type",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| {
            set(answer, "claims", json!([{"path": ["given_name"], "sd": "never"}]));
        }),
        config: "plain",
        says: "The credential hides a claim that its type wants to be seen",
        caught_by: &["type-metadata/credential-hides-as-told"],
    },
    Fault {
        name: "lacks-a-claim-of-the-type",
        station: "type-metadata",
        stage: Stage::Wire(SERVED, |answer| {
            set(answer, "claims", json!([{"path": ["academic_title"], "mandatory": true}]));
        }),
        config: "plain",
        says: "The credential lacks a claim that its type calls mandatory",
        caught_by: &["type-metadata/mandatory-claims-are-there"],
    },
];

fn set(answer: &mut Answer, name: &str, value: Value) {
    if let Some(document) = answer.object() {
        document.insert(name.to_owned(), value);
    }
}

fn vct(answer: &mut Answer) -> String {
    let vct = |document: &mut Map<String, Value>| Some(document.get("vct")?.as_str()?.to_owned());
    answer.object().and_then(vct).unwrap_or_default()
}

/// Lets the type of the PID extend that of the diploma; any other stays as it is.
fn extend_the_diploma(answer: &mut Answer) -> bool {
    let vct = vct(answer);
    let Some(types) = vct.strip_suffix("/pid") else {
        return false;
    };
    set(answer, "extends", json!(format!("{types}/diploma")));
    true
}

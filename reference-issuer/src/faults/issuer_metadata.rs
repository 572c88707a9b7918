//! Faults of the Credential Issuer Metadata.
//!
//! What is wrong with one configuration is shown in a third one, which nobody offers, so that nothing else breaks.

use serde_json::{Map, Value, json};

use super::{Fault, Stage};
use crate::{answer::Answer, layout::Layout, refusal::Refusal, station::Station};

const METADATA: &[Station] = &[Station::IssuerMetadata];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "mdoc-claims-without-namespace",
        station: "issuer-metadata",
        stage: Stage::Wire(&[Station::IssuerMetadata], forget_namespaces),
        config: "mdoc",
        says: "Claims of an mdoc are described without their namespace",
        caught_by: &["issuer-metadata/mdoc-claims-name-an-element"],
    },
    Fault {
        name: "metadata-in-no-rare-language",
        station: "issuer-metadata",
        stage: Stage::Request(METADATA, |incoming| {
            let is_rare = incoming.header("accept-language").any(|tags| tags == "tlh");
            is_rare.then(|| Refusal::bad_request("not_acceptable", "no such language"))
        }),
        config: "signed-metadata",
        says: "Metadata are refused to whoever asks for a language that they are not in",
        caught_by: &["issuer-metadata/serves-any-language"],
    },
    Fault {
        name: "metadata-without-content-language",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            answer.headers.remove("content-language");
        }),
        config: "signed-metadata",
        says: "Display texts are narrowed to a language, and nothing says so",
        caught_by: &["issuer-metadata/names-its-languages"],
    },
    Fault {
        name: "metadata-lose-configurations-in-a-language",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            if answer.headers.contains_key("content-language")
                && let Some(configurations) = configurations(answer)
            {
                configurations.remove("diploma");
            }
        }),
        config: "signed-metadata",
        says: "A configuration without texts in the language asked for is left out",
        caught_by: &["issuer-metadata/languages-change-texts-only"],
    },
    Fault {
        name: "metadata-without-scope",
        station: "issuer-metadata",
        stage: Stage::Wire(&[Station::IssuerMetadata, Station::AsMetadata], |answer| {
            spoil(answer, |extra| drop(extra.remove("scope")));
            if let Some(metadata) = answer.object() {
                metadata.remove("authorization_details_types_supported");
            }
        }),
        config: "two-servers",
        says: "A configuration has no scope, and authorization details are not announced",
        caught_by: &["issuer-metadata/configurations-can-be-asked-for"],
    },
    Fault {
        name: "metadata-appended-path-only",
        station: "issuer-metadata",
        stage: Stage::Route(append),
        config: "tls",
        says: "Issuer metadata is served only where drafts before 16 had it, after the issuer path",
        caught_by: &[
            "issuer-metadata/is-at-the-inserted-path",
            "issuer-metadata/speaks-the-final-version",
        ],
    },
    Fault {
        name: "metadata-as-text",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| answer.retype("text/plain")),
        config: "default",
        says: "Issuer metadata is served as text/plain",
        caught_by: &["issuer-metadata/is-served-as-json"],
    },
    Fault {
        name: "metadata-foreign-issuer",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            set(answer, "credential_issuer", json!("http://localhost/another"));
        }),
        config: "default",
        says: "Issuer metadata names another credential_issuer than the one asked for",
        caught_by: &["issuer-metadata/names-the-same-issuer"],
    },
    Fault {
        name: "metadata-issuer-with-query",
        station: "issuer-metadata",
        stage: Stage::Route(|layout| {
            layout.credential_issuer.push_str("?tenant=1");
            layout.authorization_server.push_str("?tenant=1");
        }),
        config: "default",
        says: "The issuer identifier has a query, in the offer and in all metadata",
        caught_by: &[
            "issuer-metadata/identifier-is-a-plain-url",
            "offer/names-its-issuer",
            "as-metadata/issuer-is-a-plain-url",
        ],
    },
    Fault {
        name: "metadata-issuer-with-trailing-slash",
        station: "issuer-metadata",
        stage: Stage::Route(end_in_slash),
        config: "tls",
        says: "The issuer identifier ends in a slash",
        caught_by: &["issuer-metadata/identifier-has-no-trailing-slash"],
    },
    Fault {
        name: "metadata-endpoint-over-http",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            let notification_endpoint = json!("http://issuer.example/vci/told");
            set(answer, "notification_endpoint", notification_endpoint);
        }),
        config: "tls",
        says: "The notification_endpoint is an http URL, though the issuer speaks https",
        caught_by: &["issuer-metadata/uses-tls"],
    },
    Fault {
        name: "metadata-relative-endpoint",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            set(answer, "deferred_credential_endpoint", json!("/vci/later"));
        }),
        config: "default",
        says: "The deferred_credential_endpoint is a path instead of a URL",
        caught_by: &["issuer-metadata/endpoints-are-urls"],
    },
    Fault {
        name: "metadata-endpoint-nowhere",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            if let Some(metadata) = answer.object() {
                let issuer = metadata.get("credential_issuer").and_then(Value::as_str);
                let nowhere = format!("{}/vci/nowhere", issuer.unwrap_or_default());
                metadata.insert("notification_endpoint".to_owned(), json!(nowhere));
            }
        }),
        config: "plain",
        says: "Nobody answers at the notification_endpoint",
        caught_by: &["issuer-metadata/endpoints-take-post"],
    },
    Fault {
        name: "metadata-null-member",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            spoil(answer, |extra| {
                extra.insert("credential_metadata".to_owned(), Value::Null);
            })
        }),
        config: "default",
        says: "A configuration has null for its credential_metadata",
        caught_by: &["issuer-metadata/leaves-out-what-is-empty"],
    },
    Fault {
        name: "metadata-no-authorization-servers",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            set(answer, "authorization_servers", json!([]));
        }),
        config: "default",
        says: "The list of authorization servers is there but empty",
        caught_by: &[
            "issuer-metadata/names-authorization-servers",
            "issuer-metadata/leaves-out-what-is-empty",
        ],
    },
    Fault {
        name: "metadata-configuration-as-text",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            if let Some(configurations) = configurations(answer) {
                configurations.insert("extra".to_owned(), json!("dc+sd-jwt"));
            }
        }),
        config: "default",
        says: "A configuration is text instead of an object",
        caught_by: &["issuer-metadata/lists-configurations"],
    },
    Fault {
        name: "metadata-without-vct",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            spoil(answer, |extra| {
                extra.remove("vct");
            })
        }),
        config: "default",
        says: "A configuration of dc+sd-jwt has no vct",
        caught_by: &["issuer-metadata/configurations-name-their-type"],
    },
    Fault {
        name: "metadata-vc-sd-jwt",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            spoil(answer, |extra| {
                extra.insert("format".to_owned(), json!("vc+sd-jwt"));
            })
        }),
        config: "default",
        says: "A configuration has the format name of drafts, vc+sd-jwt",
        caught_by: &["issuer-metadata/names-dc-sd-jwt", "issuer-metadata/speaks-the-final-version"],
    },
    Fault {
        name: "metadata-binding-without-proof-types",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            spoil(answer, |extra| {
                extra.remove("proof_types_supported");
            })
        }),
        config: "default",
        says: "A configuration lists binding methods but no proof types",
        caught_by: &["issuer-metadata/binding-goes-with-proof-types"],
    },
    Fault {
        name: "metadata-unknown-binding-method",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            spoil(answer, |extra| {
                extra.insert(
                    "cryptographic_binding_methods_supported".to_owned(),
                    json!(["did:jwk:"]),
                );
            })
        }),
        config: "default",
        says: "A configuration lists the binding method `did:jwk:`, with a second colon",
        caught_by: &["issuer-metadata/binding-methods-are-known"],
    },
    Fault {
        name: "metadata-proof-type-without-algorithms",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            spoil(answer, |extra| {
                extra.insert("proof_types_supported".to_owned(), json!({"jwt": {}}));
            })
        }),
        config: "default",
        says: "A proof type lists no algorithms",
        caught_by: &["issuer-metadata/proof-types-list-algorithms"],
    },
    Fault {
        name: "metadata-empty-attestation-levels",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            spoil(answer, |extra| {
                let types = json!({"jwt": {
                    "proof_signing_alg_values_supported": ["ES256"],
                    "key_attestations_required": {"key_storage": []}
                }});
                extra.insert("proof_types_supported".to_owned(), types);
            })
        }),
        config: "attested",
        says: "A configuration demands key attestations of no key storage",
        caught_by: &[
            "issuer-metadata/key-attestations-required-is-well-formed",
            "issuer-metadata/leaves-out-what-is-empty",
        ],
    },
    Fault {
        name: "metadata-numeric-signing-algorithm",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            spoil(answer, |extra| {
                extra.insert("credential_signing_alg_values_supported".to_owned(), json!([-7]));
            })
        }),
        config: "default",
        says: "A dc+sd-jwt configuration lists its signing algorithm as a COSE number",
        caught_by: &["issuer-metadata/signing-algorithms-are-typed"],
    },
    Fault {
        name: "metadata-batch-size-of-one",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            set(answer, "batch_credential_issuance", json!({"batch_size": 1}));
        }),
        config: "plain",
        says: "Issuer metadata announces batches of one",
        caught_by: &["issuer-metadata/batch-size-is-at-least-two"],
    },
    Fault {
        name: "metadata-ambiguous-display",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            let display =
                json!([{"name": "One", "locale": "en"}, {"name": "Another", "locale": "EN"}]);
            set(answer, "display", display);
        }),
        config: "default",
        says: "Two display objects are for one language",
        caught_by: &["issuer-metadata/display-is-unambiguous"],
    },
    Fault {
        name: "metadata-negative-claim-path",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            spoil(answer, |extra| {
                extra.insert(
                    "credential_metadata".to_owned(),
                    json!({"claims": [{"path": ["nationalities", -1]}]}),
                );
            })
        }),
        config: "default",
        says: "A claim path has a negative index",
        caught_by: &["issuer-metadata/claims-are-paths"],
    },
    Fault {
        name: "metadata-claim-described-twice",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            spoil(answer, |extra| {
                extra.insert(
                    "credential_metadata".to_owned(),
                    json!({"claims": [{"path": ["given_name"]}, {"path": ["given_name"]}]}),
                );
            })
        }),
        config: "default",
        says: "Two descriptions are about the same claim",
        caught_by: &["issuer-metadata/claims-are-described-once"],
    },
    Fault {
        name: "metadata-display-at-the-top",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| spoil(answer, move_display)),
        config: "default",
        says: "A configuration keeps its display outside credential_metadata",
        caught_by: &[
            "issuer-metadata/keeps-display-in-credential-metadata",
            "issuer-metadata/speaks-the-final-version",
        ],
    },
    Fault {
        name: "metadata-signed-member",
        station: "issuer-metadata",
        stage: Stage::Wire(METADATA, |answer| {
            set(answer, "signed_metadata", json!("e30.e30."));
        }),
        config: "default",
        says: "Issuer metadata has the member signed_metadata of draft 13",
        caught_by: &["issuer-metadata/speaks-the-final-version"],
    },
];

fn set(answer: &mut Answer, name: &str, value: Value) {
    if let Some(metadata) = answer.object() {
        metadata.insert(name.to_owned(), value);
    }
}

fn configurations(answer: &mut Answer) -> Option<&mut Map<String, Value>> {
    let configurations = answer.object()?.get_mut("credential_configurations_supported")?;
    configurations.as_object_mut()
}

/// Adds a third configuration, a copy of the first, and damages it.
fn spoil(answer: &mut Answer, damage: fn(&mut Map<String, Value>)) {
    if let Some(configurations) = configurations(answer)
        && let Some(Value::Object(mut extra)) = configurations.get("pid").cloned()
    {
        damage(&mut extra);
        configurations.insert("extra".to_owned(), Value::Object(extra));
    }
}

fn append(layout: &mut Layout) {
    if let Some(path) = layout.credential_issuer.strip_prefix(&layout.origins.issuer) {
        layout.issuer_metadata = vec![format!("{path}/.well-known/openid-credential-issuer")];
    }
}

/// The specification no longer says whether the slash is to be kept, so the documents are at both places.
fn end_in_slash(layout: &mut Layout) {
    layout.credential_issuer.push('/');
    for paths in [&mut layout.issuer_metadata, &mut layout.jwt_vc_issuer] {
        let slashed: Vec<String> = paths.iter().map(|path| format!("{path}/")).collect();
        paths.extend(slashed);
    }
}

fn move_display(extra: &mut Map<String, Value>) {
    let metadata = extra.get_mut("credential_metadata").and_then(Value::as_object_mut);
    if let Some(display) = metadata.and_then(|metadata| metadata.shift_remove("display")) {
        extra.insert("display".to_owned(), display);
    }
}

fn forget_namespaces(answer: &mut Answer) {
    let configurations = answer
        .object()
        .and_then(|metadata| metadata.get_mut("credential_configurations_supported"))
        .and_then(Value::as_object_mut);
    for (_, configuration) in configurations.into_iter().flatten() {
        let claims = configuration.pointer_mut("/credential_metadata/claims");
        for claim in claims.and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(path) = claim.get_mut("path").and_then(Value::as_array_mut) {
                path.remove(0);
            }
        }
    }
}

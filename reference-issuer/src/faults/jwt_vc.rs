//! Faults of W3C credentials in JWTs, and of the documents that they lead to.

use axum::http::header;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::{Fault, Stage, sd_jwt::announce_another};
use crate::{
    answer::Answer,
    clock,
    formats::{Context, jwt_vc::Unsigned},
    station::Station,
};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "jwt-vc-as-json",
        station: "jwt-vc",
        stage: Stage::Signed(in_json),
        config: "jwt-vc",
        says: "The W3C credential is in the JSON serialization of JWS, put into a string",
        caught_by: &["jwt-vc/is-a-compact-jws", "credential/matches-the-request"],
    },
    Fault {
        name: "jwt-vc-typ-dc-sd-jwt",
        station: "jwt-vc",
        stage: Stage::JwtVc(|unsigned, _| {
            unsigned.header.insert("typ".to_owned(), json!("dc+sd-jwt"));
        }),
        config: "jwt-vc",
        says: "The W3C credential has the typ of another format",
        caught_by: &["jwt-vc/typ-is-jwt"],
    },
    Fault {
        name: "jwt-vc-alg-unannounced",
        station: "jwt-vc",
        stage: Stage::Wire(&[Station::IssuerMetadata], announce_another),
        config: "jwt-vc",
        says: "W3C credentials are signed with an algorithm that the metadata do not list",
        caught_by: &["jwt-vc/alg-is-announced"],
    },
    Fault {
        name: "jwt-vc-signature-broken",
        station: "jwt-vc",
        stage: Stage::Signed(break_signature),
        config: "jwt-vc",
        says: "The signature of the W3C credential does not verify",
        caught_by: &["jwt-vc/signature-verifies"],
    },
    Fault {
        name: "jwt-vc-of-a-foreign-issuer",
        station: "jwt-vc",
        stage: Stage::JwtVc(|unsigned, _| {
            let foreign = json!("did:web:somebody.example");
            if let Some(vc) = unsigned.vc() {
                vc.insert("issuer".to_owned(), foreign.clone());
            }
            unsigned.claims.insert("iss".to_owned(), foreign);
        }),
        config: "jwt-vc",
        says: "The W3C credential names an issuer whose key did not sign it",
        caught_by: &["jwt-vc/key-belongs-to-the-issuer"],
    },
    Fault {
        name: "openid-configuration-of-another",
        station: "jwt-vc",
        stage: Stage::Wire(&[Station::OpenidConfiguration], |answer| {
            set(answer, "issuer", json!("https://somebody.example"));
        }),
        config: "jwt-vc",
        says: "The OpenID configuration behind the iss of a credential is that of another issuer",
        caught_by: &["jwt-vc/key-belongs-to-the-issuer"],
    },
    Fault {
        name: "did-document-of-another",
        station: "jwt-vc",
        stage: Stage::Wire(&[Station::DidDocument], |answer| {
            set(answer, "id", json!("did:web:staging.example"));
        }),
        config: "jwt-vc",
        says: "The DID document has the DID of another stage",
        caught_by: &["jwt-vc/did-document-names-the-key", "jwt-vc/key-belongs-to-the-issuer"],
    },
    Fault {
        name: "did-document-without-controller",
        station: "jwt-vc",
        stage: Stage::Wire(&[Station::DidDocument], |answer| {
            let methods = answer.object().and_then(|it| it.get_mut("verificationMethod"));
            for method in methods.and_then(Value::as_array_mut).into_iter().flatten() {
                method["controller"] = Value::Null;
            }
        }),
        config: "jwt-vc",
        says: "The key in the DID document has no controller",
        caught_by: &["jwt-vc/did-document-names-the-key"],
    },
    Fault {
        name: "did-document-as-html",
        station: "jwt-vc",
        stage: Stage::Wire(&[Station::DidDocument], |answer| answer.retype("text/html")),
        config: "jwt-vc",
        says: "The DID document is served as text/html",
        caught_by: &["jwt-vc/did-document-is-served-as-json"],
    },
    Fault {
        name: "jwt-vc-without-vc",
        station: "jwt-vc",
        stage: Stage::JwtVc(|unsigned, _| {
            if let Some(Value::Object(vc)) = unsigned.claims.remove("vc") {
                unsigned.claims.extend(vc);
            }
        }),
        config: "jwt-vc",
        says: "The members of the credential stand at the top, as in version 2 of the data model",
        caught_by: &["jwt-vc/holds-the-vc-claim"],
    },
    Fault {
        name: "jwt-vc-context-of-version-2",
        station: "jwt-vc",
        stage: Stage::JwtVc(|unsigned, _| {
            let context = json!(["https://www.w3.org/ns/credentials/v2"]);
            put(unsigned.vc(), "@context", context);
        }),
        config: "jwt-vc",
        says: "The W3C credential has the context of version 2 of the data model",
        caught_by: &["jwt-vc/context-comes-first"],
    },
    Fault {
        name: "jwt-vc-of-the-general-type",
        station: "jwt-vc",
        stage: Stage::JwtVc(|unsigned, _| {
            put(unsigned.vc(), "type", json!(["VerifiableCredential"]));
        }),
        config: "jwt-vc",
        says: "The W3C credential has the general type only",
        caught_by: &["jwt-vc/type-matches", "credential/matches-the-request"],
    },
    Fault {
        name: "jwt-vc-issuers-differ",
        station: "jwt-vc",
        stage: Stage::JwtVc(|unsigned, _| {
            put(unsigned.vc(), "issuer", json!({"id": "https://issuer.example/", "name": "I"}));
        }),
        config: "jwt-vc",
        says: "The issuer inside the W3C credential is not that of iss",
        caught_by: &["jwt-vc/names-its-issuer"],
    },
    Fault {
        name: "jwt-vc-iat-for-nbf",
        station: "jwt-vc",
        stage: Stage::JwtVc(|unsigned, _| {
            if let Some(nbf) = unsigned.claims.remove("nbf") {
                unsigned.claims.insert("iat".to_owned(), nbf);
            }
        }),
        config: "jwt-vc",
        says: "The W3C credential has iat and no nbf",
        caught_by: &["jwt-vc/dates-agree"],
    },
    Fault {
        name: "jwt-vc-exp-as-text",
        station: "jwt-vc",
        stage: Stage::JwtVc(|unsigned, _| {
            let exp = unsigned.claims.get("exp").and_then(Value::as_u64).unwrap_or_default();
            unsigned.claims.insert("exp".to_owned(), json!(clock::rfc3339(exp)));
        }),
        config: "jwt-vc",
        says: "The W3C credential has a date as text in exp",
        caught_by: &["jwt-vc/dates-agree"],
    },
    Fault {
        name: "jwt-vc-without-jti",
        station: "jwt-vc",
        stage: Stage::JwtVc(|unsigned, _| {
            unsigned.claims.remove("jti");
        }),
        config: "jwt-vc",
        says: "The id of the W3C credential does not stand in jti",
        caught_by: &["jwt-vc/identifiers-agree"],
    },
    Fault {
        name: "jwt-vc-unbound",
        station: "jwt-vc",
        stage: Stage::JwtVc(|unsigned, _| {
            for name in ["cnf", "sub"] {
                unsigned.claims.remove(name);
            }
            if let Some(subject) = unsigned.subject() {
                subject.remove("id");
            }
        }),
        config: "jwt-vc",
        says: "The W3C credential is bound to no key",
        caught_by: &["jwt-vc/binds-the-holder-key"],
    },
    Fault {
        name: "jwt-vc-expired",
        station: "jwt-vc",
        stage: Stage::JwtVc(expire),
        config: "jwt-vc",
        says: "The W3C credential has expired when it is issued",
        caught_by: &["jwt-vc/is-valid-now"],
    },
    Fault {
        name: "jwt-vc-schema-as-url",
        station: "jwt-vc",
        stage: Stage::JwtVc(|unsigned, _| {
            let schema =
                unsigned.vc().and_then(|vc| vc.get("credentialSchema")?.get("id").cloned());
            put(unsigned.vc(), "credentialSchema", schema.unwrap_or_default());
        }),
        config: "jwt-vc",
        says: "The schema of the W3C credential is a bare URL",
        caught_by: &["jwt-vc/schema-is-named"],
    },
    Fault {
        name: "schema-without-cors",
        station: "jwt-vc",
        stage: Stage::Wire(&[Station::CredentialSchema], |answer| {
            answer.headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        }),
        config: "jwt-vc",
        says: "A wallet in a browser cannot read the schema",
        caught_by: &["jwt-vc/schema-is-served"],
    },
    Fault {
        name: "jwt-vc-datasets-differ",
        station: "batch",
        stage: Stage::JwtVc(|unsigned, context| {
            put(unsigned.subject(), "given_name", json!(format!("Erika {}", context.position)));
        }),
        config: "jwt-vc",
        says: "W3C credentials of one batch do not say the same",
        caught_by: &["batch/shares-one-dataset"],
    },
    Fault {
        name: "jwt-vc-bound-to-the-first-key",
        station: "batch",
        stage: Stage::JwtVc(bind_to_the_first),
        config: "jwt-vc",
        says: "W3C credentials of one batch are all bound to the key of the first proof",
        caught_by: &["batch/binds-each-key-once"],
    },
    Fault {
        name: "jwt-vc-id-shared-in-a-batch",
        station: "unlinkability",
        stage: Stage::JwtVc(|unsigned, context| {
            let id = json!(format!("{}/{}", context.issuer.layout.credential_ids, context.mark));
            put(unsigned.vc(), "id", id.clone());
            unsigned.claims.insert("jti".to_owned(), id);
        }),
        config: "jwt-vc",
        says: "W3C credentials of one batch share an id",
        caught_by: &["unlinkability/identifiers-differ-within-a-batch"],
    },
    Fault {
        name: "jwt-vc-times-to-the-second",
        station: "unlinkability",
        stage: Stage::JwtVc(|unsigned, context| {
            let odd = context.now.saturating_sub(1) | 1;
            unsigned.claims.insert("nbf".to_owned(), json!(odd));
            if let Some(vc) = unsigned.vc() {
                vc.remove("issuanceDate");
            }
        }),
        config: "jwt-vc",
        says: "The W3C credential tells to the second when it was issued",
        caught_by: &["unlinkability/times-are-coarse"],
    },
    Fault {
        name: "format-of-its-own",
        station: "credential",
        stage: Stage::Wire(&[Station::IssuerMetadata], rename_formats),
        config: "jwt-vc",
        says: "Every configuration has a format that no specification knows",
        caught_by: &["credential/is-of-a-judged-format"],
    },
    Fault {
        name: "jwt-vc-status-nowhere",
        station: "jwt-vc",
        stage: Stage::JwtVc(|unsigned, _| {
            let vc = unsigned.vc();
            let status = vc.and_then(|vc| vc.get_mut("credentialStatus"));
            if let Some(id) = status.and_then(|status| status.get_mut("id")) {
                *id = json!(id.as_str().unwrap_or_default().replace('#', "/of/nobody#"));
            }
        }),
        config: "jwt-vc-status",
        says: "The credentialStatus of a credential names an address where nothing is",
        caught_by: &["jwt-vc/status-can-be-looked-up"],
    },
];

fn put(object: Option<&mut Map<String, Value>>, name: &str, value: Value) {
    if let Some(object) = object {
        object.insert(name.to_owned(), value);
    }
}

fn set(answer: &mut Answer, name: &str, value: Value) {
    put(answer.object(), name, value);
}

/// The flattened JSON serialization (RFC 7515, section 7.2.2).
fn in_json(compact: String) -> String {
    let mut parts = compact.split('.');
    let mut part = || parts.next().unwrap_or_default();
    json!({"protected": part(), "payload": part(), "signature": part()}).to_string()
}

/// Changes one bit in the middle of the signature.
fn break_signature(compact: String) -> String {
    let (input, signature) = compact.rsplit_once('.').unwrap_or((&compact, ""));
    let mut signature = URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
    if let Some(byte) = signature.get_mut(40) {
        *byte ^= 1;
    }
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn bind_to_the_first(unsigned: &mut Unsigned, context: &Context) {
    let Some(Some(key)) = context.keys.first() else {
        return;
    };
    unsigned.claims.remove("sub");
    if let Some(subject) = unsigned.subject() {
        subject.remove("id");
    }
    unsigned.claims.insert("cnf".to_owned(), json!({"jwk": key.to_jwk()}));
}

fn expire(unsigned: &mut Unsigned, context: &Context) {
    let today = clock::midnight(context.now);
    for (claim, member, days_ago) in [("nbf", "issuanceDate", 3), ("exp", "expirationDate", 2)] {
        let then = today.saturating_sub(days_ago * clock::DAY);
        unsigned.claims.insert(claim.to_owned(), json!(then));
        put(unsigned.vc(), member, json!(clock::rfc3339(then)));
    }
}

fn rename_formats(answer: &mut Answer) {
    let configurations =
        answer.object().and_then(|it| it.get_mut("credential_configurations_supported"));
    for (_, configuration) in configurations.and_then(Value::as_object_mut).into_iter().flatten() {
        configuration["format"] = json!("example+jwt");
    }
}

//! Faults of the issued dc+sd-jwt.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{Fault, Stage};
use crate::{
    answer::Answer,
    clock,
    formats::{Context, sd_jwt::Claims},
    random,
    station::Station,
};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "credential-without-tilde",
        station: "sd-jwt",
        stage: Stage::Signed(|credential| credential.trim_end_matches('~').to_owned()),
        config: "plain",
        says: "The credential does not end with a tilde",
        caught_by: &["sd-jwt/ends-with-a-tilde"],
    },
    Fault {
        name: "credential-typ-vc-sd-jwt",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, context| {
            packed.header(context).insert("typ".to_owned(), json!("vc+sd-jwt"));
        }),
        config: "plain",
        says: "The credential has the typ of drafts, vc+sd-jwt",
        caught_by: &["sd-jwt/typ-is-dc-sd-jwt"],
    },
    Fault {
        name: "credential-alg-unannounced",
        station: "sd-jwt",
        stage: Stage::Wire(&[Station::IssuerMetadata], announce_another),
        config: "plain",
        says: "Credentials are signed with an algorithm that the metadata do not list",
        caught_by: &["sd-jwt/alg-is-announced"],
    },
    Fault {
        name: "credential-signature-broken",
        station: "sd-jwt",
        stage: Stage::Signed(break_signature),
        config: "plain",
        says: "The signature of the credential does not verify",
        caught_by: &["sd-jwt/signature-verifies"],
    },
    Fault {
        name: "credential-under-a-stranger",
        station: "sd-jwt",
        stage: Stage::Keys(|plan| plan.under_a_stranger = true),
        config: "default",
        says: "The certificate of the signer leads to another authority than the trust anchor",
        caught_by: &["sd-jwt/key-belongs-to-the-issuer"],
    },
    Fault {
        name: "key-set-twice",
        station: "sd-jwt",
        stage: Stage::Wire(&[Station::JwtVcIssuer], name_twice),
        config: "plain",
        says: "JWT VC Issuer Metadata has jwks and jwks_uri",
        caught_by: &["sd-jwt/issuer-key-set-is-well-formed"],
    },
    Fault {
        name: "vct-differs",
        station: "sd-jwt",
        stage: Stage::Claims(|claims, _| {
            claims.clear.insert("vct".to_owned(), json!("https://types.example/another"));
        }),
        config: "plain",
        says: "The vct of the credential is not that of its configuration",
        caught_by: &["sd-jwt/vct-matches", "credential/matches-the-request"],
    },
    Fault {
        name: "credential-unbound",
        station: "sd-jwt",
        stage: Stage::Claims(|claims, _| {
            claims.clear.remove("cnf");
        }),
        config: "plain",
        says: "The credential is bound to no key",
        caught_by: &["sd-jwt/binds-the-holder-key"],
    },
    Fault {
        name: "cnf-holds-private-key",
        station: "sd-jwt",
        stage: Stage::Claims(|claims, _| {
            if let Some(Value::Object(jwk)) =
                claims.clear.get_mut("cnf").and_then(|cnf| cnf.get_mut("jwk"))
            {
                jwk.insert("d".to_owned(), json!(random::long()));
            }
        }),
        config: "plain",
        says: "The cnf claim holds a private key",
        caught_by: &["sd-jwt/keeps-the-private-key-out"],
    },
    Fault {
        name: "exp-is-disclosed",
        station: "sd-jwt",
        stage: Stage::Claims(hide_exp),
        config: "plain",
        says: "The expiry of the credential is selectively disclosable",
        caught_by: &["sd-jwt/keeps-protocol-claims-in-clear"],
    },
    Fault {
        name: "disclosure-of-four",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, _| {
            let digest = packed.disclose(&json!([random::short(), "note", "four", "elements"]));
            packed.digests.push(digest);
        }),
        config: "plain",
        says: "A disclosure has four elements",
        caught_by: &["sd-jwt/disclosures-are-well-formed"],
    },
    Fault {
        name: "disclosure-orphaned",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, _| {
            packed.disclose(&json!([random::short(), "note", "nobody refers to this"]));
        }),
        config: "plain",
        says: "A disclosure is referred to by no digest",
        caught_by: &["sd-jwt/disclosures-are-referenced"],
    },
    Fault {
        name: "digest-repeated",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, _| {
            packed.digests.extend(packed.digests.first().cloned());
        }),
        config: "plain",
        says: "A digest occurs twice",
        caught_by: &["sd-jwt/digests-are-unique"],
    },
    Fault {
        name: "digests-as-a-string",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, _| {
            packed.payload.insert("note".to_owned(), json!({"_sd": random::short()}));
        }),
        config: "plain",
        says: "The digests of a claim stand in a string instead of an array",
        caught_by: &["sd-jwt/reserves-the-digest-names"],
    },
    Fault {
        name: "salts-repeat-in-a-credential",
        station: "sd-jwt",
        stage: Stage::Salts(|salts, _| {
            if let [first, second, ..] = salts {
                second.clone_from(first);
            }
        }),
        config: "plain",
        says: "Two claims of one credential are hidden under the same salt",
        caught_by: &["sd-jwt/salts-are-fresh"],
    },
    Fault {
        name: "credential-expired",
        station: "sd-jwt",
        stage: Stage::Claims(expire),
        config: "plain",
        says: "The credential has expired when it is issued",
        caught_by: &["sd-jwt/is-valid-now"],
    },
    Fault {
        name: "iss-with-a-query",
        station: "sd-jwt",
        stage: Stage::Claims(|claims, _| {
            let iss = claims.clear.get("iss").and_then(Value::as_str).unwrap_or_default();
            let iss = format!("{iss}?tenant=1");
            claims.clear.insert("iss".to_owned(), json!(iss));
        }),
        config: "plain",
        says: "The iss by which keys are looked up has a query",
        caught_by: &[
            "sd-jwt/iss-is-a-plain-url",
            "sd-jwt/issuer-key-set-is-well-formed",
            "sd-jwt/key-belongs-to-the-issuer",
        ],
    },
    Fault {
        name: "credential-without-kid",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, context| {
            packed.header(context).remove("kid");
        }),
        config: "plain",
        says: "The credential does not say which key of the issuer's set signed it",
        caught_by: &["sd-jwt/names-its-key"],
    },
    Fault {
        name: "hash-misspelt",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, _| packed.hash_name = Some("SHA-256".to_owned())),
        config: "plain",
        says: "The name of the hash is in capital letters",
        caught_by: &["sd-jwt/names-its-hash", "sd-jwt/disclosures-are-referenced"],
    },
    Fault {
        name: "hash-of-another-name",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, _| packed.hash_name = Some("sha-512".to_owned())),
        config: "types",
        says: "Digests are made with another hash than the one that is named",
        caught_by: &["sd-jwt/disclosures-are-referenced"],
    },
    Fault {
        name: "hash-named-inside",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, _| {
            packed.payload.insert("note".to_owned(), json!({"_sd_alg": "sha-256"}));
        }),
        config: "plain",
        says: "The hash is named inside a claim",
        caught_by: &["sd-jwt/names-its-hash"],
    },
    Fault {
        name: "digests-in-the-order-of-claims",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, _| {
            let order: Vec<String> =
                packed.disclosures.iter().map(|one| packed.hash.digest(one)).collect();
            let place = |digest: &String| order.iter().position(|known| known == digest);
            packed.digests.sort_by_key(place);
        }),
        config: "plain",
        says: "The digests stand in the order of the claims",
        caught_by: &["sd-jwt/hides-the-order-of-claims"],
    },
    Fault {
        name: "empty-sd",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, _| {
            if packed.disclosures.is_empty() {
                packed.payload.insert("_sd".to_owned(), json!([]));
            }
        }),
        config: "types",
        says: "A credential that hides nothing has an empty array of digests",
        caught_by: &["sd-jwt/omits-an-empty-sd"],
    },
    Fault {
        name: "name-twice-in-a-disclosure",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, _| {
            let text = format!(r#"["{}","note",{{"says":"this","says":"that"}}]"#, random::short());
            let disclosure = URL_SAFE_NO_PAD.encode(text);
            packed.digests.push(packed.hash.digest(&disclosure));
            packed.digests.sort_unstable();
            packed.disclosures.push(disclosure);
        }),
        config: "plain",
        says: "An object in a disclosure has two members of one name",
        caught_by: &["sd-jwt/has-no-repeated-names"],
    },
    Fault {
        name: "mandatory-claim-missing",
        station: "sd-jwt",
        stage: Stage::Wire(&[Station::IssuerMetadata], |answer| {
            describe_too(answer, json!({"path": ["academic_title"], "mandatory": true}));
        }),
        config: "plain",
        says: "The credential lacks a claim that the metadata call mandatory",
        caught_by: &["sd-jwt/has-the-mandatory-claims"],
    },
    Fault {
        name: "path-into-a-text",
        station: "sd-jwt",
        stage: Stage::Wire(&[Station::IssuerMetadata], |answer| {
            describe_too(answer, json!({"path": ["family_name", null]}));
        }),
        config: "plain",
        says: "The metadata describe the elements of a claim that is no array",
        caught_by: &["sd-jwt/fits-the-described-paths"],
    },
    Fault {
        name: "salts-of-eight-characters",
        station: "sd-jwt",
        stage: Stage::Salts(|salts, _| salts.iter_mut().for_each(|salt| salt.truncate(8))),
        config: "plain",
        says: "Salts are too short to be secret",
        caught_by: &["sd-jwt/salts-are-long"],
    },
    Fault {
        name: "inner-digest-broken",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, _| {
            let inner =
                packed.disclose(&json!([random::short(), "inside", "nobody refers to this"]));
            let outer = json!([random::short(), "note", {"_sd": [inner.to_uppercase()]}]);
            let outer = packed.disclose(&outer);
            packed.digests.push(outer);
            packed.digests.sort_unstable();
        }),
        config: "types",
        says: "The digest inside a disclosure is not that of the disclosure it is meant for",
        caught_by: &["sd-jwt/disclosures-are-referenced"],
    },
    Fault {
        name: "decoy-repeated-inside",
        station: "sd-jwt",
        stage: Stage::Packed(|packed, _| {
            let decoy = packed.hash.digest(&random::long());
            let note = packed.disclose(&json!([random::short(), "note", {"_sd": [decoy, decoy]}]));
            packed.digests.push(note);
            packed.digests.sort_unstable();
        }),
        config: "types",
        says: "A decoy occurs twice inside a disclosure",
        caught_by: &["sd-jwt/digests-are-unique"],
    },
];

/// Adds a claim description to each configuration.
fn describe_too(answer: &mut Answer, claim: Value) {
    let Some(metadata) = answer.object() else {
        return;
    };
    let configurations = metadata.get_mut("credential_configurations_supported");
    for configuration in configurations.and_then(Value::as_object_mut).into_iter().flatten() {
        let (_, configuration) = configuration;
        let claims = configuration.pointer_mut("/credential_metadata/claims");
        if let Some(claims) = claims.and_then(Value::as_array_mut) {
            claims.push(claim.clone());
        }
    }
}

pub(super) fn announce_another(answer: &mut Answer) {
    let Some(metadata) = answer.object() else {
        return;
    };
    let configurations = metadata.get_mut("credential_configurations_supported");
    for configuration in configurations.and_then(Value::as_object_mut).into_iter().flatten() {
        let (_, configuration) = configuration;
        configuration["credential_signing_alg_values_supported"] = json!(["ES384"]);
    }
}

/// Changes one character in the middle of the signature.
fn break_signature(credential: String) -> String {
    let (signed, disclosures) = credential.split_once('~').unwrap_or((&credential, ""));
    let (input, signature) = signed.rsplit_once('.').unwrap_or((signed, ""));
    let mut signature = URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
    if let Some(byte) = signature.get_mut(40) {
        *byte ^= 1;
    }
    format!("{input}.{}~{disclosures}", URL_SAFE_NO_PAD.encode(signature))
}

fn name_twice(answer: &mut Answer) {
    if let Some(metadata) = answer.object() {
        let issuer = metadata.get("issuer").and_then(Value::as_str).unwrap_or_default();
        let jwks_uri = format!("{issuer}/jwks");
        metadata.insert("jwks_uri".to_owned(), json!(jwks_uri));
    }
}

fn hide_exp(claims: &mut Claims, _: &Context) {
    if let Some(exp) = claims.clear.remove("exp") {
        claims.dataset.insert("exp".to_owned(), exp);
    }
}

fn expire(claims: &mut Claims, context: &Context) {
    let today = clock::midnight(context.now);
    for (name, days_ago) in [("iat", 3), ("exp", 2)] {
        let then = today.saturating_sub(days_ago * clock::DAY);
        claims.clear.insert(name.to_owned(), json!(then));
    }
}

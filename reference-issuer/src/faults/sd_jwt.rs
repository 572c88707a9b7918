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
];

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

//! Faults that let verifiers recognise a holder.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{Fault, Stage};
use crate::{formats::Context, random, station::Station};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "salts-shared-in-a-batch",
        station: "unlinkability",
        stage: Stage::Salts(share),
        config: "identifiers",
        says: "Credentials of one batch hide the same claims under the same salts",
        caught_by: &["unlinkability/salts-differ-within-a-batch", "batch/credentials-differ"],
    },
    Fault {
        name: "times-to-the-second",
        station: "unlinkability",
        stage: Stage::Claims(|claims, context| {
            let odd = context.now.saturating_sub(1) | 1;
            claims.clear.insert("iat".to_owned(), json!(odd));
        }),
        config: "identifiers",
        says: "The credential tells to the second when it was issued",
        caught_by: &["unlinkability/times-are-coarse"],
    },
    Fault {
        name: "identifier-shared-in-a-batch",
        station: "unlinkability",
        stage: Stage::Claims(|claims, context| {
            claims.clear.insert("jti".to_owned(), json!(context.mark));
        }),
        config: "identifiers",
        says: "Credentials of one batch share a jti",
        caught_by: &["unlinkability/identifiers-differ-within-a-batch"],
    },
    Fault {
        name: "decoys-shared-in-a-batch",
        station: "batch",
        stage: Stage::Packed(|packed, context| {
            if !packed.disclosures.is_empty() {
                packed.digests.push(packed.hash.digest(context.mark));
                packed.digests.sort_unstable();
            }
        }),
        config: "types",
        says: "Credentials of one batch have a decoy in common",
        caught_by: &["batch/credentials-differ"],
    },
    Fault {
        name: "salts-of-the-data",
        station: "unlinkability",
        stage: Stage::Salts(|salts, _| {
            for (place, salt) in salts.iter_mut().enumerate() {
                let digest = digest::digest(&digest::SHA256, place.to_string().as_bytes());
                *salt = URL_SAFE_NO_PAD.encode(digest);
            }
        }),
        config: "plain",
        says: "Salts are derived from the data, so that the same data have the same salts again",
        caught_by: &["unlinkability/salts-differ-on-reissue", "sd-jwt/salts-are-fresh"],
    },
    Fault {
        name: "kid-of-its-own",
        station: "unlinkability",
        stage: Stage::Packed(|packed, context| {
            packed.header(context).insert("kid".to_owned(), json!(random::short()));
        }),
        config: "types",
        says: "Each credential has another name for the key that signed it",
        caught_by: &["unlinkability/issuer-keys-are-shared"],
    },
    Fault {
        name: "notification-id-of-the-credential",
        station: "unlinkability",
        stage: Stage::Wire(&[Station::Credential], |answer| {
            if let Some(object) = answer.object()
                && let Some(value) = object.get("credentials").and_then(holder_x)
            {
                object.insert("notification_id".to_owned(), value);
            }
        }),
        config: "plain",
        says: "The notification_id is a value that stands in the credential",
        caught_by: &[
            "unlinkability/protocol-ids-stay-outside",
            "notification/publishes-its-endpoint",
        ],
    },
    Fault {
        name: "knows-one-instance-of-each-client",
        station: "unlinkability",
        stage: Stage::Store(|policy| policy.knows_one_instance_of_each_client = true),
        config: "attested",
        says: "Whoever asks under the client id of another installation is refused",
        caught_by: &["unlinkability/serves-every-instance"],
    },
];

/// The coordinate of the holder's key in the first credential.
fn holder_x(credentials: &Value) -> Option<Value> {
    let compact = credentials.pointer("/0/credential")?.as_str()?;
    let payload = URL_SAFE_NO_PAD.decode(compact.split('.').nth(1)?).ok()?;
    let payload: Value = serde_json::from_slice(&payload).ok()?;
    payload.pointer("/cnf/jwk/x").cloned()
}

/// Salts that depend on the response and the place of the claim, but not on the credential.
fn share(salts: &mut [String], context: &Context) {
    for (place, salt) in salts.iter_mut().enumerate() {
        let seed = format!("{} {place}", context.mark);
        let digest = digest::digest(&digest::SHA256, seed.as_bytes());
        *salt = URL_SAFE_NO_PAD.encode(digest);
    }
}

//! Faults that let verifiers recognise a holder.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use super::{Fault, Stage};
use crate::formats::Context;

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
];

/// Salts that depend on the response and the place of the claim, but not on the credential.
fn share(salts: &mut [String], context: &Context) {
    for (place, salt) in salts.iter_mut().enumerate() {
        let seed = format!("{} {place}", context.mark);
        let digest = digest::digest(&digest::SHA256, seed.as_bytes());
        *salt = URL_SAFE_NO_PAD.encode(digest);
    }
}

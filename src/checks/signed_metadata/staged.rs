//! Signed metadata made by hand, for the unit tests of these checks.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::checks::staging::credentials::{CA, LEAF, NOW, issuer_key, object};
use crate::checks::staging::{ISSUER, Stage, honest_metadata};
use crate::jose::JwtDraft;
use crate::transcript::{Received, Station};

/// Honest signed metadata.
pub fn honest() -> JwtDraft {
    let mut claims = honest_metadata();
    claims["iss"] = json!(ISSUER);
    claims["sub"] = json!(ISSUER);
    claims["iat"] = json!(NOW - 5);
    claims["exp"] = json!(NOW + 3600);
    let mut draft = JwtDraft::new("openidvci-issuer-metadata+jwt", &issuer_key(), object(claims));
    draft.header.insert("x5c".into(), json!([LEAF, CA]));
    draft
}

/// The same with a claim of this value; without it for `null`.
pub fn with_claim(name: &str, value: Value) -> JwtDraft {
    let mut draft = honest();
    draft.claims.shift_remove(name);
    if !value.is_null() {
        draft.claims.insert(name.into(), value);
    }
    draft
}

/// The same with a header parameter of this value; without it for `null`.
pub fn with_header(name: &str, value: Value) -> JwtDraft {
    let mut draft = honest();
    draft.header.shift_remove(name);
    if !value.is_null() {
        draft.header.insert(name.into(), value);
    }
    draft
}

/// A scenario in which the signed form was asked for and this came.
pub fn given(draft: &JwtDraft) -> Stage {
    answered("application/jwt", &draft.compact())
}

/// A scenario in which the signed form was asked for and something else came.
pub fn answered(media_type: &str, body: &str) -> Stage {
    let url = format!("{ISSUER}/.well-known/openid-credential-issuer");
    Stage::new()
        .issuer_metadata(honest_metadata())
        .answer(Station::NegotiatedMetadata, 200, &[("content-type", media_type)], body)
        .sent("GET", &url, &[("accept", "application/jwt")], "")
        .last(|exchange| {
            if let (Received::Answer(answer), Ok(at)) =
                (&mut exchange.received, Timestamp::from_second(NOW))
            {
                answer.at = at;
            }
        })
}

//! The card of a W3C credential.

use serde_json::{Map, json};

use super::{Card, Signed, configuration, is_proved, validity};
use crate::checks::{Issued, OpenedJwtVc};

/// What the holder of a W3C credential wants to see: who says it, what it is, and what it says of
/// the subject.
pub fn card(issued: &Issued, format: Option<&str>, text: &str, opened: &OpenedJwtVc) -> Card {
    let jwt_vc = &opened.jwt_vc;
    let mut claims = Map::new();
    claims.insert("iss".to_owned(), json!(jwt_vc.issuer()));
    claims.insert("type".to_owned(), json!(jwt_vc.types()));
    for subject in jwt_vc.subjects() {
        claims.extend(subject.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    claims.retain(|_, value| !value.is_null());
    let holder_key = jwt_vc.holder_key();
    Card {
        configuration: configuration(issued),
        type_name: None,
        text: text.to_owned(),
        format: format.unwrap_or("jwt_vc_json").to_owned(),
        claims,
        lines: Vec::new(),
        is_bound_to_us: is_proved(issued, &holder_key),
        holder_key,
        validity: validity(jwt_vc.payload()),
        signature: Signed::of(&opened.signature, "x5c"),
        status: None,
    }
}

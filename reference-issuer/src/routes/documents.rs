//! Documents that are served by name: offers by reference, and type metadata.

use axum::http::StatusCode;

use crate::{answer::Answer, issuer::Issuer};

/// An offer by reference. It carries a live code, so no cache may keep it.
pub fn offer(issuer: &Issuer, id: &str) -> Answer {
    match issuer.store.offer(id) {
        Some(offer) => Answer::prepared(&offer),
        None => Answer::empty(StatusCode::NOT_FOUND),
    }
    .uncacheable()
}

/// SD-JWT VC type metadata of a `vct`.
pub fn type_metadata(issuer: &Issuer, name: &str) -> Answer {
    match issuer.types.iter().find(|(own, _)| own == name) {
        Some((_, document)) => Answer::prepared(document),
        None => Answer::empty(StatusCode::NOT_FOUND),
    }
}

//! Documents that are served by name, or under a media type of their own: offers by reference, type metadata,
//! the DID document, and schemas.

use axum::http::{StatusCode, header};

use crate::{answer::Answer, formats::jwt_vc, issuer::Issuer};

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

/// The document of the issuer's did:web, for wallets in a browser too.
pub fn did_document(issuer: &Issuer) -> Answer {
    let answer = Answer::prepared(&issuer.documents.did_document).typed("application/did+json");
    answer.set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
}

/// The schema of a W3C credential, likewise.
pub fn credential_schema(issuer: &Issuer, name: &str) -> Answer {
    let place = issuer.place_of(name);
    match place.and_then(|place| issuer.credentials.get(place)) {
        Some(credential) => {
            let schema = jwt_vc::schema(credential, &issuer.layout);
            Answer::json(StatusCode::OK, schema)
                .typed("application/schema+json")
                .set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        }
        None => Answer::empty(StatusCode::NOT_FOUND),
    }
}

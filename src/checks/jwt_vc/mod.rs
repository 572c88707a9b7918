//! What must hold of each W3C credential that was issued as a JWT, and of the documents that it
//! leads to.

mod alg_is_announced;
mod binds_the_holder_key;
mod context_comes_first;
mod dates_agree;
mod did_document_is_served_as_json;
mod did_document_names_the_key;
mod holds_the_vc_claim;
mod identifiers_agree;
mod is_a_compact_jws;
mod is_valid_now;
mod key_belongs_to_the_issuer;
mod names_its_issuer;
mod schema_is_named;
mod schema_is_served;
mod signature_verifies;
#[cfg(test)]
mod staged;
mod status_can_be_looked_up;
mod typ_is_jwt;
mod type_matches;

use super::issued::jwt_vc::is_at;
use super::{Answered, Applies, Check, Finding, Issued, OpenedJwtVc, Scene, applicability, judge};
use crate::formats::jwt_vc::{JwtVc, document_url, key_url};
use crate::transcript::Station;

pub use type_matches::missing_types;

/// The checks of W3C credentials in JWTs.
pub const CHECKS: &[&Check] = &[
    &is_a_compact_jws::CHECK,
    &typ_is_jwt::CHECK,
    &alg_is_announced::CHECK,
    &signature_verifies::CHECK,
    &key_belongs_to_the_issuer::CHECK,
    &did_document_is_served_as_json::CHECK,
    &did_document_names_the_key::CHECK,
    &holds_the_vc_claim::CHECK,
    &context_comes_first::CHECK,
    &type_matches::CHECK,
    &names_its_issuer::CHECK,
    &dates_agree::CHECK,
    &identifiers_agree::CHECK,
    &binds_the_holder_key::CHECK,
    &is_valid_now::CHECK,
    &schema_is_named::CHECK,
    &schema_is_served::CHECK,
    &status_can_be_looked_up::CHECK,
];

/// The worst finding over the W3C credentials of a credential response. Those that cannot be
/// opened are left out: that they cannot is what `jwt-vc/is-a-compact-jws` says.
fn each(
    answered: &Answered<'_>,
    scene: &Scene<'_>,
    judge_one: impl Fn(&OpenedJwtVc, &Issued) -> Finding,
) -> Finding {
    let Some(issued) = scene.issued_by(answered) else {
        return Finding::Silent("nothing was issued");
    };
    let count = issued.credentials.len();
    issued
        .jwt_vcs()
        .map(|(place, opened)| judge_one(opened, issued).in_place(place, count))
        .reduce(judge::worse)
        .unwrap_or(Finding::Silent("no W3C credential in a JWT was issued"))
}

/// The same, over those with the claim `vc`: that there is none is what
/// `jwt-vc/holds-the-vc-claim` says.
fn each_vc(
    answered: &Answered<'_>,
    scene: &Scene<'_>,
    judge_one: impl Fn(&JwtVc, &Issued) -> Finding,
) -> Finding {
    each(answered, scene, |opened, issued| match opened.jwt_vc.vc() {
        Some(_) => judge_one(&opened.jwt_vc, issued),
        None => Finding::Silent("there is no vc claim"),
    })
}

/// Concerns issuers of W3C credentials in JWTs that lead to a document of some kind: by the
/// credentials that were issued, or any issuer where none was.
fn where_credentials_lead_to(scene: &Scene<'_>, station: Station, otherwise: &str) -> Applies {
    if let no @ Applies::No(_) = applicability::jwt_vc(scene) {
        return no;
    }
    let is_issued = scene.issued().iter().flat_map(Issued::jwt_vcs).next().is_some();
    Applies::when(!is_issued || scene.transcript.at(station).next().is_some(), otherwise)
}

/// Concerns issuers whose key is in the document of a did:web, which was asked for.
fn did_document(scene: &Scene<'_>) -> Applies {
    let otherwise = "no credential leads to a did:web that is asked for";
    where_credentials_lead_to(scene, Station::DidDocument, otherwise)
}

/// Concerns issuers whose credentials name a schema by a URL, which was asked for.
fn schema(scene: &Scene<'_>) -> Applies {
    let otherwise = "no credential names a schema that is asked for";
    where_credentials_lead_to(scene, Station::CredentialSchema, otherwise)
}

/// Concerns issuers whose credentials name a status by a URL, which was asked for.
fn status(scene: &Scene<'_>) -> Applies {
    let otherwise = "no credential names a credentialStatus that is asked for";
    where_credentials_lead_to(scene, Station::CredentialStatus, otherwise)
}

/// Why the key of a credential lies beyond what can be looked at here, whoever issued it: no fault
/// of the issuer's, and no proof of anything either.
fn beyond_reach(jwt_vc: &JwtVc, scene: &Scene<'_>) -> Option<&'static str> {
    match key_url(jwt_vc) {
        Some(url) if url.starts_with("did:web:") => {
            let document = document_url(jwt_vc)?;
            let asked = scene.transcript.at(Station::DidDocument);
            match asked.filter(|one| is_at(scene.transcript.origin(one), &document)).last() {
                None => Some(
                    "the host of the did:web was not asked: allow it by --allow-host if it is yours",
                ),
                Some(one) if one.answer().is_none() => {
                    Some("the host of the did:web may be out of reach from here only")
                }
                Some(_) => None,
            }
        }
        Some(url) if url.starts_with("did:jwk:") || url.starts_with("did:key:") => None,
        Some(_) => Some("keys of this DID method are not looked up here"),
        None => jwt_vc
            .issuer()
            .is_some_and(|issuer| url::Url::parse(issuer).is_ok_and(|url| url.has_host()))
            .then_some("no text says how the key of an issuer with a URL is found"),
    }
}

//! What must hold of the status that credentials refer to, and of the lists that are published
//! (draft-ietf-oauth-status-list).

mod bits_are_legal;
mod can_be_read_by_browsers;
mod earlier_credentials_stay_valid;
mod entries_are_not_shared;
mod entries_fill_from_the_lowest_bit;
mod every_entry;
mod fresh_credential_is_valid;
mod index_is_in_range;
mod indices_are_not_sequential;
mod key_can_be_trusted;
mod key_is_in_x5c;
mod list_can_be_fetched;
mod list_has_its_media_type;
mod list_is_a_jwt;
mod list_is_large_enough;
mod list_is_not_a_holders_own;
mod list_is_not_expired;
mod list_is_zlib;
mod mdoc_mechanism_is_known;
mod mechanism_is_a_status_list;
mod reference_is_well_formed;
mod revocation_is_visible;
mod shown;
mod signature_verifies;
mod states_a_lifetime;
mod states_when_it_was_made;
mod sub_is_the_uri;
mod suspension_is_visible;
mod ttl_is_positive;
mod typ_is_statuslist_jwt;

use super::{
    Applies, Attempt, Check, Credential, Finding, Issued, Opened, PublishedList, ReadList, Scene,
    judge,
};
use crate::formats::StatusReference;
use crate::formats::status_list::ReferenceError;

/// The checks of status and status lists.
pub const CHECKS: &[&Check] = &[
    &reference_is_well_formed::CHECK,
    &mechanism_is_a_status_list::CHECK,
    &mdoc_mechanism_is_known::CHECK,
    &entries_are_not_shared::CHECK,
    &indices_are_not_sequential::CHECK,
    &list_is_not_a_holders_own::CHECK,
    &list_can_be_fetched::CHECK,
    &list_has_its_media_type::CHECK,
    &can_be_read_by_browsers::CHECK,
    &list_is_a_jwt::CHECK,
    &typ_is_statuslist_jwt::CHECK,
    &signature_verifies::CHECK,
    &key_can_be_trusted::CHECK,
    &key_is_in_x5c::CHECK,
    &sub_is_the_uri::CHECK,
    &states_when_it_was_made::CHECK,
    &list_is_not_expired::CHECK,
    &ttl_is_positive::CHECK,
    &states_a_lifetime::CHECK,
    &bits_are_legal::CHECK,
    &list_is_zlib::CHECK,
    &list_is_large_enough::CHECK,
    &index_is_in_range::CHECK,
    &fresh_credential_is_valid::CHECK,
    &earlier_credentials_stay_valid::CHECK,
    &revocation_is_visible::CHECK,
    &suspension_is_visible::CHECK,
    &entries_fill_from_the_lowest_bit::CHECK,
];

const NO_CREDENTIAL: &str = "no credential was issued";
const NO_STATUS: &str = "no credential has a status";
const NO_LIST: &str = "no credential refers to a status list";
const NOT_FETCHED: &str = "the status list stands where this run does not go: see --allow-host";
const UNREADABLE: &str = "the status list cannot be read";

/// Concerns issuers whose credentials refer to a status list that this run fetched.
fn fetched(scene: &Scene<'_>) -> Applies {
    if !scene.status_lists().is_empty() {
        return Applies::Yes;
    }
    match without_status(scene) {
        _ if any_reference(scene) => Applies::No(NOT_FETCHED.to_owned()),
        Finding::Exempt(why) => Applies::No(why.to_owned()),
        _ => Applies::Yes,
    }
}

/// The worst finding over the credentials that have a status.
fn of_references(
    scene: &Scene<'_>,
    judge_one: impl Fn(&Credential, &Result<StatusReference, ReferenceError>) -> Finding,
) -> Finding {
    let mut worst = None;
    for issued in scene.issued() {
        for credential in &issued.credentials {
            let Some(status) = &credential.status else { continue };
            let finding = judge_one(credential, &StatusReference::read(status));
            let finding = judge::shown_in(finding, issued.exchange);
            worst = Some(worst.map_or(finding.clone(), |worst| judge::worse(worst, finding)));
        }
    }
    worst.unwrap_or_else(|| without_status(scene))
}

/// The worst finding over the entries that credentials refer to, each with the list that was
/// fetched for it.
fn of_entries<'s>(
    scene: &'s Scene<'_>,
    pick: impl Fn(&'s [PublishedList], &StatusReference) -> Option<&'s PublishedList>,
    judge_one: impl Fn(&StatusReference, &ReadList) -> Finding,
) -> Finding {
    let mut worst: Option<Finding> = None;
    for issued in scene.issued() {
        for reference in references(issued) {
            let finding = match pick(scene.status_lists(), &reference) {
                None => Finding::Exempt(NOT_FETCHED),
                Some(published) => match &published.attempt {
                    Attempt::Read(read) => {
                        judge::shown_in(judge_one(&reference, read), published.exchange)
                    }
                    Attempt::Cwt => Finding::Exempt(CWT),
                    _ => Finding::Silent(UNREADABLE),
                },
            };
            worst = Some(match worst {
                Some(worst) => judge::worse(worst, finding),
                None => finding,
            });
        }
    }
    worst.unwrap_or_else(|| without_status(scene))
}

const CWT: &str = "the status list has the CWT form, which is not read here";

/// The first list that was fetched for a reference.
fn first<'s>(lists: &'s [PublishedList], to: &StatusReference) -> Option<&'s PublishedList> {
    lists.iter().find(|published| published.is_at(&to.uri))
}

/// The last list that was fetched for a reference.
fn latest<'s>(lists: &'s [PublishedList], to: &StatusReference) -> Option<&'s PublishedList> {
    lists.iter().rev().find(|published| published.is_at(&to.uri))
}

/// The worst finding over the answers to requests for status lists.
fn of_lists(scene: &Scene<'_>, judge_one: impl Fn(&PublishedList) -> Finding) -> Finding {
    let found = scene
        .status_lists()
        .iter()
        .map(|published| judge::shown_in(judge_one(published), published.exchange));
    found.reduce(judge::worse).unwrap_or_else(|| match any_reference(scene) {
        true => Finding::Exempt(NOT_FETCHED),
        false => without_status(scene),
    })
}

/// The worst finding over the Status List Tokens that could be taken apart.
fn of_tokens(
    scene: &Scene<'_>,
    judge_one: impl Fn(&PublishedList, &ReadList) -> Finding,
) -> Finding {
    of_lists(scene, |published| match &published.attempt {
        Attempt::Read(read) => judge_one(published, read),
        Attempt::Cwt => Finding::Exempt(CWT),
        _ => Finding::Silent(UNREADABLE),
    })
}

/// The entries that the credentials of a response refer to.
fn references(issued: &Issued) -> impl Iterator<Item = StatusReference> {
    let statuses = issued.credentials.iter().filter_map(|credential| credential.status.as_ref());
    statuses.filter_map(|status| StatusReference::read(status).ok())
}

/// Whether an SD-JWT VC refers to the list: what its profiles ask for is asked for only then.
fn is_for_sd_jwts(published: &PublishedList, scene: &Scene<'_>) -> bool {
    scene.issued().iter().flat_map(|issued| &issued.credentials).any(|credential| {
        let reference = credential.status.as_ref().and_then(|one| StatusReference::read(one).ok());
        matches!(credential.opened, Opened::SdJwt(_))
            && reference.is_some_and(|reference| published.is_at(&reference.uri))
    })
}

fn any_reference(scene: &Scene<'_>) -> bool {
    scene.issued().iter().flat_map(references).next().is_some()
}

fn without_status(scene: &Scene<'_>) -> Finding {
    let mut credentials = scene.issued().iter().flat_map(|issued| &issued.credentials).peekable();
    if credentials.peek().is_none() {
        return Finding::Silent(NO_CREDENTIAL);
    }
    Finding::Exempt(match credentials.any(|credential| credential.status.is_some()) {
        true => NO_LIST,
        false => NO_STATUS,
    })
}

//! What must hold of the issuer's HTTP wherever a wallet asks.

mod serves_browsers_in_full;
mod keeps_parallel_requests_apart;
mod keeps_the_inside_to_itself;
mod redirects_no_post;
mod clock_is_right;
mod never_answers_5xx;
mod unauthorized_carries_a_challenge;
mod writes_plain_json;

pub(super) use clock_is_right::difference;

use super::{Answered, Check, Scene};
use crate::transcript::Station;

/// The statuses with which a GET is refused where only POST is known: 405 (RFC 9110 15.5.6), or any other
/// that gives nothing, a page for people or a way to one included.
pub(super) const REFUSES_GET: &[u16] =
    &[405, 200, 301, 302, 303, 307, 308, 400, 401, 403, 404, 406, 415, 501];

/// The checks that concern every station.
pub const CHECKS: &[&Check] = &[
    &never_answers_5xx::CHECK,
    &unauthorized_carries_a_challenge::CHECK,
    &clock_is_right::CHECK,
    &serves_browsers_in_full::CHECK,
    &keeps_the_inside_to_itself::CHECK,
    &redirects_no_post::CHECK,
    &writes_plain_json::CHECK,
    &keeps_parallel_requests_apart::CHECK,
];

/// Every answer of the issuer and its authorization server, to tampered requests too. What is
/// fetched to verify a credential may be kept elsewhere, and is left out.
fn answers<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = Answered<'s>> + use<'s> {
    scene.answered().filter(|answered| {
        matches!(
            answered.exchange.station,
            Station::Offer
                | Station::IssuerMetadata
                | Station::AsMetadata
                | Station::Token
                | Station::Nonce
                | Station::Credential
                | Station::Deferred
                | Station::Notification
        )
    })
}

//! What must hold of Credential Issuer Metadata that are signed (OpenID4VCI 12.2.3). An issuer may
//! leave them unsigned.

mod alg_is_a_signature;
mod holds_the_same_parameters;
mod is_labelled_as_jwt;
mod signature_verifies;
#[cfg(test)]
mod staged;
mod states_its_times;
mod sub_is_the_issuer;
mod typ_is_its_own;

use super::{Answered, Check, Finding};
use crate::jose::Jws;

/// The checks of this room.
pub const CHECKS: &[&Check] = &[
    &is_labelled_as_jwt::CHECK,
    &alg_is_a_signature::CHECK,
    &typ_is_its_own::CHECK,
    &sub_is_the_issuer::CHECK,
    &states_its_times::CHECK,
    &holds_the_same_parameters::CHECK,
    &signature_verifies::CHECK,
];

const UNSIGNED: &str = "the issuer does not sign its metadata";

/// Judges signed metadata, where they were asked for and came.
fn in_signed(answered: &Answered<'_>, judge: impl FnOnce(&Jws) -> Finding) -> Finding {
    if !was_asked_for(answered) {
        return Finding::Silent("the signed form was not asked for");
    }
    match read(answered) {
        Some(jws) => judge(&jws),
        None if is_labelled(answered) => Finding::Silent("what came as application/jwt is no JWT"),
        None => Finding::Exempt(UNSIGNED),
    }
}

fn was_asked_for(answered: &Answered<'_>) -> bool {
    let mut accepted = answered.exchange.request.headers.all("accept");
    accepted.any(|accept| accept.contains("application/jwt"))
}

/// The JWT in a successful answer, whatever its label.
fn read(answered: &Answered<'_>) -> Option<Jws> {
    let text = answered.answer.body.text().filter(|_| answered.answer.is_success())?;
    Jws::parse(text.trim()).ok()
}

fn is_labelled(answered: &Answered<'_>) -> bool {
    answered.answer.is_success()
        && answered.answer.media_type().as_deref() == Some("application/jwt")
}

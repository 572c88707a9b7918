//! What must hold of several credentials asked for, and issued, at once.

mod accepts_the_batch_size;
mod binds_each_key_once;
mod credentials_differ;
mod refuses_a_duplicate_key;
mod refuses_beyond_the_batch_size;
mod refuses_one_bad_proof;
mod refuses_one_stale_nonce;
mod shares_one_dataset;
#[cfg(test)]
mod staged;
mod takes_one_nonce_for_all;
mod withstands_unannounced_batches;

use super::proves_nothing::{is_of_the_server, is_throttled};
use super::refusal::weigh;
use super::{
    Answered, Applies, Breach, Check, CodeIn, Control, Expectation, Finding, Refusal, Scene,
    applicability,
};
use crate::transcript::{Received, Station};

/// The checks of batches.
pub const CHECKS: &[&Check] = &[
    &accepts_the_batch_size::CHECK,
    &refuses_beyond_the_batch_size::CHECK,
    &refuses_a_duplicate_key::CHECK,
    &refuses_one_bad_proof::CHECK,
    &refuses_one_stale_nonce::CHECK,
    &takes_one_nonce_for_all::CHECK,
    &withstands_unannounced_batches::CHECK,
    &binds_each_key_once::CHECK,
    &shares_one_dataset::CHECK,
    &credentials_differ::CHECK,
];

/// The codes that fit a batch of which something is wrong.
const EXPECTATION: Expectation = Expectation {
    station: Station::Credential,
    applies: applicability::always,
    status: &[400],
    codes: &["invalid_proof", "invalid_credential_request"],
    tolerated: &[],
    code_in: CodeIn::Body,
    fixed: false,
};

/// Concerns issuers that announce batches, unless the wallet could not send the tampered one.
fn unless_skipped(scene: &Scene<'_>, tamper: &str) -> Applies {
    match scene.transcript.skipped.iter().find(|skipped| skipped.tamper == tamper) {
        Some(skipped) => Applies::No(skipped.why.clone()),
        None => applicability::batch_of_proofs(scene),
    }
}

/// `batch_credential_issuance.batch_size`.
fn batch_size(scene: &Scene<'_>) -> Option<usize> {
    usize::try_from(scene.issuer_metadata()?.batch_size()?).ok()
}

/// Judges the answer to a tampered batch for which a refusal is right, and a grant within bounds
/// too: `granted` judges the latter. As for other negatives, a refusal proves something only if
/// the same request without the tamper got through.
fn refused_or(
    scene: &Scene<'_>,
    tamper: &'static str,
    granted: impl Fn(&Answered<'_>) -> Finding,
) -> Finding {
    let sent = scene
        .transcript
        .at(Station::Credential)
        .find(|exchange| exchange.is_tampered_by(tamper) && !exchange.superseded);
    let Some(sent) = sent else {
        return Finding::Silent("the batch was not sent");
    };
    // A token may be good for one credential, and a batch that was granted in part proves as much.
    let controlled = scene.answered().any(|answered| {
        answered.exchange.station == Station::Credential && answered.grants_something()
    });
    let finding = match scene.tampered(tamper).next() {
        Some(answered) if answered.grants_something() => granted(&answered),
        _ if !controlled => {
            return Finding::Silent("the same request without the tamper was not granted either");
        }
        Some(answered) if is_throttled(&answered) => {
            return Finding::Silent("the issuer throttled the tampered request (429, 503)");
        }
        Some(answered) => {
            let refusal = Refusal {
                tamper,
                expects: &[EXPECTATION],
                control: Control::Needed,
                leniency: None,
            };
            weigh(&refusal, &EXPECTATION, &answered, scene)
        }
        None => match &sent.received {
            Received::Failure(failure) if !is_of_the_server(failure) => {
                Finding::Silent("the batch was not answered in time, or not reached")
            }
            Received::Failure(failure) => {
                Finding::breaks("a refusal over HTTP", format!("no answer: {}", failure.says))
            }
            Received::Answer(_) => Finding::Silent("the batch got no final answer"),
        },
    };
    let at = |breach: Breach| breach.at([sent.number]);
    match finding {
        Finding::Breaks(breach) => Finding::Breaks(at(breach)),
        Finding::Warns(breach, reason) => Finding::Warns(at(breach), reason),
        other => other,
    }
}

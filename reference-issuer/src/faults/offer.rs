//! Faults of the offer.

use super::{Fault, Stage};

pub(super) const FAULTS: &[Fault] = &[Fault {
    name: "offer-without-issuer",
    station: "offer",
    stage: Stage::Offer(|minted, _| {
        minted.offer.remove("credential_issuer");
    }),
    config: "default",
    says: "The offer does not name its credential_issuer",
    caught_by: &["offer/names-its-issuer"],
}];

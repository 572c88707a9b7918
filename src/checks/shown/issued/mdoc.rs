//! An mdoc that was issued, with its signature verified by the certificates that it brings along.

use jiff::Timestamp;

use super::Opened;
use crate::formats::{Mdoc, SignatureVerdict, mdoc};
use crate::jose::Certificate;

/// An mdoc, taken apart, with its signature verified.
#[derive(Debug)]
pub struct OpenedMdoc {
    /// Its parts.
    pub mdoc: Mdoc,
    /// Whose signature it carries.
    pub signature: SignatureVerdict,
}

/// Opens one, and verifies its signature.
pub(super) fn open(text: &str, anchors: &[Certificate], at: Timestamp) -> Opened {
    match Mdoc::open(text) {
        Ok(mdoc) => {
            let signature = mdoc::verify(&mdoc, anchors, at.as_second());
            Opened::Mdoc(Box::new(OpenedMdoc { mdoc, signature }))
        }
        Err(error) => Opened::UnreadableMdoc(error),
    }
}

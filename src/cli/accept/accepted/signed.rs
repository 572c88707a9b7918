//! Whose signature a credential carries, and whether it can be relied on.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::formats::{SignatureVerdict, VerifiedBy};
use crate::jose::ChainStanding;

/// Whose signature a credential carries.
#[derive(Debug)]
pub(super) struct Signed {
    /// Whether it verifies, and nothing that was given speaks against the path.
    pub(super) is_verified: bool,
    /// The path in words.
    pub(super) says: String,
    /// The path in a word, where it verifies.
    path: Option<&'static str>,
    /// The given anchor in which the path ends.
    anchor: Option<String>,
}

impl Signed {
    /// `chain` is what the format calls certificates that come along.
    pub(super) fn of(verdict: &SignatureVerdict, chain: &'static str) -> Self {
        let says = verdict.told(chain);
        let SignatureVerdict::Verified { by } = verdict else {
            return Self { is_verified: false, says, path: None, anchor: None };
        };
        let mut signed = Self {
            is_verified: true,
            says,
            path: Some(by.path(chain)),
            anchor: by.anchor().map(str::to_owned),
        };
        match by {
            VerifiedBy::CertificateChain { report } => {
                let standing = report.standing();
                signed.is_verified = matches!(
                    standing,
                    ChainStanding::HoldsInItself | ChainStanding::Anchored { .. }
                );
                for fault in report.faults() {
                    let _ = write!(signed.says, "; {fault}");
                }
            }
            VerifiedBy::Did { url } => {
                let _ = write!(signed.says, " ({url})");
            }
            VerifiedBy::IssuerMetadata { kid }
            | VerifiedBy::OpenidConfiguration { kid }
            | VerifiedBy::GivenKeys { kid } => {
                if let Some(kid) = kid {
                    let _ = write!(signed.says, " (kid {kid})");
                }
            }
        }
        signed
    }

    /// Of something that could not be opened.
    pub(super) fn not(why: String) -> Self {
        Self { is_verified: false, says: why, path: None, anchor: None }
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "verified": self.is_verified,
            "by": self.says,
            "path": self.path,
            "anchor": self.anchor,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::{Anchored, ChainReport, Link};

    fn signed(links: Vec<Link>, anchored: Anchored) -> Signed {
        let report = ChainReport {
            subjects: vec!["CN=Leaf".to_owned(), "CN=Root".to_owned()],
            links,
            outside_validity: Vec::new(),
            anchored,
            self_signed_leaf: false,
            contains_anchor: false,
        };
        let by = VerifiedBy::CertificateChain { report };
        Signed::of(&SignatureVerdict::Verified { by }, "x5c")
    }

    #[test]
    fn a_chain_that_does_not_hold_verifies_nothing_with_anchors_and_without() {
        let broken = || vec![Link::Broken { why: "CN=Root is no CA".to_owned() }];
        let anchor = || Anchored::Yes { subject: "CN=Root".to_owned() };
        assert!(signed(vec![Link::Holds], anchor()).is_verified);
        assert!(signed(vec![Link::Holds], Anchored::NoAnchorsGiven).is_verified);
        assert!(!signed(vec![Link::Holds], Anchored::No).is_verified);
        assert!(!signed(broken(), anchor()).is_verified);
        let unanchored = signed(broken(), Anchored::NoAnchorsGiven);
        assert!(!unanchored.is_verified && unanchored.says.contains("no CA"), "{unanchored:?}");
    }
}

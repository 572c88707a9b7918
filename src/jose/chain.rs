//! A certificate chain, leaf first, as `x5c` carries it: what holds and what does not, one by one,
//! because a profile may forbid what another allows.

use super::certificate::{Certificate, CertificateError};
use super::verify::VerifyError;

use serde_json::Value;

/// What is said of a chain that leads to no given anchor.
pub const NOT_ANCHORED: &str = "no given trust anchor vouches for the chain";
/// The longest chain that is read.
const LONGEST: usize = 16;

/// What was found out about a chain. Which of it matters is for the reader to say; see
/// [`Self::faults`] for what never may be.
#[derive(Clone, Debug, PartialEq)]
pub struct ChainReport {
    /// The subjects' names, leaf first.
    pub subjects: Vec<String>,
    /// For each certificate but the last, how it hangs on the next.
    pub links: Vec<Link>,
    /// The certificates that are not valid at the given time.
    pub outside_validity: Vec<OutsideValidity>,
    /// Whether a given trust anchor vouches for it.
    pub anchored: Anchored,
    /// The leaf is signed with its own key.
    pub self_signed_leaf: bool,
    /// The chain has a trust anchor above the leaf: a given one, or a self-signed certificate.
    pub contains_anchor: bool,
}

/// How one certificate hangs on the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// The next one has the issuer's name, may sign, and its key verifies the signature.
    Holds,
    /// It does not, and this is why.
    Broken {
        /// The reason.
        why: String,
    },
    /// The signature is of a kind that cannot be verified here.
    Unsupported {
        /// What is not supported.
        algorithm: String,
    },
}

/// Whether a chain ends at a trust anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchored {
    /// There were no anchors to compare with.
    NoAnchorsGiven,
    /// Yes, at this one.
    Yes {
        /// The anchor's subject.
        subject: String,
    },
    /// One has the name of its issuer, and the signature between them cannot be verified here.
    Unknown {
        /// The anchor's subject.
        subject: String,
    },
    /// No given anchor is in it or signed its end.
    No,
}

/// What a chain is worth to somebody who relies on it, the worst first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainStanding {
    /// It does not hold in itself, for these reasons.
    Broken(Vec<String>),
    /// It holds, and no given anchor vouches for it.
    NotAnchored,
    /// A signature in it, or between it and an anchor, is of a kind that cannot be verified here.
    Unverifiable,
    /// It holds, and no anchor was given.
    HoldsInItself,
    /// It holds, and this given anchor vouches for it.
    Anchored {
        /// The anchor's subject.
        subject: String,
    },
}

/// A certificate that is not valid at the given time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideValidity {
    /// The certificate's subject.
    pub subject: String,
    /// The first second of its validity, since the Unix epoch.
    pub not_before: i64,
    /// The last second of its validity, since the Unix epoch.
    pub not_after: i64,
}

/// Reads the header member `x5c`: an array of at least one certificate (RFC 7515, section 4.1.6).
///
/// # Errors
/// [`CertificateError`] tells what is wrong and with which entry.
pub fn read_x5c(x5c: &Value) -> Result<Vec<Certificate>, CertificateError> {
    let entries = x5c.as_array().filter(|entries| !entries.is_empty()).ok_or_else(|| {
        CertificateError::Base64("`x5c` is no array of at least one string".to_owned())
    })?;
    if entries.len() > LONGEST {
        return Err(CertificateError::Base64(format!(
            "`x5c` has {} entries, more than {LONGEST}",
            entries.len()
        )));
    }
    let read = |entry: &Value| match entry.as_str() {
        Some(text) => Certificate::from_base64(text),
        None => Err(CertificateError::Base64("an entry of `x5c` is no string".to_owned())),
    };
    entries.iter().map(read).collect()
}

/// Examines a chain, leaf first, at a second since the Unix epoch.
pub fn examine(chain: &[Certificate], anchors: &[Certificate], now: i64) -> ChainReport {
    let links: Vec<Link> =
        chain.iter().zip(chain.iter().skip(1)).map(|(one, next)| link(one, next)).collect();
    ChainReport {
        subjects: chain.iter().map(Certificate::subject).collect(),
        outside_validity: chain
            .iter()
            .filter(|one| !one.is_valid_at(now))
            .map(outside_validity)
            .collect(),
        anchored: anchored(chain, &links, anchors),
        self_signed_leaf: chain.first().is_some_and(Certificate::is_self_signed),
        contains_anchor: chain
            .iter()
            .skip(1)
            .any(|one| anchors.contains(one) || one.is_self_signed()),
        links,
    }
}

impl ChainReport {
    /// What is wrong with it in itself, under any profile: broken links and validity. An
    /// unsupported signature is none of them.
    pub fn faults(&self) -> Vec<String> {
        let mut faults: Vec<String> = self.links.iter().filter_map(Link::fault).collect();
        faults.extend(self.outside_validity.iter().map(|outside| {
            format!(
                "the certificate of {} is valid from {} to {} only",
                outside.subject, outside.not_before, outside.not_after
            )
        }));
        faults
    }

    /// What all of this comes to.
    pub fn standing(&self) -> ChainStanding {
        let faults = self.faults();
        if !faults.is_empty() {
            return ChainStanding::Broken(faults);
        }
        let is_open = self.links.iter().any(|link| matches!(link, Link::Unsupported { .. }));
        match &self.anchored {
            Anchored::No => ChainStanding::NotAnchored,
            Anchored::Unknown { .. } => ChainStanding::Unverifiable,
            _ if is_open => ChainStanding::Unverifiable,
            Anchored::NoAnchorsGiven => ChainStanding::HoldsInItself,
            Anchored::Yes { subject } => ChainStanding::Anchored { subject: subject.clone() },
        }
    }
}

impl Link {
    fn fault(&self) -> Option<String> {
        match self {
            Self::Broken { why } => Some(why.clone()),
            Self::Holds | Self::Unsupported { .. } => None,
        }
    }
}

fn link(one: &Certificate, next: &Certificate) -> Link {
    if !one.names_as_issuer(next) {
        return Link::Broken {
            why: format!(
                "{} is issued by {}, but {} comes next",
                one.subject(),
                one.issuer(),
                next.subject()
            ),
        };
    }
    if !next.is_ca() {
        return Link::Broken {
            why: format!("{} signs {} but is no CA", next.subject(), one.subject()),
        };
    }
    match one.signed_by(next) {
        Ok(()) => Link::Holds,
        Err(VerifyError::UnsupportedAlgorithm(algorithm)) => Link::Unsupported { algorithm },
        Err(error) => Link::Broken {
            why: format!(
                "{} is not signed with the key of {}: {error}",
                one.subject(),
                next.subject()
            ),
        },
    }
}

/// Goes up from the leaf as far as no link is broken, and looks for an anchor on the way.
fn anchored(chain: &[Certificate], links: &[Link], anchors: &[Certificate]) -> Anchored {
    if anchors.is_empty() {
        return Anchored::NoAnchorsGiven;
    }
    let unbroken = links.iter().take_while(|link| !matches!(link, Link::Broken { .. })).count();
    let mut unknown = None;
    for one in chain.iter().take(unbroken + 1) {
        for anchor in anchors {
            if anchor == one {
                return Anchored::Yes { subject: anchor.subject() };
            }
            if !one.names_as_issuer(anchor) {
                continue;
            }
            match one.signed_by(anchor) {
                Ok(()) => return Anchored::Yes { subject: anchor.subject() },
                Err(VerifyError::UnsupportedAlgorithm(_)) => {
                    unknown = unknown.or_else(|| Some(anchor.subject()));
                }
                Err(_) => {}
            }
        }
    }
    unknown.map_or(Anchored::No, |subject| Anchored::Unknown { subject })
}

fn outside_validity(one: &Certificate) -> OutsideValidity {
    OutsideValidity {
        subject: one.subject(),
        not_before: one.not_before(),
        not_after: one.not_after(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::super::vectors::{DURING, EDWARDS, INTERMEDIATE, LEAF, NOT_AFTER, RIVEST, ROOT};
    use super::*;
    use serde_json::json;

    fn read(entries: &[&str]) -> Vec<Certificate> {
        read_x5c(&json!(entries)).unwrap()
    }

    #[test]
    fn a_chain_without_its_anchor_is_anchored_by_the_root() {
        let report = examine(&read(&[LEAF, INTERMEDIATE]), &read(&[EDWARDS, ROOT]), DURING);
        assert_eq!(report.links, [Link::Holds]);
        assert_eq!(report.anchored, Anchored::Yes { subject: "CN=Root,O=Example,C=DE".to_owned() });
        assert_eq!(report.subjects.len(), 2);
        assert!(!report.self_signed_leaf && !report.contains_anchor && report.faults().is_empty());
    }

    #[test]
    fn an_anchor_in_the_chain_is_seen_given_or_not() {
        let chain = read(&[LEAF, INTERMEDIATE, ROOT]);
        let report = examine(&chain, &[], DURING);
        assert!(report.contains_anchor && report.faults().is_empty());
        assert_eq!(report.anchored, Anchored::NoAnchorsGiven);
        let report = examine(&chain, &read(&[INTERMEDIATE]), DURING);
        assert!(report.contains_anchor && report.faults().is_empty());
        assert!(!examine(&read(&[LEAF, INTERMEDIATE]), &[], DURING).contains_anchor);
    }

    #[test]
    fn a_wrong_order_breaks_the_links() {
        let report = examine(&read(&[INTERMEDIATE, LEAF]), &read(&[ROOT]), DURING);
        assert!(matches!(report.links[..], [Link::Broken { .. }]));
        assert!(report.faults()[0].contains("comes next"), "{:?}", report.faults());
    }

    #[test]
    fn a_missing_link_leaves_the_leaf_without_anchor() {
        let report = examine(&read(&[LEAF]), &read(&[ROOT]), DURING);
        assert_eq!(report.anchored, Anchored::No);
        assert_eq!(report.standing(), ChainStanding::NotAnchored);
    }

    #[test]
    fn validity_is_looked_at_one_by_one() {
        let report = examine(&read(&[LEAF, INTERMEDIATE]), &[], NOT_AFTER + 1);
        assert_eq!(report.outside_validity.len(), 2);
        assert!(matches!(report.standing(), ChainStanding::Broken(faults) if faults.len() == 2));
    }

    #[test]
    fn a_self_signed_leaf_is_seen() {
        let report = examine(&read(&[EDWARDS]), &[], DURING);
        assert!(report.self_signed_leaf && !report.contains_anchor && report.faults().is_empty());
        let report = examine(&read(&[EDWARDS]), &read(&[EDWARDS]), DURING);
        assert!(!report.contains_anchor && matches!(report.anchored, Anchored::Yes { .. }));
    }

    #[test]
    fn who_is_no_ca_may_not_sign() {
        let edwards = read(&[EDWARDS, EDWARDS]);
        let report = examine(&edwards, &[], DURING);
        assert!(report.faults()[0].contains("no CA"), "{:?}", report.faults());
    }

    #[test]
    fn an_unsupported_signature_is_no_fault_but_does_not_hold() {
        let report = examine(&read(&[RIVEST, RIVEST]), &[], DURING);
        assert!(matches!(report.links[..], [Link::Unsupported { .. }]));
        assert_eq!(report.standing(), ChainStanding::Unverifiable);
    }

    #[test]
    fn x5c_is_an_array_of_certificates() {
        assert!(read_x5c(&json!([])).is_err());
        assert!(read_x5c(&json!(LEAF)).is_err());
        assert!(read_x5c(&json!([1])).is_err());
        assert!(read_x5c(&json!(vec![LEAF; LONGEST + 1])).is_err());
    }
}

//! By which path a signature was verified, and whether that path ends in a given trust anchor, in
//! words: a verdict that only says that it verified would leave the half of it out.

use super::{SignatureVerdict, VerifiedBy};
use crate::jose::Anchored;

impl VerifiedBy {
    /// The path as a single word. `chain` is what the format calls certificates that come along:
    /// `x5c` or `x5chain`.
    pub fn path(&self, chain: &'static str) -> &'static str {
        match self {
            Self::CertificateChain { .. } => chain,
            Self::IssuerMetadata { .. } => "jwt-vc-issuer",
            Self::OpenidConfiguration { .. } => "openid-configuration",
            Self::Did { .. } => "did",
            Self::GivenKeys { .. } => "given",
        }
    }

    /// The subject of the given anchor in which the path ends, if it does.
    pub fn anchor(&self) -> Option<&str> {
        match self {
            Self::CertificateChain { report } => match &report.anchored {
                Anchored::Yes { subject } => Some(subject),
                Anchored::NoAnchorsGiven | Anchored::No | Anchored::Unknown { .. } => None,
            },
            _ => None,
        }
    }

    /// The path in words, the anchor included. What may differ from run to run stays out.
    pub fn told(&self, chain: &'static str) -> String {
        match self {
            Self::CertificateChain { report } => {
                let leaf = report.subjects.first().map_or("", String::as_str);
                let end = match &report.anchored {
                    Anchored::Yes { subject } => format!("it ends in the given anchor {subject}"),
                    Anchored::NoAnchorsGiven => {
                        "whether it ends in an anchor is open, for no trust anchor was given".into()
                    }
                    Anchored::Unknown { subject } => format!(
                        "whether it ends in the given anchor {subject} is open, for that signature \
                         cannot be verified here"
                    ),
                    Anchored::No => "it ends in none of the given anchors".into(),
                };
                format!("with the certificate of {leaf} in {chain}; {end}")
            }
            Self::IssuerMetadata { .. } => {
                unanchored("with a key of the JWT VC Issuer Metadata of iss")
            }
            Self::OpenidConfiguration { .. } => {
                unanchored("with a key of the OpenID configuration of iss")
            }
            Self::Did { url } => {
                let did = url.split('#').next().unwrap_or_default();
                let method = did.split(':').take(2).collect::<Vec<_>>().join(":");
                unanchored(&format!("with a key of a {method}"))
            }
            Self::GivenKeys { .. } => unanchored("with a key that was given for iss"),
        }
    }
}

impl SignatureVerdict {
    /// Whether it was verified and how, or why it was not.
    pub fn told(&self, chain: &'static str) -> String {
        match self {
            Self::Verified { by } => format!("verified {}", by.told(chain)),
            Self::Failed { why } => format!("does not verify: {why}"),
            Self::Unresolvable { why } => format!("not verified, no key was found: {why}"),
            Self::UnsupportedAlgorithm { algorithm } => {
                format!("not verified, {algorithm} is not supported")
            }
        }
    }
}

fn unanchored(path: &str) -> String {
    format!("{path}; there is no chain that could end in an anchor")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use crate::jose::vectors::{DURING, EDWARDS, INTERMEDIATE, LEAF, ROOT};
    use crate::jose::{Certificate, chain};

    fn by_chain(anchors: &[&str]) -> VerifiedBy {
        let read = |one: &&str| Certificate::from_base64(one).unwrap();
        let anchors: Vec<Certificate> = anchors.iter().map(read).collect();
        let chain: Vec<Certificate> = [LEAF, INTERMEDIATE].iter().map(read).collect();
        VerifiedBy::CertificateChain { report: chain::examine(&chain, &anchors, DURING) }
    }

    #[test]
    fn a_chain_says_where_it_came_and_where_it_ends() {
        let anchored = by_chain(&[ROOT]);
        assert!(anchored.told("x5c").contains("in x5c; it ends in the given anchor CN=Root"));
        assert_eq!(anchored.anchor(), Some("CN=Root,O=Example,C=DE"));
        assert!(by_chain(&[EDWARDS]).told("x5chain").contains("none of the given anchors"));
        assert!(by_chain(&[]).told("x5c").contains("no trust anchor was given"));
        assert_eq!(by_chain(&[]).path("x5chain"), "x5chain");
        assert_eq!(by_chain(&[]).anchor(), None);
    }

    #[test]
    fn no_other_path_claims_an_anchor() {
        let url = "did:web:issuer.example#key".to_owned();
        for by in [
            VerifiedBy::IssuerMetadata { kid: None },
            VerifiedBy::OpenidConfiguration { kid: None },
            VerifiedBy::Did { url },
            VerifiedBy::GivenKeys { kid: None },
        ] {
            assert_eq!(by.anchor(), None);
            assert!(by.told("x5c").contains("no chain that could end in an anchor"));
        }
    }
}

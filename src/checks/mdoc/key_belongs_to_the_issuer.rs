//! A signature is worth what is known of the key.

use super::each;
use crate::checks::certificate_chain;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::formats::{SignatureVerdict, VerifiedBy};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/key-belongs-to-the-issuer",
    aliases: &[],
    since: "2026.3",
    title: "the certificates lead to a trusted root",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5", "rfc5280#section-6"],
    obligation: "each certificate of x5chain is signed by the next, all are valid now, and the last leads to a given trust anchor",
    doc: "The chain goes from the document signer to the root of the issuing authority \
          (IACA) that verifiers have from a list. It breaks when a new signer was certified \
          by a root that nobody distributed, when the order is wrong, or when a certificate \
          has run out.\n\n\
          Give the roots of your ecosystem to the run with `--trust`, or whether the chain \
          ends at one of them is not judged.",
    judge: Judge::Answers(Station::Credential, key_belongs_to_the_issuer),
};

fn key_belongs_to_the_issuer(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| key(opened))
}

fn key(opened: &OpenedMdoc) -> Finding {
    match &opened.signature {
        SignatureVerdict::Verified { by: VerifiedBy::CertificateChain { report } } => {
            certificate_chain::weigh(report)
        }
        SignatureVerdict::Verified { .. } => Finding::Silent("the key came without a certificate"),
        SignatureVerdict::Unresolvable { why } if opened.mdoc.issuer_auth.signer().is_some() => {
            Finding::breaks("a certificate with a key that can be verified with", why)
        }
        SignatureVerdict::Unresolvable { .. } => Finding::Silent("there is no readable x5chain"),
        SignatureVerdict::Failed { .. } => Finding::Silent("the signature does not verify"),
        SignatureVerdict::UnsupportedAlgorithm { .. } => {
            Finding::Exempt("the signature has an algorithm that is not verified here")
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Policy;
    use crate::checks::staging::credentials::CA;
    use crate::checks::staging::mdocs::{issued, licence, trusting};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn a_chain_to_the_anchor_holds_and_to_another_breaks() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let elsewhere = issued(&[licence(1)]).policy(trusting(CA));
        assert_breaks(&super::CHECK, &elsewhere, "no given trust anchor");
    }

    #[test]
    fn without_an_anchor_the_bound_is_told() {
        let verdicts = issued(&[licence(1)]).policy(Policy::default()).verdicts(&super::CHECK);
        let because = verdicts[0].because.as_deref().unwrap_or_default();
        assert!(because.contains("no trust anchor was given"), "{verdicts:?}");
    }
}

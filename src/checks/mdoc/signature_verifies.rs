//! A credential whose signature does not verify is waste paper.

use super::each;
use crate::checks::sd_jwt::unverified;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::formats::SignatureVerdict;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/signature-verifies",
    aliases: &[],
    since: "2026.3",
    title: "the issuer's signature verifies",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["rfc9052#section-4.4", "rfc9053#section-2.1", "iso18013-5"],
    obligation: "the signature of issuerAuth verifies with the key of the first certificate, over Signature1, the protected header, no external data, and the payload",
    doc: "What is signed is not the payload but an array around it: the text `Signature1`, \
          the bytes of the protected header as sent, an empty byte string, and the payload \
          with its tag. The signature fails when the payload is serialised again after \
          signing, when the header is written in another order, or when the certificate is \
          of another key.\n\n\
          An ECDSA signature is r and s side by side, 64 bytes for P-256. Java, OpenSSL and \
          many HSMs return DER, which is longer and begins with `30`.",
    judge: Judge::Answers(Station::Credential, signature_verifies),
};

fn signature_verifies(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| signature(opened))
}

fn signature(opened: &OpenedMdoc) -> Finding {
    match &opened.signature {
        SignatureVerdict::Verified { by } => Finding::HoldsAsFar(by.told("x5chain")),
        SignatureVerdict::Failed { why } => Finding::breaks("a signature that verifies", why),
        SignatureVerdict::Unresolvable { .. } => {
            Finding::Silent("no key of the issuer could be found")
        }
        SignatureVerdict::UnsupportedAlgorithm { algorithm } => unverified(algorithm),
    }
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::Outcome;
    use crate::checks::staging::credentials::key;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn it_verifies_with_the_certificate() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let mut other = licence(1);
        other.key = key(9);
        assert_breaks(&super::CHECK, &issued(&[other]), "does not fit");
    }

    #[test]
    fn der_is_named() {
        let der = licence(1).finished(|whole| {
            if let Value::Map(members) = whole
                && let Value::Array(parts) = &mut members[1].1
            {
                parts[3] = Value::Bytes([vec![0x30, 69], vec![0; 69]].concat());
            }
        });
        assert_breaks(&super::CHECK, &issued(&[der]), "look like DER");
    }

    #[test]
    fn an_algorithm_that_is_not_known_here_warns() {
        let mut draft = licence(1);
        draft.protected = Value::Map(vec![(1.into(), (-36).into())]);
        assert_outcome(&super::CHECK, &issued(&[draft]), Outcome::Warn);
    }

    /// Of what is not verified, this check or its neighbours say so.
    #[test]
    fn whatever_is_not_verified_is_a_finding() {
        let neighbours = [
            &super::CHECK,
            &super::super::key_belongs_to_the_issuer::CHECK,
            &super::super::carries_its_certificates::CHECK,
            &super::super::alg_is_protected::CHECK,
        ];
        let mut other_key = licence(1);
        other_key.key = key(9);
        let mut unknown = licence(1);
        unknown.protected = Value::Map(vec![(1.into(), (-36).into())]);
        let mut unnamed = licence(1);
        unnamed.protected = Value::Map(Vec::new());
        let mut bare = licence(1);
        bare.unprotected = Value::Map(Vec::new());
        let mut torn = licence(1);
        torn.unprotected = Value::Map(vec![(33.into(), Value::Bytes(vec![0x30, 0]))]);
        for odd in [other_key, unknown, unnamed, bare, torn] {
            let stage = issued(&[odd]);
            let verdicts: Vec<_> =
                neighbours.iter().flat_map(|check| stage.verdicts(check)).collect();
            let worst = verdicts.iter().map(|verdict| verdict.outcome).max();
            assert!(worst >= Some(Outcome::Warn), "{verdicts:?}");
        }
    }
}

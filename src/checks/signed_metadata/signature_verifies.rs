//! A signature that does not verify is worse than none.

use super::in_signed;
use crate::checks::issued::trust_anchors;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::formats::{IssuerEvidence, SignatureVerdict, VerifiedBy, issuer_signature};
use crate::jose::chain::NOT_ANCHORED;
use crate::jose::{ChainReport, ChainStanding, Jws};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "signed-metadata/signature-verifies",
    aliases: &[],
    since: "2026.3",
    title: "the signature on metadata verifies",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-signed-metadata"],
    obligation: "the signature on metadata verifies with the key that travels with them",
    doc: "The key is that of the first certificate in `x5c`, or the `jwk` of the header. Where the header only names a \
          key, by `kid` or `trust_chain`, how it is found is left to ecosystems, and nothing is said here. The \
          verdict tells whether a given trust anchor (`--trust`) vouches for the chain; metadata may be signed \
          under another authority than credentials, so a chain without one is no breach.\n\n\
          Signatures fail when keys were rotated at one place only, when DER was written where JOSE wants r and s \
          side by side, or when the payload is serialised again after signing.",
    judge: Judge::Answers(Station::NegotiatedMetadata, signature_verifies),
};

fn signature_verifies(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_signed(answered, |jws| {
        if let Some(key) = jws.jwk().filter(|_| !jws.header().contains_key("x5c")) {
            return match key.to_public_key().map(|key| jws.verify(&key)) {
                Ok(Ok(())) => {
                    Finding::HoldsAsFar("by the key in jwk, which vouches for itself".into())
                }
                Ok(Err(error)) => Finding::breaks("a signature that verifies", error.to_string()),
                Err(error) => Finding::breaks("a public key as jwk", error.to_string()),
            };
        }
        by_chain(jws, answered, scene)
    })
}

fn by_chain(jws: &Jws, answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(x5c) = jws.header().get("x5c") else {
        return Finding::Exempt("the header only names its key, and how it is found is left open");
    };
    let anchors = trust_anchors(scene);
    let now = answered.answer.at.as_second();
    let evidence = IssuerEvidence { trust_anchors: &anchors, now, ..IssuerEvidence::default() };
    match issuer_signature::verify_by_chain(jws, x5c, &evidence) {
        SignatureVerdict::Verified { by: VerifiedBy::CertificateChain { report } } => {
            Finding::HoldsAsFar(format!("by x5c; {}", trust(&report)))
        }
        SignatureVerdict::Verified { .. } => Finding::Holds,
        SignatureVerdict::Failed { why } => Finding::breaks("a signature that verifies", why),
        SignatureVerdict::Unresolvable { why } => {
            Finding::breaks("a certificate for the signature in x5c", why)
        }
        SignatureVerdict::UnsupportedAlgorithm { .. } => {
            Finding::Exempt("the signature has an algorithm that is not verified here")
        }
    }
}

/// What vouches for the chain.
fn trust(report: &ChainReport) -> String {
    match report.standing() {
        ChainStanding::Broken(faults) => faults.join("; "),
        ChainStanding::NotAnchored => NOT_ANCHORED.to_owned(),
        ChainStanding::Unverifiable => "a signature in it cannot be verified here".to_owned(),
        ChainStanding::HoldsInItself => "no trust anchors were given".to_owned(),
        ChainStanding::Anchored { subject } => format!("{subject} vouches for it"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::signed_metadata::staged::{given, honest, with_header};
    use crate::checks::staging::credentials::key;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::jose::Signing;

    #[test]
    fn it_verifies_by_its_certificate() {
        assert_holds(&super::CHECK, &given(&honest()));
        let mut other = honest();
        other.signing = Signing::Key(key(9));
        assert_breaks(&super::CHECK, &given(&other), "does not fit");
    }

    #[test]
    fn a_key_that_is_only_named_is_left_alone() {
        let mut named = with_header("x5c", json!(null));
        named.header.insert("kid".into(), json!("key-1"));
        assert_outcome(&super::CHECK, &given(&named), Outcome::NotApplicable);
    }
}

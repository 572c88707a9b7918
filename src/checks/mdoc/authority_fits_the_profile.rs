//! A root is held to more than those it signs for.

use super::each;
use crate::checks::issued::trust_anchors;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::jose::Certificate;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/authority-fits-the-profile",
    aliases: &[],
    since: "2026.3",
    title: "the root certificate is one of an issuing authority",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5", "rfc5280#section-4.2"],
    obligation: "the given trust anchor that signed for a driving licence may sign certificates and revocation lists, no further authority below it, is of the signer's country, and is valid for as long as the signer",
    doc: "The root (IACA) signs document signers directly: `basicConstraints` with CA and a \
          path length of 0, `keyUsage` with `keyCertSign` and `cRLSign`, `countryName` as in \
          the signer's certificate. A signer that outlives its root cannot be verified in \
          its last days.\n\n\
          Looked at is the trust anchor that you gave to the run; without one, or for other \
          document types, nothing is judged. The text of the standard is not at hand here; \
          these are the parts that several open readers insist on.",
    judge: Judge::Answers(Station::Credential, authority_fits_the_profile),
};

/// The document type whose profile this is.
const LICENCE: &str = "org.iso.18013.5.1.mDL";

fn authority_fits_the_profile(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let anchors = trust_anchors(scene);
    each(answered, scene, |opened, _| authority(opened, &anchors))
}

fn authority(opened: &OpenedMdoc, anchors: &[Certificate]) -> Finding {
    if opened.mdoc.doc_type() != Some(LICENCE) {
        return Finding::Exempt("the profile is that of driving licences");
    }
    let certificates = opened.mdoc.issuer_auth.certificates();
    let (Some(signer), Some(last)) = (certificates.first(), certificates.last()) else {
        return Finding::Silent("there is no readable certificate");
    };
    let signed_it =
        |anchor: &&Certificate| last.names_as_issuer(anchor) && last.signed_by(anchor).is_ok();
    let Some(anchor) = anchors.iter().find(signed_it) else {
        return Finding::Exempt("no given trust anchor signed the certificate");
    };
    let usages = anchor.key_usages();
    let wrong: Vec<&str> = [
        (anchor.is_ca(), "is no CA"),
        (anchor.path_length() == Some(0), "has no path length of 0"),
        (usages.signs_certificates, "has no keyCertSign"),
        (usages.signs_revocation_lists, "has no cRLSign"),
        (anchor.country() == signer.country(), "is of another country than the signer"),
        (anchor.not_after() >= signer.not_after(), "ends before the signer does"),
    ]
    .into_iter()
    .filter_map(|(holds, otherwise)| (!holds).then_some(otherwise))
    .collect();
    Finding::expect(
        wrong.is_empty(),
        "a trust anchor of an issuing authority",
        format!("it {}", wrong.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::staging::credentials::{CA, LEAF};
    use crate::checks::staging::mdocs::{issued, licence, trusting};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::checks::{Outcome, Policy};
    use crate::jose::Certificate;

    #[test]
    fn an_issuing_authority_holds_and_another_root_warns() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let mut other = licence(1);
        let der = Certificate::from_base64(LEAF).map(|leaf| leaf.der().to_vec());
        other.unprotected = Value::Map(vec![(33.into(), Value::Bytes(der.unwrap_or_default()))]);
        let stage = issued(&[other]).policy(trusting(CA));
        assert_breaks(&super::CHECK, &stage, "no path length of 0");
        let unknown = issued(&[licence(1)]).policy(Policy::default());
        assert_outcome(&super::CHECK, &unknown, Outcome::NotApplicable);
    }
}

//! A licence is signed by an authority that can be found.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/signer-certificate-fits-the-profile",
    aliases: &[],
    since: "2026.3",
    title: "the signer's certificate has what readers of licences look for",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5", "rfc5280#section-4.2"],
    obligation: "the signer's certificate of a driving licence names a country, its authority's key, its own key, another name of its issuer and a revocation list",
    doc: "Readers of driving licences look at more than the signature: `countryName` in the \
          subject, `authorityKeyIdentifier` and `subjectKeyIdentifier`, `issuerAltName` with \
          a way to reach the authority, and `cRLDistributionPoints`. Certificates from a \
          tool for web servers lack most of these.\n\n\
          The text of the standard is not at hand here; these are the parts that several \
          open readers insist on. Other document types have rules of their own and are not \
          judged.",
    judge: Judge::Answers(Station::Credential, signer_certificate_fits_the_profile),
};

/// The document type whose profile this is.
const LICENCE: &str = "org.iso.18013.5.1.mDL";

fn signer_certificate_fits_the_profile(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| profile(opened))
}

fn profile(opened: &OpenedMdoc) -> Finding {
    if opened.mdoc.doc_type() != Some(LICENCE) {
        return Finding::Exempt("the profile is that of driving licences");
    }
    let Some(signer) = opened.mdoc.issuer_auth.signer() else {
        return Finding::Silent("there is no readable certificate");
    };
    let missing: Vec<&str> = [
        (signer.country().is_some(), "countryName"),
        (signer.authority_key_identifier().is_some(), "authorityKeyIdentifier"),
        (signer.subject_key_identifier().is_some(), "subjectKeyIdentifier"),
        (signer.names_its_issuer_otherwise(), "issuerAltName"),
        (signer.names_revocation_lists(), "cRLDistributionPoints"),
    ]
    .into_iter()
    .filter_map(|(is_there, name)| (!is_there).then_some(name))
    .collect();
    Finding::expect(
        missing.is_empty(),
        "what readers of licences look for",
        format!("no {}", missing.join(", no ")),
    )
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::Outcome;
    use crate::checks::staging::credentials::LEAF;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::jose::Certificate;

    #[test]
    fn the_profile_holds_and_its_absence_warns_for_licences_only() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let mut other = licence(1);
        let der = Certificate::from_base64(LEAF).map(|leaf| leaf.der().to_vec());
        other.unprotected = Value::Map(vec![(33.into(), Value::Bytes(der.unwrap_or_default()))]);
        assert_breaks(&super::CHECK, &issued(&[other.clone()]), "no countryName");
        let pid = issued(&[other.with("docType", "eu.europa.ec.eudi.pid.1".into())]);
        assert_outcome(&super::CHECK, &pid, Outcome::NotApplicable);
    }
}

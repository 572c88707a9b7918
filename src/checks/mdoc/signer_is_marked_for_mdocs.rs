//! A certificate says what its key is for.

use super::{LICENCE, each};
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/signer-is-marked-for-mdocs",
    aliases: &[],
    since: "2026.3",
    title: "the signer's certificate is for signing mdocs",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5", "rfc5280#section-4.2.1.12"],
    obligation: "the signer's certificate has the extended key usage 1.0.18013.5.1.2, keyUsage with digitalSignature, and is no CA",
    doc: "The purpose `1.0.18013.5.1.2` marks a document signer, so that no other \
          certificate under the same root, of a web server or a status service, can sign \
          documents. `keyUsage` is `digitalSignature`, and a certificate that may sign \
          others is none that signs documents.\n\n\
          Other document types use the same mark; where their rules have another one, this \
          warning can be put into the baseline.",
    judge: Judge::Answers(Station::Credential, signer_is_marked_for_mdocs),
};

/// The purpose of a document signer.
const DOCUMENT_SIGNER: &str = "1.0.18013.5.1.2";

fn signer_is_marked_for_mdocs(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| marked(opened))
}

fn marked(opened: &OpenedMdoc) -> Finding {
    if opened.mdoc.doc_type() != Some(LICENCE) {
        return Finding::Exempt("only the profile of the driving licence has this rule");
    }
    let Some(signer) = opened.mdoc.issuer_auth.signer() else {
        return Finding::Silent("there is no readable certificate");
    };
    let purposes = signer.extended_key_usages().unwrap_or_default();
    if !purposes.iter().any(|purpose| purpose == DOCUMENT_SIGNER) {
        let actual = match purposes.is_empty() {
            true => "no extended key usage".to_owned(),
            false => purposes.join(", "),
        };
        return Finding::breaks(format!("extended key usage {DOCUMENT_SIGNER}"), actual);
    }
    if signer.is_ca() {
        return Finding::breaks("a certificate that is no CA", "a CA");
    }
    Finding::expect(
        signer.key_usages().signs_data,
        "keyUsage with digitalSignature",
        "keyUsage without it, or none",
    )
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::staging::credentials::LEAF;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use crate::jose::Certificate;

    #[test]
    fn a_marked_signer_holds_and_any_other_certificate_warns() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let mut other = licence(1);
        let der = Certificate::from_base64(LEAF).map(|leaf| leaf.der().to_vec());
        other.unprotected = Value::Map(vec![(33.into(), Value::Bytes(der.unwrap_or_default()))]);
        assert_breaks(&super::CHECK, &issued(&[other]), "no extended key usage");
    }
}

//! A root that comes along proves nothing.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::formats::{SignatureVerdict, VerifiedBy};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/leaves-the-root-out",
    aliases: &[],
    since: "2026.3",
    title: "the root certificate is not sent along",
    level: Level::Should,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5"],
    obligation: "x5chain has no trust anchor in it and the signer's certificate is not signed with its own key",
    doc: "Whoever verifies an mdoc knows the root (IACA) beforehand and from elsewhere. A \
          root in `x5chain` makes every presentation longer and tempts readers to trust what \
          the holder brought. A signer that certifies itself has no root at all.\n\n\
          Send the signer's certificate, and what may stand between it and the root.",
    judge: Judge::Answers(Station::Credential, leaves_the_root_out),
};

fn leaves_the_root_out(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| root(opened))
}

fn root(opened: &OpenedMdoc) -> Finding {
    let SignatureVerdict::Verified { by: VerifiedBy::CertificateChain { report } } =
        &opened.signature
    else {
        return Finding::Silent("the signature was not verified with a certificate");
    };
    const EXPECTED: &str = "certificates below the root only";
    if report.self_signed_leaf {
        return Finding::breaks(EXPECTED, "a signer that certifies itself");
    }
    Finding::expect(!report.contains_anchor, EXPECTED, "a root in x5chain")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use ciborium::Value;

    use crate::checks::staging::mdocs::{IACA, issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use crate::jose::{Certificate, PrivateKey};

    #[test]
    fn a_signer_alone_holds_and_a_root_warns() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let root = Value::Bytes(Certificate::from_base64(IACA).unwrap().der().to_vec());
        let mut with_root = licence(1);
        if let Value::Map(members) = &mut with_root.unprotected {
            members[0].1 = Value::Array(vec![members[0].1.clone(), root.clone()]);
        }
        assert_breaks(&super::CHECK, &issued(&[with_root]), "a root in x5chain");
        let mut own = licence(1);
        own.unprotected = Value::Map(vec![(33.into(), root)]);
        own.key = PrivateKey::from_bytes(&[12; 32]).unwrap();
        assert_breaks(&super::CHECK, &issued(&[own]), "certifies itself");
    }
}

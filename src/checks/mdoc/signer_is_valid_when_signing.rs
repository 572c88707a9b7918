//! A signer signs while it may.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/signer-is-valid-when-signing",
    aliases: &[],
    since: "2026.3",
    title: "the signer's certificate was valid when it signed",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5"],
    obligation: "signed of an issued mdoc lies within the validity of the signer's certificate",
    doc: "Verifiers compare `signed` with the certificate, not the day of the presentation \
          alone. A time that is rounded down to midnight falls before the first second of a \
          certificate that was made this morning; a signer that has run out goes on signing \
          when nobody looks.\n\n\
          Let certificates begin a day early, and stop signing before they end.",
    judge: Judge::Answers(Station::Credential, signer_is_valid_when_signing),
};

fn signer_is_valid_when_signing(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| was_valid(opened))
}

fn was_valid(opened: &OpenedMdoc) -> Finding {
    let Some(signer) = opened.mdoc.issuer_auth.signer() else {
        return Finding::Silent("there is no readable certificate");
    };
    let object = opened.mdoc.security_object.as_ref().ok();
    let signed = object.and_then(|object| object.validity.signed.as_ref()?.second);
    let Some(signed) = signed else {
        return Finding::Silent("the date of signing cannot be read");
    };
    let actual = match signed {
        early if early < signer.not_before() => {
            format!("signed {} s before it", signer.not_before().saturating_sub(early))
        }
        late => format!("signed {} s after it", late.saturating_sub(signer.not_after())),
    };
    Finding::expect(signer.is_valid_at(signed), "signed within the certificate's validity", actual)
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn a_day_within_holds_and_before_or_after_breaks() {
        let stage = |text: &str| {
            issued(&[licence(1).dated("signed", Value::Tag(0, Box::new(text.into())))])
        };
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        assert_breaks(&super::CHECK, &stage("2025-12-31T23:59:59Z"), "signed 1 s before");
        assert_breaks(&super::CHECK, &stage("2036-01-01T00:00:00Z"), "after it");
    }
}

//! A wallet gets the part of an mdoc that the issuer signs, and nothing around it.

use crate::checks::{Answered, Check, Finding, Judge, Level, Opened, Scene, applicability};
use crate::formats::{Mdoc, MdocError};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/is-an-issuer-signed",
    aliases: &[],
    since: "2026.3",
    title: "the credential is an IssuerSigned structure",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["vci#mdocs", "iso18013-5"],
    obligation: "an issued mdoc is the CBOR structure IssuerSigned, with nameSpaces and issuerAuth, in base64url without padding",
    doc: "`IssuerSigned` is a map with `nameSpaces` and `issuerAuth`. Libraries that were \
          made for presentations write a whole `Document` (with `docType` and \
          `issuerSigned`) or a `DeviceResponse` (with `documents`) instead; what the wallet \
          wants is inside.\n\n\
          Encode the CBOR once, in base64url without `=`. Base64 with `+` and `/`, \
          hexadecimal digits, or a second encoding of the text all fail here.",
    judge: Judge::Answers(Station::Credential, is_an_issuer_signed),
};

fn is_an_issuer_signed(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(issued) = scene.issued_by(answered) else {
        return Finding::Silent("nothing was issued");
    };
    let mut seen = false;
    for (place, credential) in issued.credentials.iter().enumerate() {
        let which = format!("credential {} of {}", place + 1, issued.credentials.len());
        let wrong = match &credential.opened {
            Opened::UnreadableMdoc(MdocError::NoSignature(_)) => None,
            Opened::UnreadableMdoc(error) => Some(error.to_string()),
            Opened::Mdoc(opened) => strange(&opened.mdoc),
            _ => continue,
        };
        seen = true;
        if let Some(wrong) = wrong {
            return Finding::breaks("IssuerSigned in base64url", format!("{which}: {wrong}"));
        }
    }
    if seen { Finding::Holds } else { Finding::Silent("no mdoc was issued") }
}

fn strange(mdoc: &Mdoc) -> Option<String> {
    if mdoc.name_spaces.is_none() {
        return Some("no map nameSpaces".to_owned());
    }
    let further = &mdoc.further_members;
    (!further.is_empty()).then(|| format!("further members: {}", further.join(", ")))
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::mdocs::{issued, issued_texts, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn issuer_signed_holds() {
        assert_holds(&super::CHECK, &issued(&[licence(1), licence(2)]));
    }

    #[test]
    fn another_structure_or_encoding_breaks() {
        let document = licence(1).finished(|whole| {
            *whole = ciborium::Value::Map(vec![("issuerSigned".into(), whole.clone())]);
        });
        assert_breaks(&super::CHECK, &issued(&[document]), "a Document");
        let padded = issued_texts(&[format!("{}=", licence(1).text())], 1);
        assert_breaks(&super::CHECK, &padded, "padded");
        let garbage = issued_texts(&["oQ".to_owned()], 1);
        assert_outcome(&super::CHECK, &garbage, Outcome::Fail);
    }
}

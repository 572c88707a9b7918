//! The frame of the signature is an array, and bare.

use super::each;
use crate::checks::{
    Answered, Breach, Check, Finding, Judge, Level, Opened, OpenedMdoc, Scene, applicability,
};
use crate::formats::MdocError;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/signature-is-a-cose-sign1",
    aliases: &[],
    since: "2026.3",
    title: "issuerAuth is an untagged COSE_Sign1",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5", "rfc9052#section-4.2"],
    obligation: "issuerAuth is a COSE_Sign1: an array of protected header, unprotected header, payload and signature, without a tag",
    doc: "COSE libraries write a signature with tag 18 in front by default; within \
          `IssuerSigned` the array stands alone. Most readers look past the tag, so it only \
          warns. Another tag, such as 98 of `COSE_Sign`, or another number of elements is \
          another structure.\n\n\
          Look for an option such as \"untagged\" where the library serialises.",
    judge: Judge::Answers(Station::Credential, signature_is_a_cose_sign1),
};

fn signature_is_a_cose_sign1(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let issued = scene.issued_by(answered);
    for credential in issued.into_iter().flat_map(|issued| &issued.credentials) {
        if let Opened::UnreadableMdoc(error @ MdocError::NoSignature(_)) = &credential.opened {
            return Finding::breaks("COSE_Sign1, an array of four", error.to_string());
        }
    }
    each(answered, scene, |opened, _| frame(opened))
}

fn frame(opened: &OpenedMdoc) -> Finding {
    let auth = &opened.mdoc.issuer_auth;
    if auth.payload.is_none() {
        return Finding::breaks("COSE_Sign1 with its payload", "no byte string as payload");
    }
    match auth.tag {
        None => Finding::Holds,
        Some(18) => Finding::Warns(
            Breach::new("COSE_Sign1 without a tag", "tag 18"),
            "most readers look past this tag",
        ),
        Some(tag) => Finding::breaks("COSE_Sign1 without a tag", format!("tag {tag}")),
    }
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::Outcome;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn an_array_of_four_holds_and_tag_18_warns() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let tagged = licence(1).finished(|whole| tag(whole, 18));
        assert_outcome(&super::CHECK, &issued(&[tagged]), Outcome::Warn);
        let other = licence(1).finished(|whole| tag(whole, 98));
        assert_outcome(&super::CHECK, &issued(&[other]), Outcome::Fail);
    }

    #[test]
    fn another_number_of_elements_breaks() {
        let short = licence(1).finished(|whole| {
            if let Value::Map(members) = whole
                && let Value::Array(parts) = &mut members[1].1
            {
                parts.pop();
            }
        });
        assert_breaks(&super::CHECK, &issued(&[short]), "an array of 3");
    }

    fn tag(whole: &mut Value, tag: u64) {
        if let Value::Map(members) = whole {
            members[1].1 = Value::Tag(tag, Box::new(members[1].1.clone()));
        }
    }
}

//! What can be read in two ways will be.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/cbor-is-sound",
    aliases: &[],
    since: "2026.3",
    title: "the CBOR of an mdoc is plain",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["rfc8949#section-5"],
    obligation: "the CBOR of an issued mdoc has nothing after its end, no key twice in a map, no item of indefinite length and no number written longer than needed",
    doc: "Trailing bytes and repeated keys make readers disagree about what was signed. \
          Indefinite lengths and long forms are well-formed CBOR, but digests are over \
          bytes, and a reader that encodes what it has read gets others.\n\n\
          Most libraries have a setting for deterministic encoding (RFC 8949, section \
          4.2.1); streaming writers usually do not use it.",
    judge: Judge::Answers(Station::Credential, cbor_is_sound),
};

fn cbor_is_sound(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| sound(opened))
}

fn sound(opened: &OpenedMdoc) -> Finding {
    let oddities = &opened.mdoc.oddities;
    let told: Vec<&str> = oddities.iter().take(3).map(String::as_str).collect();
    Finding::expect(oddities.is_empty(), "CBOR in its plain form", told.join("; "))
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::staging::mdocs::{issued, issued_texts, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use crate::jose::base64url;

    #[test]
    fn plain_cbor_holds_and_what_trails_or_repeats_warns() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let trailing = base64url::encode([licence(1).bytes(), vec![0]].concat());
        assert_breaks(&super::CHECK, &issued_texts(&[trailing], 1), "1 bytes after the end");
        let mut twice = licence(1);
        twice.object.push(("version".into(), Value::from("1.0")));
        assert_breaks(&super::CHECK, &issued(&[twice]), "the key version twice");
    }
}

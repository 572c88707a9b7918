//! What is signed is bytes, and stays bytes.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/security-object-is-embedded",
    aliases: &[],
    since: "2026.3",
    title: "the security object is embedded with its tag",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5", "rfc8949#section-3.4.5.1"],
    obligation: "the payload of issuerAuth is a mobile security object embedded as #6.24(bstr)",
    doc: "The payload is a byte string in which there is CBOR, and that CBOR is tag 24 \
          around another byte string, in which the map stands. One layer is easily lost: \
          libraries that encode the payload on their own leave the tag out, and then digests \
          and signatures of other readers do not fit.\n\n\
          The payload begins with `d8 18`. If it begins with `a6`, the map stands there \
          bare.",
    judge: Judge::Answers(Station::Credential, security_object_is_embedded),
};

fn security_object_is_embedded(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| embedded(opened))
}

fn embedded(opened: &OpenedMdoc) -> Finding {
    const EXPECTED: &str = "a mobile security object as #6.24(bstr)";
    let mdoc = &opened.mdoc;
    match &mdoc.security_object {
        _ if mdoc.issuer_auth.payload.is_none() => Finding::Silent("there is no payload"),
        Err(error) => Finding::breaks(EXPECTED, error.to_string()),
        Ok(_) if !mdoc.issuer_auth.payload_is_tagged => {
            Finding::breaks(EXPECTED, "a bare map, without tag 24")
        }
        Ok(_) => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn the_tag_holds_and_a_bare_map_breaks() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let mut bare = licence(1);
        bare.is_payload_tagged = false;
        assert_breaks(&super::CHECK, &issued(&[bare]), "without tag 24");
    }
}

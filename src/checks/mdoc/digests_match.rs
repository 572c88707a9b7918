//! A digest is the only tie between a value and the signature.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::formats::mdoc::DigestAlgorithm;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/digests-match",
    aliases: &[],
    since: "2026.3",
    title: "the digest of each item is the one that is signed",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5"],
    obligation: "the digest of each item that has one, over its bytes as sent with tag 24 in front, is the one in valueDigests under its namespace and digestID",
    doc: "What goes into the digest is the item as it is sent: tag 24, the head of the byte \
          string, and the bytes. Issuers take the bytes without the tag, encode the item a \
          second time with another library, or count `digestID` through all namespaces at \
          one place and anew for each at the other.\n\n\
          Encode each item once, and use these bytes for both.",
    judge: Judge::Answers(Station::Credential, digests_match),
};

fn digests_match(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| digests(opened))
}

fn digests(opened: &OpenedMdoc) -> Finding {
    let Ok(object) = &opened.mdoc.security_object else {
        return Finding::Silent("the security object cannot be read");
    };
    let algorithm = object.digest_algorithm.as_deref().and_then(DigestAlgorithm::from_name);
    let Some(algorithm) = algorithm else {
        return Finding::Silent("the digest algorithm is not known");
    };
    let mut seen = false;
    for (space, item) in opened.mdoc.items() {
        let Some(stored) = item.digest_id.and_then(|id| object.digest(space, id)) else {
            continue;
        };
        seen = true;
        if algorithm.digest(&item.bytes) != stored {
            let inner = algorithm.digest(&item.inner) == stored;
            let how = if inner { ", but for the bytes without tag 24" } else { "" };
            let actual = format!("{}: another digest{how}", item.name());
            return Finding::breaks("the digest of the item as sent", actual);
        }
    }
    if seen { Finding::Holds } else { Finding::Silent("no item has a digest") }
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn the_digests_of_an_honest_mdoc_fit() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
    }

    #[test]
    fn another_value_than_was_signed_breaks() {
        let changed = licence(1).finished(|whole| {
            if let Value::Map(members) = whole
                && let Value::Map(spaces) = &mut members[0].1
                && let Value::Array(items) = &mut spaces[0].1
                && let Value::Tag(_, item) = &mut items[0]
                && let Value::Bytes(bytes) = item.as_mut()
                && let Some(last) = bytes.last_mut()
            {
                *last ^= 1;
            }
        });
        assert_breaks(&super::CHECK, &issued(&[changed]), "family_name: another digest");
    }
}

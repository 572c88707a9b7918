//! What is not in the signature was not signed.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/items-have-digests",
    aliases: &[],
    since: "2026.3",
    title: "each item has a digest",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5"],
    obligation: "valueDigests has an entry for the namespace and digestID of each issued item; entries without an item are allowed",
    doc: "An item without a digest is not covered by the signature, and a verifier refuses \
          it. It happens when elements are added after signing, such as ages that are \
          computed when they are asked for, or when a namespace was forgotten in \
          `valueDigests`.\n\n\
          Digests of elements that are not handed over are in order: they hide how many \
          there are.",
    judge: Judge::Answers(Station::Credential, items_have_digests),
};

fn items_have_digests(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| have_digests(opened))
}

fn have_digests(opened: &OpenedMdoc) -> Finding {
    let Ok(object) = &opened.mdoc.security_object else {
        return Finding::Silent("the security object cannot be read");
    };
    let mut seen = false;
    for (space, item) in opened.mdoc.items() {
        let Some(id) = item.digest_id else { continue };
        seen = true;
        if object.digest(space, id).is_none() {
            let actual = format!("{} has none in {space}", item.name());
            return Finding::breaks("a digest for each item", actual);
        }
    }
    if seen { Finding::Holds } else { Finding::Silent("no item has a digestID") }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn an_item_without_digest_warns() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let mut loose = licence(1);
        loose.items[2].is_digested = false;
        assert_breaks(&super::CHECK, &issued(&[loose]), "birth_date has none");
    }
}

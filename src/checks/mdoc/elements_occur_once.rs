//! A question has one answer.

use std::collections::HashSet;

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/elements-occur-once",
    aliases: &[],
    since: "2026.3",
    title: "numbers and elements occur once in a namespace",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5"],
    obligation: "within a namespace of an issued mdoc no digestID and no elementIdentifier occurs twice",
    doc: "Two items with one `digestID` share a digest, and one of them must be wrong. Two \
          items for one element leave it to the reader which value counts.\n\n\
          Number the items of each namespace, and read each element from one place.",
    judge: Judge::Answers(Station::Credential, elements_occur_once),
};

fn elements_occur_once(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| once(opened))
}

fn once(opened: &OpenedMdoc) -> Finding {
    let (mut numbers, mut names) = (HashSet::new(), HashSet::new());
    let mut seen = false;
    for (space, item) in opened.mdoc.items() {
        seen = true;
        if item.digest_id.is_some_and(|id| !numbers.insert((space, id))) {
            let id = item.digest_id.unwrap_or_default();
            return Finding::breaks(
                "each digestID once",
                format!("digestID {id} twice in {space}"),
            );
        }
        if item.identifier.as_ref().is_some_and(|name| !names.insert((space, name))) {
            let actual = format!("{} twice in {space}", item.name());
            return Finding::breaks("each element once", actual);
        }
    }
    let object = opened.mdoc.security_object.as_ref().ok();
    for (space, digests) in object.into_iter().flat_map(|object| &object.value_digests) {
        let mut stored = HashSet::new();
        if let Some(twice) = digests.iter().find(|one| !stored.insert(one.id)) {
            let actual = format!("digestID {} twice in valueDigests of {space}", twice.id);
            return Finding::breaks("each digestID once", actual);
        }
    }
    if seen { Finding::Holds } else { Finding::Silent("there are no items") }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn numbers_and_names_of_their_own_hold() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
    }

    #[test]
    fn a_second_use_breaks() {
        let number = licence(1).item(1, "digestID", 0.into());
        assert_breaks(&super::CHECK, &issued(&[number]), "digestID 0 twice");
        let name = licence(1).item(1, "elementIdentifier", "family_name".into());
        assert_breaks(&super::CHECK, &issued(&[name]), "family_name twice");
    }
}

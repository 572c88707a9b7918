//! An item is bytes, because its digest is over bytes.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/items-are-embedded",
    aliases: &[],
    since: "2026.3",
    title: "each namespace has items, embedded with their tag",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5", "rfc8949#section-3.4.5.1"],
    obligation: "each namespace of an issued mdoc has a non-empty array of IssuerSignedItem, each embedded as #6.24(bstr)",
    doc: "Each item is encoded on its own, put into a byte string, and marked with tag 24. \
          An item that stands there as a map, or as a byte string without the tag, is read \
          differently by every reader, and its digest fits for none.\n\n\
          A namespace of which nothing was issued is left out.",
    judge: Judge::Answers(Station::Credential, items_are_embedded),
};

fn items_are_embedded(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| embedded(opened))
}

fn embedded(opened: &OpenedMdoc) -> Finding {
    const EXPECTED: &str = "items as #6.24(bstr)";
    let Some(spaces) = &opened.mdoc.name_spaces else {
        return Finding::Silent("there are no nameSpaces");
    };
    if spaces.is_empty() {
        return Finding::breaks(EXPECTED, "no namespace");
    }
    for space in spaces {
        if let Some(problem) = &space.problem {
            return Finding::breaks(EXPECTED, format!("{}: {problem}", space.name));
        }
        for item in &space.items {
            if let Some(problem) = &item.problem {
                return Finding::breaks(EXPECTED, format!("{}: {problem}", space.name));
            }
            if !item.is_tagged {
                let actual = format!("{}: {} without tag 24", space.name, item.name());
                return Finding::breaks(EXPECTED, actual);
            }
        }
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn embedded_items_hold() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
    }

    #[test]
    fn bare_items_and_empty_namespaces_break() {
        let mut bare = licence(1);
        bare.items[1].is_tagged = false;
        assert_breaks(&super::CHECK, &issued(&[bare]), "given_name without tag 24");
        let none = licence(1).finished(|whole| replace(whole, Value::Map(Vec::new())));
        assert_breaks(&super::CHECK, &issued(&[none]), "no namespace");
        let empty = licence(1).finished(|whole| {
            replace(whole, Value::Map(vec![("a".into(), Value::Array(Vec::new()))]));
        });
        assert_breaks(&super::CHECK, &issued(&[empty]), "an empty array");
        let number = licence(1).finished(|whole| {
            replace(whole, Value::Map(vec![("a".into(), Value::Array(vec![1.into()]))]));
        });
        assert_breaks(&super::CHECK, &issued(&[number]), "a: uint");
    }

    fn replace(whole: &mut Value, spaces: Value) {
        if let Value::Map(members) = whole {
            members[0].1 = spaces;
        }
    }
}

//! An item has a number, a name, a value, and something to hide it.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/items-are-complete",
    aliases: &[],
    since: "2026.3",
    title: "each item has its four members",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5"],
    obligation: "each item of an issued mdoc has digestID from 0 to 2^31 - 1, at least 16 bytes as random, a text as elementIdentifier, and an elementValue",
    doc: "`random` hides the value in its digest: with less than 16 bytes, or with text in \
          place of bytes, values can be guessed by those to whom they were not shown. \
          `digestID` is the place of the digest and no secret, but no negative number \
          either.\n\n\
          Names are exact: `elementIdentifier`, not `identifier`.",
    judge: Judge::Answers(Station::Credential, items_are_complete),
};

/// The least length of `random`, in bytes.
const LEAST: usize = 16;

fn items_are_complete(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| complete(opened))
}

fn complete(opened: &OpenedMdoc) -> Finding {
    let mut seen = false;
    for (_, item) in opened.mdoc.items().filter(|(_, item)| item.problem.is_none()) {
        seen = true;
        let name = item.name();
        if !item.digest_id.is_some_and(|id| (0..1 << 31).contains(&id)) {
            let actual = item.digest_id.map_or_else(|| "none".to_owned(), |id| id.to_string());
            return Finding::breaks("digestID from 0 to 2^31 - 1", format!("{name}: {actual}"));
        }
        match item.random.as_ref().map(Vec::len) {
            Some(LEAST..) => {}
            Some(length) => {
                let actual = format!("{name}: {length} bytes");
                return Finding::breaks("at least 16 bytes as random", actual);
            }
            None => {
                let actual = format!("{name}: no byte string");
                return Finding::breaks("at least 16 bytes as random", actual);
            }
        }
        if item.identifier.is_none() {
            return Finding::breaks("a text as elementIdentifier", name);
        }
        if item.value.is_none() {
            return Finding::breaks("an elementValue", format!("{name} without one"));
        }
    }
    if seen { Finding::Holds } else { Finding::Silent("there are no readable items") }
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn whole_items_hold() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let long = licence(1).item(0, "random", Value::Bytes(vec![1; 32]));
        assert_holds(&super::CHECK, &issued(&[long]));
    }

    #[test]
    fn what_is_missing_short_or_negative_breaks() {
        let stage = |name: &str, value: Value| issued(&[licence(1).item(0, name, value)]);
        assert_breaks(&super::CHECK, &stage("random", Value::Bytes(vec![1; 8])), "8 bytes");
        assert_breaks(&super::CHECK, &stage("random", "0123456789abcdef".into()), "no byte string");
        assert_breaks(&super::CHECK, &stage("digestID", (-1).into()), "family_name: -1");
        assert_breaks(&super::CHECK, &stage("digestID", (1_u64 << 31).into()), "2147483648");
        assert_breaks(&super::CHECK, &stage("elementIdentifier", Value::Null), "digestID 0");
        assert_breaks(&super::CHECK, &stage("elementValue", Value::Null), "without one");
    }
}

//! Random bytes that are used twice hide nothing.

use std::collections::{HashMap, HashSet};

use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "mdoc/randoms-are-fresh",
    aliases: &[],
    since: "2026.3",
    title: "random bytes are unique",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5"],
    obligation: "each item of an issued mdoc has random bytes of its own, within the mdoc and across the responses of a scenario",
    doc: "`random` keeps a verifier from guessing what a digest hides. Bytes that are the \
          same for all items, or derived from the holder's data, let anybody who has seen \
          one item try values for the others, and link credentials.\n\n\
          Draw at least 16 bytes for each item. How they behave within one batch is \
          `unlinkability/salts-differ-within-a-batch`.",
    judge: Judge::Transcript(randoms_are_fresh),
};

fn randoms_are_fresh(scene: &Scene<'_>) -> Finding {
    const EXPECTED: &str = "random bytes of its own for each item";
    let mut first_uses: HashMap<&[u8], (u32, usize)> = HashMap::new();
    let mut texts = HashSet::new();
    for issued in scene.issued() {
        for (place, opened) in issued.mdocs() {
            let text = issued.credentials.get(place).map(|credential| credential.text.as_str());
            if !texts.insert(text) {
                // The same mdoc, handed out again, has the same random bytes.
                continue;
            }
            let mut own = HashSet::new();
            for (_, item) in opened.mdoc.items() {
                let Some(random) = item.random.as_deref() else { continue };
                if !own.insert(random) {
                    let breach = Breach::new(EXPECTED, "two items of one mdoc have the same");
                    return Finding::Breaks(breach.at([issued.exchange]));
                }
                let here = (issued.exchange, place);
                let first = *first_uses.entry(random).or_insert(here);
                if first.0 != here.0 {
                    let actual = format!("{} has those of exchange {}", item.name(), first.0);
                    return Finding::Breaks(Breach::new(EXPECTED, actual).at([issued.exchange]));
                }
            }
        }
    }
    match (first_uses.is_empty(), texts.is_empty()) {
        (false, _) => Finding::Holds,
        (true, false) => Finding::Exempt("no mdoc has items with random bytes"),
        (true, true) => Finding::Silent("no mdoc was issued"),
    }
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::staging::credentials::respond;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn fresh_bytes_hold_and_so_does_the_same_mdoc_again() {
        let text = licence(1).text();
        assert_holds(&super::CHECK, &respond(issued(&[licence(1)]), &[text], 1));
        let next = licence(2).text();
        assert_holds(&super::CHECK, &respond(issued(&[licence(1)]), &[next], 2));
    }

    #[test]
    fn a_second_use_breaks_in_one_mdoc_and_in_the_next_response() {
        let random = Value::Bytes([vec![1; 15], vec![0]].concat());
        let twice = licence(1).item(1, "random", random.clone());
        assert_breaks(&super::CHECK, &issued(&[twice]), "two items of one mdoc");
        let again = licence(2).item(0, "random", random).text();
        let stage = respond(issued(&[licence(1)]), &[again], 2);
        assert_breaks(&super::CHECK, &stage, "family_name has those of exchange");
    }
}

//! What is unique to a batch marks its holder.

use std::collections::HashMap;

use super::batch;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "unlinkability/identifiers-differ-within-a-batch",
    aliases: &[],
    since: "2026.1",
    title: "no identifier is shared within a batch",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::batch_of_readable_credentials,
    spec: &["vci#section-15.4.1", "rfc9901#section-10.1"],
    obligation: "no two credentials of one response have the same jti, sub or status list entry in clear",
    doc: "What stands in clear is seen at every presentation. One `jti` for the whole \
          batch, a `sub` that identifies the holder, or one entry in a status list for \
          all, and the batch is as linkable as a single credential.\n\n\
          Give each credential a `jti` and a status list entry of its own, and leave `sub` \
          out or make it disclosable.",
    judge: Judge::Answers(Station::Credential, identifiers_differ),
};

fn identifiers_differ(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let batch = match batch(answered, scene) {
        Ok(batch) => batch,
        Err(finding) => return finding,
    };
    let mut first_places: HashMap<(&str, String), usize> = HashMap::new();
    for (place, opened) in batch {
        for (name, value) in opened.identifiers() {
            if let Some(first) = first_places.insert((name, value.to_string()), place) {
                let actual =
                    format!("credentials {} and {} have the same {name}", first + 1, place + 1);
                return Finding::breaks("identifiers of its own in each credential", actual);
            }
        }
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};

    fn both(name: &str, one: Value, other: Value) -> crate::checks::staging::Stage {
        issued(&[Paper::honest(1).claim(name, one), Paper::honest(2).claim(name, other)])
    }

    #[test]
    fn no_identifiers_or_different_ones_hold() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1), Paper::honest(2)]));
        assert_holds(&super::CHECK, &both("jti", json!("a"), json!("b")));
        let entry =
            |index| json!({"status_list": {"uri": "https://issuer.example/1", "idx": index}});
        assert_holds(&super::CHECK, &both("status", entry(1), entry(2)));
        assert_breaks(&super::CHECK, &both("status", entry(1), entry(1)), "status list entry");
    }

    #[test]
    fn a_shared_one_warns() {
        let stage = both("sub", json!("erika"), json!("erika"));
        assert_breaks(&super::CHECK, &stage, "same sub");
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
    }
}

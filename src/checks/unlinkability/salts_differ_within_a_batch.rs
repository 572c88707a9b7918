//! Two credentials with the same salt are one credential to whoever sees both.

use std::collections::HashMap;

use super::batch;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "unlinkability/salts-differ-within-a-batch",
    aliases: &[],
    since: "2026.1",
    title: "no salt occurs in two credentials of a batch",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::batch_of_readable_credentials,
    spec: &["rfc9901#section-10.1"],
    obligation: "no salt of an issued SD-JWT VC, and no random of an mdoc, occurs in another credential of the same response",
    doc: "Salts, and the digests made from them, are shown at each presentation. An issuer \
          that makes the disclosures once and signs n credentials around them gives all of \
          them the same digests, and the batch can be linked by any two verifiers.\n\n\
          Make new disclosures for each credential of the batch, inside the loop that \
          signs.",
    judge: Judge::Answers(Station::Credential, salts_differ),
};

fn salts_differ(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let batch = match batch(answered, scene) {
        Ok(batch) => batch,
        Err(finding) => return finding,
    };
    let mut first_places: HashMap<&[u8], usize> = HashMap::new();
    for (place, opened) in batch {
        for salt in opened.salts() {
            let first = *first_places.entry(salt).or_insert(place);
            if first != place {
                let actual = format!("credentials {} and {} share a salt", first + 1, place + 1);
                return Finding::breaks("new salts in each credential", actual);
            }
        }
    }
    if first_places.is_empty() {
        return Finding::Exempt("no credential has disclosures");
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::mdocs::{self, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn the_random_bytes_of_mdocs_are_salts() {
        assert_holds(&super::CHECK, &mdocs::issued(&[licence(1), licence(2)]));
        let random = ciborium::Value::Bytes([vec![1; 15], vec![0]].concat());
        let twin = licence(2).item(0, "random", random);
        assert_breaks(&super::CHECK, &mdocs::issued(&[licence(1), twin]), "share a salt");
    }

    #[test]
    fn new_salts_hold_and_shared_ones_break() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1), Paper::honest(2)]));
        let mut twin = Paper::honest(2);
        twin.disclosures = Paper::honest(1).disclosures;
        let stage = issued(&[Paper::honest(1), twin]);
        assert_breaks(&super::CHECK, &stage, "credentials 1 and 2 share a salt");
        assert_outcome(&super::CHECK, &issued(&[Paper::honest(1)]), Outcome::NotApplicable);
    }
}

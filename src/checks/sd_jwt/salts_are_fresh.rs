//! A salt that is used twice hides nothing.

use std::collections::{HashMap, HashSet};

use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "sd-jwt/salts-are-fresh",
    aliases: &[],
    since: "2026.1",
    title: "salts are unique",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc9901#section-4.2.1", "rfc9901#section-9.3"],
    obligation: "each disclosure of an issued SD-JWT VC has a salt of its own, within the credential and across the responses of a scenario",
    doc: "The salt keeps a verifier from guessing what a digest hides. A constant salt, \
          one per credential, or one derived from the holder's data lets anybody who has \
          seen one disclosure try values for the others, and link credentials.\n\n\
          Draw 128 random bits for each disclosure. How salts behave within one batch is \
          `unlinkability/salts-differ-within-a-batch`.",
    judge: Judge::Transcript(salts_are_fresh),
};

fn salts_are_fresh(scene: &Scene<'_>) -> Finding {
    let mut first_uses: HashMap<&str, Use> = HashMap::new();
    let mut texts = HashSet::new();
    let mut seen = false;
    for issued in scene.issued() {
        for (place, opened) in issued.sd_jwts() {
            let text = issued.credentials.get(place).map(|credential| credential.text.as_str());
            if !texts.insert(text) {
                // The same credential, handed out again, has the same salts.
                continue;
            }
            for (index, disclosure) in opened.sd_jwt.disclosures.iter().enumerate() {
                let Some(salt) = disclosure.salt() else {
                    continue;
                };
                seen = true;
                let this = Use { exchange: issued.exchange, place, index };
                let first = *first_uses.entry(salt).or_insert(this);
                if this.repeats(first) {
                    let breach =
                        Breach::new("a salt of its own for each disclosure", this.tell(first));
                    return Finding::Breaks(breach.at([issued.exchange]));
                }
            }
        }
    }
    match (seen, texts.is_empty()) {
        (true, _) => Finding::Holds,
        (false, false) => Finding::Exempt("no credential has disclosures"),
        (false, true) => Finding::Silent("no SD-JWT VC was issued"),
    }
}

/// Where a salt is used.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Use {
    exchange: u32,
    place: usize,
    index: usize,
}

impl Use {
    /// Whether this is a second use within one credential, or in another response.
    fn repeats(self, first: Self) -> bool {
        let same_credential = self.exchange == first.exchange && self.place == first.place;
        (same_credential && self.index != first.index) || self.exchange != first.exchange
    }

    fn tell(self, first: Self) -> String {
        let Self { exchange, place, index } = first;
        let here = self.index;
        if self.exchange == exchange {
            format!("disclosures {index} and {here} of one credential have the same salt")
        } else {
            let credential = place + 1;
            format!(
                "disclosure {here} has the salt of disclosure {index} of credential {credential} in exchange {exchange}"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued, respond};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn fresh_salts_hold_and_so_does_the_same_credential_again() {
        let paper = Paper::honest(1);
        let stage = respond(issued(std::slice::from_ref(&paper)), &[paper.text()], 1);
        assert_holds(&super::CHECK, &stage);
    }

    #[test]
    fn a_second_use_breaks_in_one_credential_and_in_the_next_response() {
        let twice = Paper::honest(1).disclosure(json!(["salt-1-1", "age", 40]));
        assert_breaks(&super::CHECK, &issued(&[twice]), "disclosures 0 and 2");
        let again = Paper::honest(1).claim("nationality", json!("FR"));
        let stage = respond(issued(&[Paper::honest(1)]), &[again.text()], 1);
        assert_breaks(&super::CHECK, &stage, "in exchange 3");
    }

    #[test]
    fn a_credential_without_disclosures_has_no_salts() {
        let mut open = Paper::honest(1);
        open.disclosures.clear();
        assert_outcome(&super::CHECK, &issued(&[open]), Outcome::NotApplicable);
    }

    #[test]
    fn within_a_batch_it_is_another_checks_concern() {
        let mut twin = Paper::honest(2);
        twin.disclosures = Paper::honest(1).disclosures;
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1), twin]));
    }
}

//! Two credentials with one entry are one credential to whoever looks.

use std::collections::HashMap;

use super::every_entry::all;
use crate::checks::{Check, Finding, Judge, Level, Profile, applicability};
use crate::formats::StatusReference;
use crate::transcript::Run;

pub static CHECK: Check = Check {
    id: "status/entries-are-not-shared",
    aliases: &[],
    since: "2026.3",
    title: "each credential has a status list entry of its own",
    level: Level::Must,
    raised_by: &[Profile::Haip],
    applies: applicability::always,
    spec: &["tsl#section-13.2", "tsl#section-13.3", "haip#sd-jwt-vc"],
    obligation: "no two credentials, of a batch or of different issuances, refer to the same entry of a status list",
    doc: "`uri` and `idx` together are as good as a serial number: verifiers who compare them know \
          that they met the same holder, and a batch with one entry is no batch. Allocate an entry \
          for each credential, not for each holder, session or dataset; a credential that is \
          issued again gets a fresh one. Entries shared by accident, from a counter that two \
          workers read at once, let one revocation hit two people.",
    judge: Judge::Run(entries_are_not_shared),
};

fn entries_are_not_shared(run: &Run) -> Finding {
    let entries = match all(run, 2, "only one credential refers to a status list") {
        Ok(entries) => entries,
        Err(finding) => return finding,
    };
    let mut owners: HashMap<&StatusReference, (&str, String)> = HashMap::new();
    for entry in &entries {
        let owner = (entry.credential.as_str(), entry.place());
        let Some((credential, place)) = owners.insert(&entry.reference, owner) else { continue };
        // The same credential, sent twice, is one.
        if credential != entry.credential {
            let found = format!(
                "idx {} for a credential in {place}, and for another in {}",
                entry.reference.index,
                entry.place()
            );
            return Finding::breaks("an entry for each credential", found);
        }
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::issued;
    use crate::checks::staging::status::{and_issued, paper, without_status};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn entries_of_their_own_hold() {
        assert_holds(&super::CHECK, &issued(&[paper(1, 7), paper(2, 8)]));
        assert_holds(&super::CHECK, &and_issued(issued(&[paper(1, 7)]), 8));
    }

    #[test]
    fn a_shared_entry_breaks_within_a_batch_and_across_issuances() {
        assert_breaks(&super::CHECK, &issued(&[paper(1, 7), paper(2, 7)]), "idx 7");
        assert_breaks(&super::CHECK, &and_issued(issued(&[paper(2, 7)]), 7), "idx 7");
    }

    #[test]
    fn one_credential_or_none_with_a_status_shows_nothing() {
        assert_outcome(&super::CHECK, &issued(&[paper(1, 7)]), Outcome::NotApplicable);
        assert_outcome(&super::CHECK, &without_status(), Outcome::NotApplicable);
    }
}

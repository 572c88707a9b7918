//! Whoever finds the offer has the code in it.

use std::collections::BTreeSet;

use super::fetched::{fetched, where_offers_come_by_reference};
use crate::checks::{Check, Finding, Judge, Level, guessing};
use crate::transcript::Run;

pub static CHECK: Check = Check {
    id: "offer/reference-is-unguessable",
    aliases: &[],
    since: "2026.3",
    title: "references to offers cannot be guessed",
    level: Level::Derived,
    raised_by: &[],
    applies: where_offers_come_by_reference,
    spec: &["vci#credential-offer-security", "vci#section-13.6.1"],
    obligation: "no credential_offer_uri can be told from others",
    doc: "The offer behind the reference has a live code in it, and nobody is asked for a password. With `/offer/41` in hand, \
          `/offer/42` is somebody else's, and without a transaction code their credential too.\n\n\
          Take 16 octets or more from the system's generator for the part that changes; row numbers and time \
          stamps are found by trying. The check sees a run's worth of references and leaves slack for UUIDs: it \
          recognises the gross cases and cannot vouch for a generator.",
    judge: Judge::Run(reference_is_unguessable),
};

/// References with fewer changing bits than this are certainly short of 128.
const SHORT: u32 = 96;

fn reference_is_unguessable(run: &Run) -> Finding {
    let all: Vec<&str> = fetched(run).map(|(url, _)| url).collect();
    let distinct: BTreeSet<&str> = all.iter().copied().collect();
    let distinct: Vec<&str> = distinct.into_iter().collect();
    if all.len() < 3 {
        return Finding::Silent("fewer than three offers were fetched in the run");
    }
    if distinct.len() < 3 {
        return Finding::Exempt("the references repeat, so that none leads to one offer for good");
    }
    let expected = "references that cannot be guessed";
    if let Some(why) = guessing::foretold(&distinct) {
        return Finding::breaks(expected, why);
    }
    let bits = guessing::changing_bits(&distinct);
    if bits < SHORT {
        return Finding::breaks(expected, format!("only about {bits} bits change"));
    }
    Finding::HoldsAsFar(format!("of {} references about {bits} bits change", distinct.len()))
}

#[cfg(test)]
mod tests {
    use super::super::fetched::staged;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn random_references_hold() {
        let random = [
            ("o/wKI4LT17ac15ES9bw8ac4Q", "a"),
            ("o/f0Jq2nVb7XyZkP3rT9sLmA", "b"),
            ("o/Qh5uD8eGc1WaYv6oNx4iRg", "c"),
        ];
        assert_holds(&super::CHECK, &staged(&random, ""));
    }

    #[test]
    fn counted_and_short_references_warn() {
        let counted = staged(&[("offer/41", "a"), ("offer/42", "b"), ("offer/43", "c")], "");
        assert_breaks(&super::CHECK, &counted, "bits change");
        let short = [("o/f0Jq2nVb", "a"), ("o/Qh5uD8eG", "b"), ("o/wKI4LT17", "c")];
        assert_breaks(&super::CHECK, &staged(&short, ""), "48 bits");
        assert_outcome(&super::CHECK, &counted, Outcome::Warn);
    }

    #[test]
    fn a_few_show_nothing_and_one_for_all_is_another_matter() {
        let few = staged(&[("o/1", "a"), ("o/2", "b")], "");
        assert_outcome(&super::CHECK, &few, Outcome::NotTestable);
        let constant = staged(&[("o", "a"), ("o", "b"), ("o", "c")], "no-store");
        assert_outcome(&super::CHECK, &constant, Outcome::NotApplicable);
    }
}

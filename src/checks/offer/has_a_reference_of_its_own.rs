//! A wallet that has fetched an offer before need not fetch it again.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fetched::{fetched, where_offers_come_by_reference};
use crate::checks::{Breach, Check, Finding, Judge, Level};
use crate::transcript::{Answer, Run};

pub static CHECK: Check = Check {
    id: "offer/has-a-reference-of-its-own",
    aliases: &[],
    since: "2026.3",
    title: "different offers have different references",
    level: Level::Should,
    raised_by: &[],
    applies: where_offers_come_by_reference,
    spec: &["vci#section-4.1.3"],
    obligation: "a credential_offer_uri never leads to two different offers, unless caches may not keep what it leads to",
    doc: "Wallets may keep what they fetched from a `credential_offer_uri`, and so may every cache on the way. One address for \
          all offers, such as the page of a demo that makes a new code at each visit, then gives the second user \
          the first one's code, which has been redeemed.\n\n\
          Give each offer an address of its own, or send `Cache-Control: no-store` with it, better both.",
    judge: Judge::Run(has_a_reference_of_its_own),
};

fn has_a_reference_of_its_own(run: &Run) -> Finding {
    let mut first: BTreeMap<&str, Value> = BTreeMap::new();
    let mut count = 0_usize;
    for (url, answer) in fetched(run) {
        let Some(offer) = answer.body.json().filter(Value::is_object) else { continue };
        count += 1;
        if is_kept_by_caches(answer) && first.get(url).is_some_and(|earlier| *earlier != offer) {
            let actual = format!("{url} led to two different offers, and caches may keep them");
            return Finding::Breaks(Breach::new("a reference for each offer, or no-store", actual));
        }
        first.insert(url, offer);
    }
    match count {
        0 | 1 => Finding::Silent("fewer than two offers were fetched in the run"),
        _ => Finding::HoldsAsFar(format!("{count} offers had {} references", first.len())),
    }
}

fn is_kept_by_caches(answer: &Answer) -> bool {
    !["no-store", "no-cache", "max-age=0"].iter().any(|one| answer.has_cache_directive(one))
}

#[cfg(test)]
mod tests {
    use super::super::fetched::staged;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn references_of_their_own_hold_and_so_does_no_store() {
        assert_holds(&super::CHECK, &staged(&[("o/1", "a"), ("o/2", "b")], ""));
        assert_holds(&super::CHECK, &staged(&[("o", "a"), ("o", "b")], "private, no-store"));
        assert_holds(&super::CHECK, &staged(&[("o", "a"), ("o", "a")], ""));
    }

    #[test]
    fn one_reference_for_two_offers_warns() {
        let stage = staged(&[("o", "a"), ("o", "b")], "max-age=60");
        assert_breaks(&super::CHECK, &stage, "two different offers");
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
    }

    #[test]
    fn one_offer_shows_nothing() {
        assert_outcome(&super::CHECK, &staged(&[("o/1", "a")], ""), Outcome::NotTestable);
    }
}

//! A wallet that has fetched an offer before need not fetch it again.

use std::collections::BTreeMap;

use jiff::fmt::rfc2822;
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

/// Whether a cache may give the answer to the next who asks (RFC 9111 4.2, 5.2.2, 5.3, 5.4):
/// `Expires` counts where no `max-age` overrides it, and `Pragma` only without `Cache-Control`.
fn is_kept_by_caches(answer: &Answer) -> bool {
    let forbids = ["no-store", "no-cache", "max-age=0"];
    if forbids.iter().any(|one| answer.has_cache_directive(one)) || varies_by_all(answer) {
        return false;
    }
    let mut directives = answer.headers.all("cache-control").flat_map(|value| value.split(','));
    let states_an_age = directives.any(|one| {
        let name = one.trim().get(..8);
        name.is_some_and(|name| name.eq_ignore_ascii_case("max-age="))
    });
    if !states_an_age && has_expired(answer) {
        return false;
    }
    let has_control = answer.headers.get("cache-control").is_some();
    has_control
        || !answer.headers.all("pragma").any(|value| value.to_lowercase().contains("no-cache"))
}

fn varies_by_all(answer: &Answer) -> bool {
    answer.headers.all("vary").any(|value| value.split(',').any(|name| name.trim() == "*"))
}

/// Whether `Expires` is no later than the answer, or no date, which counts as the past.
fn has_expired(answer: &Answer) -> bool {
    let instant = |text: &str| rfc2822::parse(text).ok().map(|date| date.timestamp());
    let Some(expires) = answer.headers.get("expires") else { return false };
    let dated = answer.headers.get("date").and_then(instant).unwrap_or(answer.at);
    instant(expires).is_none_or(|expires| expires <= dated)
}

#[cfg(test)]
mod tests {
    use super::super::fetched::staged;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::{Headers, Received};

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

    /// Two offers from one reference, each with these fields and no other.
    fn shared(fields: &[(&str, &str)]) -> Stage {
        let mut stage = staged(&[("o", "a"), ("o", "b")], "");
        let owned = fields.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let headers = Headers(owned.collect());
        for exchange in &mut stage.transcript().exchanges {
            if let Received::Answer(answer) = &mut exchange.received {
                answer.headers = headers.clone();
            }
        }
        stage
    }

    #[test]
    fn what_has_expired_or_varies_by_all_is_not_kept() {
        let date = ("Date", "Thu, 01 Jan 1970 00:00:09 GMT");
        let past = ("Expires", "Thu, 01 Jan 1970 00:00:09 GMT");
        let later = ("Expires", "Thu, 01 Jan 1970 00:01:09 GMT");
        assert_holds(&super::CHECK, &shared(&[date, past]));
        assert_holds(&super::CHECK, &shared(&[("Expires", "0")]));
        assert_holds(&super::CHECK, &shared(&[("Expires", "-1"), ("Cache-Control", "private")]));
        assert_holds(&super::CHECK, &shared(&[("Pragma", "no-cache")]));
        assert_holds(&super::CHECK, &shared(&[("Vary", "Accept, *")]));
        assert_breaks(&super::CHECK, &shared(&[date, later]), "two different offers");
        assert_breaks(&super::CHECK, &shared(&[]), "two different offers");
        let overruled = [("Expires", "0"), ("Cache-Control", "Max-Age=60")];
        assert_breaks(&super::CHECK, &shared(&overruled), "two different offers");
        let contradicted = [("Pragma", "no-cache"), ("Cache-Control", "public")];
        assert_breaks(&super::CHECK, &shared(&contradicted), "two different offers");
    }

    #[test]
    fn one_offer_shows_nothing() {
        assert_outcome(&super::CHECK, &staged(&[("o/1", "a")], ""), Outcome::NotTestable);
    }
}

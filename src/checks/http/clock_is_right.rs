//! Half the refusals of this protocol are about time, and a wrong clock explains them all.

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::answers;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "http/clock-is-right",
    aliases: &[],
    since: "2026.1",
    title: "the server's clock is right",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc9110#section-6.6.1"],
    obligation: "the Date of an answer is within a minute of our clock",
    doc: "Proofs carry the wallet's time and credentials the issuer's. Where the two clocks are \
          apart, good proofs are refused as stale or as made in the future, and fresh credentials \
          are not yet valid. Compare the time of the issuer's host with `date -u`, start its time \
          synchronisation, and look at containers that were resumed from sleep. If this machine is \
          the one that is wrong, every issuer will show the same difference. Answers that a cache \
          may have kept are left out.",
    judge: Judge::Transcript(clock_is_right),
};

/// Seconds of difference that are put down to rounding and the network.
const TOLERANCE: i64 = 60;

fn clock_is_right(scene: &Scene<'_>) -> Finding {
    let fresh: Vec<Answered<'_>> = answers(scene)
        .filter(|answered| {
            matches!(
                answered.exchange.station,
                Station::Token | Station::Nonce | Station::Credential | Station::Deferred
            ) && answered.answer.headers.get("age").is_none()
        })
        .collect();
    let Some(first) = fresh.first() else {
        return Finding::Exempt("no answer came straight from the server");
    };
    let worst = fresh
        .iter()
        .filter_map(|answered| Some((answered.exchange.number, difference(answered)?)))
        .max_by_key(|(_, seconds)| seconds.abs());
    match worst {
        None => Finding::Breaks(
            Breach::new("a Date in every answer", "no Date that can be read")
                .at([first.exchange.number]),
        ),
        Some((_, seconds)) if seconds.abs() <= TOLERANCE => Finding::Holds,
        Some((number, seconds)) => {
            let side = if seconds > 0 { "ahead of" } else { "behind" };
            let apart = SignedDuration::from_secs(seconds.abs());
            Finding::Breaks(
                Breach::new(
                    format!("a clock within {TOLERANCE} s of ours"),
                    format!("Date is {apart:#} {side} our clock"),
                )
                .at([number]),
            )
        }
    }
}

/// Seconds by which the server's clock is ahead of ours; zero while it lies between the request
/// and the answer. None without a readable Date.
pub(in crate::checks) fn difference(answered: &Answered<'_>) -> Option<i64> {
    let date = answered.answer.headers.get("date")?;
    let date: Timestamp = rfc2822::parse(date).ok()?.timestamp();
    let asked = answered.exchange.request.at;
    let answer = answered.answer.at;
    let nearest = if date < asked {
        asked
    } else if date > answer {
        answer
    } else {
        date
    };
    date.as_second().checked_sub(nearest.as_second())
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(station: Station, headers: &[(&str, &str)]) -> Stage {
        Stage::new().answer(station, 200, headers, "")
    }

    #[test]
    fn the_difference_is_named() {
        let dated = |date: &str| stage(Station::Nonce, &[("Date", date)]);
        assert_holds(&super::CHECK, &dated("Thu, 01 Jan 1970 00:00:59 GMT"));
        let ahead = dated("Thu, 01 Jan 1970 02:00:05 GMT");
        assert_breaks(&super::CHECK, &ahead, "2h 5s ahead of our clock");
        assert_outcome(&super::CHECK, &ahead, Outcome::Warn);
        let behind = dated("Wed, 31 Dec 1969 23:58:00 GMT");
        assert_breaks(&super::CHECK, &behind, "2m behind our clock");
        assert_breaks(&super::CHECK, &dated("yesterday"), "no Date");
    }

    #[test]
    fn what_a_cache_may_have_kept_shows_nothing() {
        let old = ("Date", "Wed, 31 Dec 1969 12:00:00 GMT");
        let metadata = stage(Station::IssuerMetadata, &[old]);
        assert_outcome(&super::CHECK, &metadata, Outcome::NotApplicable);
        let aged = stage(Station::Nonce, &[old, ("Age", "43200")]);
        assert_outcome(&super::CHECK, &aged, Outcome::NotApplicable);
    }
}

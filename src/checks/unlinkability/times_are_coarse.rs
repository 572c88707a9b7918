//! A second is as good as a name.

use std::collections::BTreeSet;

use crate::checks::{Breach, Check, Finding, Issued, Judge, Level, Opened, Scene, applicability};

pub static CHECK: Check = Check {
    id: "unlinkability/times-are-coarse",
    aliases: &[],
    since: "2026.1",
    title: "times are rounded or randomised",
    level: Level::Should,
    raised_by: &[],
    applies: applicability::readable_credential,
    spec: &["vci#section-15.4.1", "rfc9901#section-10.1"],
    obligation: "iat, nbf and exp of issued SD-JWT VCs, and the dates of validity of mdocs, are rounded, or randomised for each credential",
    doc: "All credentials of a batch are made in the same second, and hardly any other \
          holder's are. With precise times, two verifiers need only compare `iat` or `exp` \
          to know that they met the same person, and an issuer need only ask its log.\n\n\
          Round down to the start of the day, or draw each credential's time from the last \
          day and compute `exp` from it. Looked at are several credentials together. \
          Values on a quarter of an hour, or one second before, count as rounded; values \
          that all lie within two minutes of their response, or are all the same within a \
          batch, count as precise.",
    judge: Judge::Transcript(times_are_coarse),
};

/// What counts as rounded, in seconds: midnight in every time zone is a multiple of it.
const QUARTER: i64 = 15 * 60;
/// The times in clear: of SD-JWT VCs, then of mdocs.
const NAMES: [&str; 6] = ["iat", "nbf", "exp", "signed", "validFrom", "validUntil"];
/// How near to the response a time counts as its time, in seconds.
const NEAR: i64 = 120;
const DAY: i64 = 86_400;

fn times_are_coarse(scene: &Scene<'_>) -> Finding {
    let mut seen = false;
    for group in groups(scene) {
        for name in NAMES {
            let times = group.times(name);
            if times.len() < 2 {
                continue;
            }
            seen = true;
            if let Some(precise) = group.precision(name, &times) {
                let actual = format!("{name} {precise}, in {} credentials", times.len());
                let breach = Breach::new(format!("{name} rounded, or randomised"), actual);
                let exchanges: BTreeSet<u32> =
                    group.credentials.iter().map(|(issued, _)| issued.exchange).collect();
                return Finding::Breaks(breach.at(exchanges));
            }
        }
    }
    match (seen, scene.issued().iter().flat_map(Issued::readable).next()) {
        (true, _) => Finding::Holds,
        (false, Some(_)) => Finding::Exempt("there are no two credentials with a time in clear"),
        (false, None) => Finding::Silent("no credential that could be opened was issued"),
    }
}

/// Credentials whose times are looked at together: one of them alone may be precise by chance.
struct Group<'s> {
    is_batch: bool,
    credentials: Vec<(&'s Issued, &'s Opened)>,
}

/// Each batch by itself, and the credentials that came alone.
fn groups<'s>(scene: &'s Scene<'_>) -> Vec<Group<'s>> {
    let mut groups = Vec::new();
    let mut alone = Vec::new();
    for issued in scene.issued() {
        let credentials: Vec<_> = issued.readable().map(|(_, opened)| (issued, opened)).collect();
        match credentials.len() {
            0 | 1 => alone.extend(credentials),
            _ => groups.push(Group { is_batch: true, credentials }),
        }
    }
    groups.push(Group { is_batch: false, credentials: alone });
    groups
}

/// A time claim and when its credential was received, in seconds since the epoch.
#[derive(Clone, Copy)]
struct Stamp {
    time: i64,
    received: i64,
}

impl Group<'_> {
    fn times(&self, name: &str) -> Vec<Stamp> {
        let stamp = |(issued, opened): &(&Issued, &Opened)| {
            let time = opened.time(name)?;
            Some(Stamp { time, received: issued.received_at.as_second() })
        };
        self.credentials.iter().filter_map(stamp).collect()
    }

    /// In what way the times are precise, if they are.
    fn precision(&self, name: &str, times: &[Stamp]) -> Option<&'static str> {
        if times.iter().all(|stamp| is_rounded(stamp.time)) {
            return None;
        }
        let same = times.windows(2).all(|pair| matches!(pair, [a, b] if a.time == b.time));
        if self.is_batch && same {
            return Some("is the same and not rounded");
        }
        times.iter().all(|stamp| stamp.is_near(name)).then_some("is that of the response")
    }
}

impl Stamp {
    fn is_near(self, name: &str) -> bool {
        if !matches!(name, "exp" | "validUntil") {
            return self.time.abs_diff(self.received) <= NEAR.unsigned_abs();
        }
        // Expiry is counted from now, in days.
        let offset = self.time.saturating_sub(self.received).rem_euclid(DAY);
        offset <= NEAR || offset >= DAY - NEAR
    }
}

fn is_rounded(time: i64) -> bool {
    matches!(time.rem_euclid(QUARTER), 0) || time.rem_euclid(QUARTER) == QUARTER - 1
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{NOW, Paper, TODAY, issued, issued_texts, respond};
    use crate::checks::staging::mdocs::{self, licence};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    fn both(name: &str, one: i64, other: i64) -> Stage {
        let paper = |holder, time: i64| Paper::honest(holder).claim(name, json!(time));
        issued(&[paper(1, one), paper(2, other)])
    }

    #[test]
    fn rounded_and_randomised_times_hold() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1), Paper::honest(2)]));
        assert_holds(&super::CHECK, &both("exp", TODAY + 86_399, TODAY + 86_399));
        assert_holds(&super::CHECK, &both("iat", NOW - 30_017, NOW - 7_411));
        assert_holds(&super::CHECK, &both("exp", NOW + 100_017, NOW + 207_411));
    }

    #[test]
    fn precise_times_warn() {
        assert_breaks(&super::CHECK, &both("iat", NOW - 1, NOW), "that of the response");
        assert_breaks(&super::CHECK, &both("nbf", NOW - 7_411, NOW - 7_411), "the same");
        let exp = both("exp", NOW + 30 * 86_400, NOW + 1 + 30 * 86_400);
        assert_outcome(&super::CHECK, &exp, Outcome::Warn);
    }

    #[test]
    fn the_dates_of_mdocs_are_looked_at() {
        assert_holds(&super::CHECK, &mdocs::issued(&[licence(1), licence(2)]));
        let precise = |holder| {
            let moment = ciborium::Value::Text("2027-01-15T08:02:01Z".into());
            licence(holder).dated("signed", ciborium::Value::Tag(0, Box::new(moment)))
        };
        let stage = mdocs::issued(&[precise(1), precise(2)]);
        assert_breaks(&super::CHECK, &stage, "signed is the same and not rounded");
    }

    #[test]
    fn credentials_that_came_alone_are_looked_at_together() {
        let stage = |time: i64| {
            let paper = |holder| Paper::honest(holder).claim("iat", json!(time)).text();
            respond(issued_texts(&[paper(1)], 1), &[paper(2)], 1)
        };
        assert_breaks(&super::CHECK, &stage(NOW - 1), "that of the response");
        assert_holds(&super::CHECK, &stage(NOW - 7_411));
        let single = issued(&[Paper::honest(1).claim("iat", json!(NOW))]);
        assert_outcome(&super::CHECK, &single, Outcome::NotApplicable);
    }
}

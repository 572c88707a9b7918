//! A second is as good as a name.

use super::batch;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "unlinkability/times-are-coarse",
    aliases: &[],
    since: "2026.1",
    title: "times in a batch are rounded or randomised",
    level: Level::Should,
    raised_by: &[],
    applies: applicability::batch_of_sd_jwt_vcs,
    spec: &["vci#section-15.4.1", "rfc9901#section-10.1"],
    obligation: "iat, nbf and exp in the SD-JWT VCs of a batch are rounded, or randomised for each credential",
    doc: "All credentials of a batch are made in the same second, and hardly any other \
          holder's are. With precise times, two verifiers need only compare `iat` or `exp` \
          to know that they met the same person.\n\n\
          Round down to the start of the day, or draw each credential's time from the last \
          day and compute `exp` from it. Values on a quarter of an hour, or one second \
          before, count as rounded; values that all lie within two minutes of the \
          response, or are all the same, count as precise.",
    judge: Judge::Answers(Station::Credential, times_are_coarse),
};

/// What counts as rounded, in seconds: midnight in every time zone is a multiple of it.
const QUARTER: i64 = 15 * 60;
/// How near to the response a time counts as its time, in seconds.
const NEAR: i64 = 120;
const DAY: i64 = 86_400;

fn times_are_coarse(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(batch) = batch(answered, scene) else {
        return Finding::Silent("no batch of SD-JWT VCs was issued");
    };
    let now = answered.answer.at.as_second();
    let mut seen = false;
    for name in ["iat", "nbf", "exp"] {
        let times: Vec<i64> = batch
            .iter()
            .filter_map(|(_, opened)| opened.sd_jwt.payload().get(name)?.as_f64())
            .map(|seconds| seconds.floor() as i64)
            .collect();
        if times.len() < 2 {
            continue;
        }
        seen = true;
        if let Some(precise) = precision(name, &times, now) {
            let actual = format!("{name} {precise}, in {} credentials", times.len());
            return Finding::breaks(format!("{name} rounded, or randomised"), actual);
        }
    }
    if seen { Finding::Holds } else { Finding::Silent("no credential has a time in clear") }
}

/// In what way the times of a batch are precise, if they are.
fn precision(name: &str, times: &[i64], now: i64) -> Option<&'static str> {
    if times.iter().all(|time| is_rounded(*time)) {
        return None;
    }
    if times.windows(2).all(|pair| matches!(pair, [one, next] if one == next)) {
        return Some("is the same and not rounded");
    }
    let near = |time: &i64| match name {
        // Expiry is counted from now, in days.
        "exp" => {
            let offset = time.saturating_sub(now).rem_euclid(DAY);
            offset <= NEAR || offset >= DAY - NEAR
        }
        _ => time.abs_diff(now) <= NEAR.unsigned_abs(),
    };
    times.iter().all(near).then_some("is that of the response")
}

fn is_rounded(time: i64) -> bool {
    matches!(time.rem_euclid(QUARTER), 0) || time.rem_euclid(QUARTER) == QUARTER - 1
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staged_credentials::{NOW, Paper, TODAY, issued};
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
}

//! Without an interval a wallet comes too often or never.

use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::protocol::Deferral;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/names-an-interval",
    aliases: &[],
    since: "2026.3",
    title: "a deferral says when to come again",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::deferral,
    spec: &["vci#credential-response", "vci#deferred-credential-response"],
    obligation: "every answer with a transaction_id in place of credentials has an interval, which is a positive number of seconds",
    doc: "`interval` is REQUIRED beside `transaction_id`, here and in each later answer that \
          puts the credential off again. It is a JSON number above zero, in seconds and not in \
          milliseconds; a fraction is allowed. Text such as `\"5\"`, `0`, and a member that is \
          only in the first answer are what issuers get wrong.\n\n\
          Write it wherever the `transaction_id` is written, from one function.",
    judge: Judge::Transcript(names_an_interval),
};

fn names_an_interval(scene: &Scene<'_>) -> Finding {
    let mut finding = Finding::Silent("nothing was put off");
    let answers = scene.granted(Station::Credential).chain(scene.granted(Station::Deferred));
    for answered in answers {
        let Some(deferral) = answered.json.and_then(Deferral::read) else { continue };
        finding = Finding::Holds;
        let interval = deferral.interval();
        if !interval.is_some_and(|one| one.is_number()) || deferral.seconds().is_none() {
            let actual = match interval {
                Some(interval) => format!("interval is {interval}"),
                None => "no interval".to_owned(),
            };
            let breach = Breach::new("an interval that is a positive number", actual);
            return Finding::Breaks(breach.at([answered.exchange.number]));
        }
    }
    finding
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    fn stage(station: Station, interval: Value) -> Stage {
        let body = json!({"transaction_id": "t", "interval": interval});
        let stage = Stage::new().answer_json(
            Station::Credential,
            202,
            json!({"transaction_id": "t", "interval": 5}),
        );
        stage.answer_json(station, 202, body)
    }

    #[test]
    fn positive_numbers_hold_everywhere() {
        for station in [Station::Credential, Station::Deferred] {
            for interval in [json!(5), json!(0.5)] {
                assert_holds(&super::CHECK, &stage(station, interval));
            }
            for interval in [json!("5"), json!(0), json!(-1), json!(null)] {
                assert_breaks(&super::CHECK, &stage(station, interval), "interval is");
            }
        }
    }
}

//! An id that can be guessed invites to try the next one.

use std::collections::BTreeSet;

use crate::checks::{Check, Finding, Judge, Level, applicability, guessing};
use crate::transcript::{Run, Station};

pub static CHECK: Check = Check {
    id: "deferred/ids-are-unguessable",
    aliases: &[],
    since: "2026.3",
    title: "transaction ids cannot be guessed",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::deferral,
    spec: &["vci#deferred-credential-issuance"],
    obligation: "a transaction_id cannot be told from those before it",
    doc: "The access token guards the credential, and the id should not be the weaker half of \
          it: the number of a row, or a time, tells how many credentials there are and invites \
          to ask for the next. Draw 16 octets or more from the system's generator.\n\n\
          The check sees a run's worth of values: it recognises counters, clocks and short \
          values, and cannot vouch for a generator.",
    judge: Judge::Run(ids_are_unguessable),
};

fn ids_are_unguessable(run: &Run) -> Finding {
    let ids: BTreeSet<String> = run
        .transcripts
        .iter()
        .flat_map(|transcript| transcript.at(Station::Credential))
        .filter_map(|exchange| exchange.answer())
        .filter(|answer| answer.is_success())
        .filter_map(|answer| {
            Some(answer.said().json()?.get("transaction_id")?.as_str()?.to_owned())
        })
        .collect();
    if ids.len() < 3 {
        return Finding::Silent("fewer than three of them were seen in the run");
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    match guessing::foretold(&ids) {
        Some(why) => Finding::breaks("ids that cannot be guessed", why),
        None => Finding::HoldsAsFar(format!(
            "{} were seen, of which about {} bits change",
            ids.len(),
            guessing::changing_bits(&ids)
        )),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    fn stage(ids: [&str; 3]) -> Stage {
        ids.iter().fold(Stage::new(), |stage, id| {
            stage.answer_json(Station::Credential, 202, json!({ "transaction_id": id }))
        })
    }

    #[test]
    fn random_ids_hold_and_counters_do_not() {
        let random = ["wKI4LT17ac15ES9bw8ac4", "f0Jq2nVb7XyZkP3rT9sLm", "Qh5uD8eGc1WaYv6oNx4iR"];
        assert_holds(&super::CHECK, &stage(random));
        assert_breaks(&super::CHECK, &stage(["id-1", "id-2", "id-3"]), "bits");
    }
}

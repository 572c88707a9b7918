//! A wallet that waits for nothing has to be told.

use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "deferred/denies-what-will-not-come",
    aliases: &[],
    since: "2026.3",
    title: "what will not come is denied",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::deferred_endpoint,
    spec: &["vci#deferred-credential-error-response"],
    obligation: "a wallet that asks for a credential which can no longer be issued is told so with 400 and credential_request_denied",
    doc: "A review that ends with a no is easily forgotten: the transaction stays where it is, \
          and the wallet is told to come again for ever. Answer `400` with \
          `credential_request_denied`, upon which wallets stop asking.\n\n\
          Only an offer source that says so gives such offers: `gives = { subject = \"denied\" \
          }` is for offers whose credential is put off and then denied. Without one the scenario \
          is not run. Where the issuer wants long waits, `--max-wait` lets the wallet go on.",
    judge: Judge::Transcript(denies_what_will_not_come),
};

/// How many times a wallet asks before what is still to come counts as never to come: more often
/// than ours does by itself in a minute, at the usual five seconds.
const MANY: usize = 20;

fn denies_what_will_not_come(scene: &Scene<'_>) -> Finding {
    // Of other scenarios nobody knows whether the credential is to come.
    if !scene.transcript.aims.iter().any(|aim| CHECK.is_called(aim)) {
        return Finding::Silent("the credential may come");
    }
    let Some(last) = scene.answers(Station::Deferred).last() else {
        return Finding::Silent("the wallet did not ask again");
    };
    let is_denied = last.answer.status == 400
        && last.error_code().as_deref() == Some("credential_request_denied");
    if is_denied {
        return Finding::Holds;
    }
    if last.puts_off().is_none() && !last.issues() {
        return Finding::Silent("the wallet was refused for another reason");
    }
    if last.puts_off().is_some() && scene.answers(Station::Deferred).count() < MANY {
        return Finding::Silent("the wallet did not wait long enough to be denied anything");
    }
    let breach = Breach::new("400 credential_request_denied", last.summary());
    Finding::Breaks(breach.at([last.exchange.number]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn a_denial_holds_and_another_wait_warns() {
        let stage = |status, body| Stage::new().answer_json(Station::Deferred, status, body);
        let denied = json!({"error": "credential_request_denied"});
        assert_holds(&super::CHECK, &stage(400, denied));
        let pending = json!({"transaction_id": "t", "interval": 5});
        assert_outcome(&super::CHECK, &stage(202, pending.clone()), Outcome::NotTestable);
        let again = |stage: Stage, _| stage.answer_json(Station::Deferred, 202, pending.clone());
        let asked = (0..super::MANY).fold(Stage::new(), again);
        assert_outcome(&super::CHECK, &asked, Outcome::Warn);
    }
}

//! Who asked for encryption asked for a reason.

use super::{announces_responses, message, wanted};
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/encrypts-when-asked",
    aliases: &[],
    since: "2026.3",
    title: "an answer is encrypted when the wallet asked for that",
    level: Level::Must,
    raised_by: &[],
    applies: announces_responses,
    spec: &[
        "vci#credential-response",
        "vci#deferred-credential-response",
        "vci#encrypted-messages",
    ],
    obligation: "the answer to a credential request, or a deferred one, with credential_response_encryption is a compact JWE, whether it carries credentials or a transaction_id",
    doc: "An answer in clear gives the credential to whom the wallet wanted to keep it from: \
          everything between TLS and the wallet. Issuers that encrypt where the credential is \
          made forget the answer without one: a `202` with a `transaction_id` is encrypted \
          too.\n\n\
          Encrypt in one place, as the last thing before a success is written; only errors \
          stay in clear.",
    judge: Judge::Transcript(encrypts_when_asked),
};

fn encrypts_when_asked(scene: &Scene<'_>) -> Finding {
    let stations = [Station::Credential, Station::Deferred];
    let answers = stations.into_iter().flat_map(|station| scene.answers(station));
    let asked = answers
        .filter(|answered| answered.answer.is_success() && wanted(answered.exchange).is_some());
    let mut finding = Finding::Silent("no answer was asked for in encrypted form and granted");
    for answered in asked {
        if message(&answered).is_none() {
            let media_type = answered.answer.media_type();
            let actual =
                format!("{} in clear", media_type.as_deref().unwrap_or("content of no type"));
            let breach = Breach::new("a compact JWE of five segments", actual);
            return Finding::Breaks(breach.at([answered.exchange.number]));
        }
        finding = Finding::Holds;
    }
    finding
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::{answered, draft, response, sent, stage};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn a_message_holds_and_clear_text_breaks() {
        assert_holds(&super::CHECK, &sent(&draft()));
        let clear = answered(stage(), None, &response().to_string());
        assert_breaks(&super::CHECK, &clear, "in clear");
        assert_outcome(&super::CHECK, &clear, Outcome::Fail);
    }

    #[test]
    fn another_wait_is_encrypted_too() {
        let asks = r#"{"transaction_id":"t","credential_response_encryption":{}}"#;
        let pending = json!({ "transaction_id": "t", "interval": 5 });
        let clear = sent(&draft()).answer_json(Station::Deferred, 202, pending).sent(
            "POST",
            "https://issuer.example/deferred",
            &[],
            asks,
        );
        assert_breaks(&super::CHECK, &clear, "in clear");
    }

    #[test]
    fn who_does_not_offer_it_need_not() {
        let stage = Stage::new().issuer_metadata(crate::checks::staging::honest_metadata());
        let stage = stage;
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

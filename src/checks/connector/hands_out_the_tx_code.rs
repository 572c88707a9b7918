//! The code comes to the user by another way than the offer, and the backend has to send it.

use super::profile;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene};

const TAMPER: &str = "order-with-tx-code";

pub static CHECK: Check = Check {
    id: "connector/hands-out-the-tx-code",
    aliases: &[],
    since: "2026.3",
    title: "an order with tx_code is answered with the code",
    level: Level::Derived,
    raised_by: &[],
    applies: profile,
    spec: &["eudiw-connector#step-1-create-a-credential-offer"],
    obligation: "an order of a transaction code of six digits is granted, with six digits in tx_code_value",
    doc: "Whoever orders a transaction code sends it to the user by mail or by text message, and \
          learns it from `tx_code_value` alone. Without it the offer is of no use to anybody.\n\n\
          Look whether the code is drawn when the offer is made, in the mode and of the length \
          that were ordered, and whether it is in the answer as text: a number loses its zeros.",
    judge: Judge::Transcript(hands_out_the_tx_code),
};

fn hands_out_the_tx_code(scene: &Scene<'_>) -> Finding {
    let Some(answered) = scene.tampered(TAMPER).next() else {
        return Finding::Silent("no transaction code was ordered");
    };
    let code = answered.member("tx_code_value").and_then(|code| code.as_str());
    let is_right = |code: &str| code.len() == 6 && code.bytes().all(|one| one.is_ascii_digit());
    let actual = match code {
        Some(code) if is_right(code) && answered.answer.is_success() => return Finding::Holds,
        Some(_) => "a tx_code_value that is not six digits".to_owned(),
        None => answered.summary(),
    };
    let breach = Breach::new("tx_code_value of six digits", actual);
    Finding::Breaks(breach.at([answered.exchange.number]))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::TAMPER;
    use crate::checks::connector::staged::under_the_profile;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    fn answered(status: u16, body: Value) -> Stage {
        under_the_profile(Stage::new().tampered(TAMPER, Station::OfferApi, status, body))
    }

    #[test]
    fn six_digits_are_wanted() {
        assert_holds(&super::CHECK, &answered(201, json!({"tx_code_value": "004711"})));
        assert_breaks(&super::CHECK, &answered(201, json!({"tx_code_value": "4711"})), "not six");
        assert_breaks(&super::CHECK, &answered(201, json!({"tx_code_value": 4711})), "201");
        assert_breaks(&super::CHECK, &answered(400, json!({"error": "no"})), "400 no");
    }
}

//! The mere presence of the object asks for a Transaction Code.

use super::{each_offer, tx_code, where_some_offer};
use crate::checks::{Applies, Check, Finding, Judge, Level, Scene, shape};

pub static CHECK: Check = Check {
    id: "offer/tx-code-is-an-object",
    aliases: &[],
    since: "2026.1",
    title: "tx_code is an object",
    level: Level::Must,
    raised_by: &[],
    applies: where_a_tx_code_is_asked_for,
    spec: &["vci#credential-offer-parameters"],
    obligation: "tx_code, where present, is an object",
    doc: "A wallet asks for a Transaction Code when `tx_code` is there, even as `{}`, and asks for none \
          when it is absent. `\"tx_code\": true` is a memory of `user_pin_required`; `\"tx_code\": null` is \
          what serializers write for an absent value, and some wallets then ask for a code that nobody \
          has.\n\n\
          Leave the member out when no code is expected, and write at least `{}` when one is.",
    judge: Judge::Transcript(tx_code_is_an_object),
};

fn tx_code_is_an_object(scene: &Scene<'_>) -> Finding {
    each_offer(scene, |offer, _| match tx_code(offer) {
        Some(value) => Finding::expect(value.is_object(), "an object", shape::kind(Some(value))),
        None => Finding::Silent("the offer has no tx_code"),
    })
}

fn where_a_tx_code_is_asked_for(scene: &Scene<'_>) -> Applies {
    where_some_offer(scene, |offer| tx_code(offer).is_some(), "the offer has no tx_code")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{GRANT, honest_offer};
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, with, without,
    };

    #[test]
    fn an_object_holds_even_empty() {
        let stage = |value: Value| {
            let offer = with(honest_offer(), &format!("{GRANT}/tx_code"), value);
            Stage::new().offer(offer, None)
        };
        assert_holds(&super::CHECK, &stage(json!({})));
        assert_breaks(&super::CHECK, &stage(json!(true)), "a boolean");
        assert_breaks(&super::CHECK, &stage(json!(null)), "null");
    }

    #[test]
    fn absence_asks_for_nothing() {
        let offer = without(honest_offer(), &format!("{GRANT}/tx_code"));
        let stage = Stage::new().offer(offer, None);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

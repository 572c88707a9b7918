//! The input mode chooses the keyboard, and the code has to be on it.

use serde_json::Value;

use super::{each_tx_code, tx_code, where_some_offer};
use crate::checks::{Applies, Check, Finding, Judge, Level, Scene, shape};

pub static CHECK: Check = Check {
    id: "offer/tx-code-input-mode-is-known",
    aliases: &[],
    since: "2026.1",
    title: "the input mode of a Transaction Code is known and true",
    level: Level::Must,
    raised_by: &[],
    applies: where_tx_code_is_an_object,
    spec: &["vci#credential-offer-parameters"],
    obligation: "tx_code.input_mode is numeric or text, and a numeric code has only digits",
    doc: "The input mode is `numeric` or `text`, and `numeric` when it is not given. A wallet shows the \
          keypad that belongs to it: a code with letters cannot be typed into a field of digits, and the \
          user is stuck. This happens when the generator of codes changes and the offer does not, or when \
          `input_mode` is left out for a code with letters.\n\n\
          Derive `input_mode` from the alphabet that codes are drawn from.",
    judge: Judge::Transcript(tx_code_input_mode_is_known),
};

fn tx_code_input_mode_is_known(scene: &Scene<'_>) -> Finding {
    each_tx_code(scene, |tx_code, record| {
        let mode = match tx_code.get("input_mode") {
            None => "numeric",
            Some(Value::String(mode)) if matches!(mode.as_str(), "numeric" | "text") => mode,
            other => return Finding::breaks("numeric or text", shape::describe(other)),
        };
        match &record.tx_code {
            Some(code) if mode == "numeric" => Finding::expect(
                code.chars().all(char::is_numeric),
                "a code of digits, as the input mode is numeric",
                "a code with other characters",
            ),
            _ => Finding::Holds,
        }
    })
}

fn where_tx_code_is_an_object(scene: &Scene<'_>) -> Applies {
    where_some_offer(
        scene,
        |offer| tx_code(offer).is_some_and(Value::is_object),
        "the offer has no tx_code object",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{GRANT, honest_offer};
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, with, without,
    };

    fn stage(tx_code: Value, code: Option<&str>) -> Stage {
        let offer = with(honest_offer(), &format!("{GRANT}/tx_code"), tx_code);
        Stage::new().offer(offer, code)
    }

    #[test]
    fn digits_fit_numeric_and_letters_need_text() {
        let numeric = json!({ "input_mode": "numeric" });
        assert_holds(&super::CHECK, &stage(numeric.clone(), Some("123456")));
        assert_holds(&super::CHECK, &stage(json!({ "input_mode": "text" }), Some("aB3")));
        assert_breaks(&super::CHECK, &stage(numeric, Some("aB3")), "other characters");
        assert_breaks(&super::CHECK, &stage(json!({}), Some("aB3")), "other characters");
    }

    #[test]
    fn other_modes_do_not_exist() {
        let digits = json!({ "input_mode": "digits" });
        assert_breaks(&super::CHECK, &stage(digits, None), "\"digits\"");
        assert_breaks(&super::CHECK, &stage(json!({ "input_mode": 1 }), None), "1");
    }

    #[test]
    fn no_tx_code_has_no_mode() {
        let offer = without(honest_offer(), &format!("{GRANT}/tx_code"));
        let stage = Stage::new().offer(offer, None);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

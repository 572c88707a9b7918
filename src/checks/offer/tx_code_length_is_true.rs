//! A wallet draws as many boxes as the offer says.

use super::{each_tx_code, tx_code, where_some_offer};
use crate::checks::{Applies, Check, Finding, Judge, Level, Scene, shape};

pub static CHECK: Check = Check {
    id: "offer/tx-code-length-is-true",
    aliases: &[],
    since: "2026.1",
    title: "the announced length of a Transaction Code is true",
    level: Level::Must,
    raised_by: &[],
    applies: where_a_length_is_given,
    spec: &["vci#credential-offer-parameters"],
    obligation: "tx_code.length is a positive integer, the number of characters of the code",
    doc: "A wallet draws as many boxes as `length` says, and sends the code when the last one is filled. \
          With a wrong length the user can type too much or too little, and never gets through. Lengths go \
          wrong when codes lose leading zeros as numbers, or when the length is configured apart from the \
          generator; `\"6\"` in quotation marks is no integer.\n\n\
          Measure the code that was made, or leave `length` out.",
    judge: Judge::Transcript(tx_code_length_is_true),
};

fn tx_code_length_is_true(scene: &Scene<'_>) -> Finding {
    each_tx_code(scene, |tx_code, record| {
        let Some(value) = tx_code.get("length") else {
            return Finding::Silent("tx_code has no length");
        };
        let length = match shape::integer(value) {
            Some(length) if length > 0 => length,
            _ => return Finding::breaks("a positive integer", shape::describe(Some(value))),
        };
        let Some(code) = &record.tx_code else {
            return Finding::HoldsAsFar("no code came out of band to compare with".to_owned());
        };
        let actual = code.chars().count();
        Finding::expect(
            usize::try_from(length) == Ok(actual),
            format!("a code of {length} characters"),
            format!("a code of {actual}"),
        )
    })
}

fn where_a_length_is_given(scene: &Scene<'_>) -> Applies {
    where_some_offer(
        scene,
        |offer| tx_code(offer).is_some_and(|tx_code| tx_code.get("length").is_some()),
        "the offer gives no length of a Transaction Code",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{GRANT, honest_offer};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome, with};

    fn stage(tx_code: Value, code: Option<&str>) -> Stage {
        let offer = with(honest_offer(), &format!("{GRANT}/tx_code"), tx_code);
        Stage::new().offer(offer, code)
    }

    #[test]
    fn the_length_of_the_code_holds() {
        assert_holds(&super::CHECK, &stage(json!({ "length": 6 }), Some("012345")));
        assert_holds(&super::CHECK, &stage(json!({ "length": 3 }), Some("äöü")));
        assert_holds(&super::CHECK, &stage(json!({ "length": 6 }), None));
    }

    #[test]
    fn another_length_does_not() {
        let four = json!({ "length": 4 });
        assert_breaks(&super::CHECK, &stage(four, Some("123456")), "a code of 6");
        for value in [json!("6"), json!(0), json!(-1), json!(6.5), json!(null)] {
            let says = value.to_string();
            assert_breaks(&super::CHECK, &stage(json!({ "length": value }), None), &says);
        }
    }

    #[test]
    fn a_length_is_optional() {
        let stage = stage(json!({}), Some("123456"));
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

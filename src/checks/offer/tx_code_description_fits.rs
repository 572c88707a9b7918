//! The description is shown beside the input field, so it is short.

use serde_json::Value;

use super::{each_tx_code, tx_code, where_some_offer};
use crate::checks::{Applies, Check, Finding, Judge, Level, Scene, shape};

/// The longest description allowed, in characters.
const LONGEST: usize = 300;

pub static CHECK: Check = Check {
    id: "offer/tx-code-description-fits",
    aliases: &[],
    since: "2026.1",
    title: "the description of a Transaction Code is short",
    level: Level::Must,
    raised_by: &[],
    applies: where_a_description_is_given,
    spec: &["vci#credential-offer-parameters"],
    obligation: "tx_code.description is a string of at most 300 characters",
    doc: "The description tells the user where the code comes from; wallets show it beside the input field \
          and may cut or refuse what is longer than 300 characters. Legal notices and texts in several \
          languages end up here, because there is only one string.\n\n\
          Say in one sentence by which channel the code arrives. Characters are counted here, not octets.",
    judge: Judge::Transcript(tx_code_description_fits),
};

fn tx_code_description_fits(scene: &Scene<'_>) -> Finding {
    each_tx_code(scene, |tx_code, _| match tx_code.get("description") {
        None => Finding::Silent("tx_code has no description"),
        Some(Value::String(text)) => {
            let length = text.chars().count();
            Finding::expect(
                length <= LONGEST,
                format!("at most {LONGEST} characters"),
                format!("{length} characters"),
            )
        }
        other => Finding::breaks("a string", shape::kind(other)),
    })
}

fn where_a_description_is_given(scene: &Scene<'_>) -> Applies {
    where_some_offer(
        scene,
        |offer| tx_code(offer).is_some_and(|tx_code| tx_code.get("description").is_some()),
        "the offer gives no description of a Transaction Code",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{GRANT, honest_offer};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome, with};

    fn stage(tx_code: Value) -> Stage {
        let offer = with(honest_offer(), &format!("{GRANT}/tx_code"), tx_code);
        Stage::new().offer(offer, None)
    }

    #[test]
    fn three_hundred_characters_fit_whatever_their_octets() {
        let text = |count: usize| json!({ "description": "ü".repeat(count) });
        assert_holds(&super::CHECK, &stage(text(300)));
        assert_breaks(&super::CHECK, &stage(text(301)), "301 characters");
        assert_breaks(&super::CHECK, &stage(json!({ "description": {} })), "an object");
    }

    #[test]
    fn a_description_is_optional() {
        assert_outcome(&super::CHECK, &stage(json!({})), Outcome::NotApplicable);
    }
}

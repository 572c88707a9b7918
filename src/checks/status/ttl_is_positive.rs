//! A lifetime of nothing makes verifiers ask all the time.

use super::of_tokens;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "status/ttl-is-positive",
    aliases: &[],
    since: "2026.3",
    title: "ttl is a positive number",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-5.1"],
    obligation: "the ttl of a status list, where it has one, is a positive number of seconds",
    doc: "`ttl` says for how many seconds a copy may be used before a fresh one is fetched. It is a JSON \
          number above 0: no text, no duration such as `PT12H`, and no point in time.",
    judge: Judge::Transcript(ttl_is_positive),
};

fn ttl_is_positive(scene: &Scene<'_>) -> Finding {
    of_tokens(scene, |_, read| {
        let Some(value) = read.token.claim("ttl") else {
            return Finding::Exempt("the status list has no ttl");
        };
        let is_positive = read.token.seconds("ttl").is_some_and(|ttl| ttl > 0.0);
        Finding::expect(is_positive, "a positive number as ttl", format!("ttl {value}"))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::status::{list, list_with, published};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn a_positive_number_holds() {
        assert_holds(&super::CHECK, &published(&list()));
        for wrong in [json!(0), json!(-1), json!("300")] {
            let stage = published(&list_with("ttl", wrong.clone()));
            assert_breaks(&super::CHECK, &stage, &wrong.to_string());
        }
    }

    #[test]
    fn it_may_be_left_out() {
        let without = published(&list_with("ttl", Value::Null));
        assert_outcome(&super::CHECK, &without, Outcome::NotApplicable);
    }
}

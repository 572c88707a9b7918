//! An expired list must be ignored.

use super::of_tokens;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "status/list-is-not-expired",
    aliases: &[],
    since: "2026.3",
    title: "the status list has not expired",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-5.1", "tsl#section-8.3"],
    obligation: "the exp of a status list, where it has one, is a number and lies in the future",
    doc: "A verifier cannot rely on an expired list, so every credential that refers to it is rejected. It \
          happens when lists are signed by a job that has stopped, or signed with a lifetime \
          shorter than the interval of that job or of a cache before it.",
    judge: Judge::Transcript(list_is_not_expired),
};

fn list_is_not_expired(scene: &Scene<'_>) -> Finding {
    of_tokens(scene, |published, read| {
        let Some(value) = read.token.claim("exp") else {
            return Finding::Exempt("the status list has no exp");
        };
        let now = published.at.as_second();
        match read.token.seconds("exp") {
            Some(exp) if exp > now as f64 => Finding::Holds,
            Some(exp) => {
                let since = now.saturating_sub(exp as i64);
                Finding::breaks("exp in the future", format!("exp {value}, {since} s ago"))
            }
            None => Finding::breaks("a number as exp", format!("exp {value}")),
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::Outcome;
    use crate::checks::staging::credentials::NOW;
    use crate::checks::staging::status::{list, list_with, published};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn the_future_holds_and_the_past_does_not() {
        assert_holds(&super::CHECK, &published(&list()));
        let past = published(&list_with("exp", json!(NOW - 9)));
        assert_breaks(&super::CHECK, &past, "10 s ago");
        assert_breaks(&super::CHECK, &published(&list_with("exp", json!("soon"))), "soon");
    }

    #[test]
    fn it_may_be_left_out() {
        let without = published(&list_with("exp", Value::Null));
        assert_outcome(&super::CHECK, &without, Outcome::NotApplicable);
    }
}

//! Of two lists, the newer counts.

use super::of_tokens;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "status/states-when-it-was-made",
    aliases: &[],
    since: "2026.3",
    title: "the status list states when it was made",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-5.1"],
    obligation: "a status list has a number as iat",
    doc: "`iat` is when this list was signed, in seconds since 1970: not when the list was set up, and no \
          text. Verifiers decide by it whether a copy is too old for them.",
    judge: Judge::Transcript(states_when_it_was_made),
};

fn states_when_it_was_made(scene: &Scene<'_>) -> Finding {
    of_tokens(scene, |_, read| {
        let found = read.token.claim("iat");
        Finding::expect(
            read.token.seconds("iat").is_some(),
            "a number as iat",
            match found {
                Some(value) => format!("iat {value}"),
                None => "no iat".to_owned(),
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::staging::status::{list, list_with, published};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn a_number_holds_and_a_text_does_not() {
        assert_holds(&super::CHECK, &published(&list()));
        assert_breaks(&super::CHECK, &published(&list_with("iat", Value::Null)), "no iat");
        assert_breaks(&super::CHECK, &published(&list_with("iat", json!("now"))), "\"now\"");
    }
}

//! Whoever keeps a copy should know for how long.

use super::of_tokens;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "status/states-a-lifetime",
    aliases: &[],
    since: "2026.3",
    title: "the status list states exp and ttl",
    level: Level::Should,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-13.7"],
    obligation: "a status list has both exp and ttl",
    doc: "`exp` says until when a copy may be relied upon, `ttl` how soon it is worth asking again. Without \
          them verifiers guess: they use a list for too long, so that a revoked credential goes \
          on being accepted, or fetch it for every presentation. Caching headers of HTTP do not \
          replace them, since the two claims outrank those.",
    judge: Judge::Transcript(states_a_lifetime),
};

fn states_a_lifetime(scene: &Scene<'_>) -> Finding {
    of_tokens(scene, |_, read| {
        let missing: Vec<&str> =
            ["exp", "ttl"].into_iter().filter(|name| read.token.claim(name).is_none()).collect();
        let actual = format!("no {}", missing.join(" and no "));
        Finding::expect(missing.is_empty(), "exp and ttl", actual)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::checks::staging::status::{list, list_with, published};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn both_are_wanted() {
        assert_holds(&super::CHECK, &published(&list()));
        assert_breaks(&super::CHECK, &published(&list_with("exp", Value::Null)), "no exp");
        assert_breaks(&super::CHECK, &published(&list_with("ttl", Value::Null)), "no ttl");
    }
}

//! The type keeps one JWT from being taken for another.

use super::of_tokens;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "status/typ-is-statuslist-jwt",
    aliases: &[],
    since: "2026.3",
    title: "the status list has the typ statuslist+jwt",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-5.1"],
    obligation: "the header of a status list has the typ statuslist+jwt",
    doc: "Libraries write `JWT` unless they are told otherwise. Without the type of its own, a token made for \
          another purpose and signed with the same key could pass for a list.",
    judge: Judge::Transcript(typ_is_statuslist_jwt),
};

fn typ_is_statuslist_jwt(scene: &Scene<'_>) -> Finding {
    of_tokens(scene, |_, read| {
        let found = read.token.token_type();
        // Media types compare without regard to case, and `application/` may be written
        // (RFC 7515 4.1.9).
        let is_right = found.is_some_and(|found| {
            let found = found.to_ascii_lowercase();
            matches!(found.as_str(), "statuslist+jwt" | "application/statuslist+jwt")
        });
        Finding::expect(
            is_right,
            "typ statuslist+jwt",
            match found {
                Some(found) => format!("typ {found}"),
                None => "no typ".to_owned(),
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::staging::status::{list, published};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn only_its_own_type_will_do() {
        assert_holds(&super::CHECK, &published(&list()));
        let mut other = list();
        other.header.insert("typ".into(), json!("JWT"));
        assert_breaks(&super::CHECK, &published(&other), "typ JWT");
    }
}

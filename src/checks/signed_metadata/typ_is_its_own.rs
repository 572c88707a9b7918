//! The type keeps one JWT from being taken for another.

use super::in_signed;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "signed-metadata/typ-is-its-own",
    aliases: &[],
    since: "2026.3",
    title: "signed metadata have the typ of their own",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-signed-metadata"],
    obligation: "the typ of signed metadata is openidvci-issuer-metadata+jwt",
    doc: "The name has no 4 in it, unlike that of key proofs. Libraries write `JWT` unless they are told otherwise, and \
          then any JWT that was signed with the same key could pass for metadata.",
    judge: Judge::Answers(Station::NegotiatedMetadata, typ_is_its_own),
};

/// Written without the 4 of the protocol's name.
const TYP: &str = "openidvci-issuer-metadata+jwt";

fn typ_is_its_own(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    in_signed(answered, |jws| {
        let found = jws.token_type();
        // Media types compare without regard to case, and `application/` may be written
        // (RFC 7515 4.1.9).
        let is_right = found.is_some_and(|found| {
            let found = found.to_ascii_lowercase();
            found.strip_prefix("application/").unwrap_or(&found) == TYP
        });
        let actual = found.map_or_else(|| "no typ".to_owned(), |found| format!("typ {found}"));
        Finding::expect(is_right, format!("typ {TYP}"), actual)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::signed_metadata::staged::{given, honest, with_header};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn it_is_written_without_the_4() {
        assert_holds(&super::CHECK, &given(&honest()));
        let other = with_header("typ", json!("openid4vci-issuer-metadata+jwt"));
        assert_breaks(&super::CHECK, &given(&other), "openid4vci");
        assert_breaks(&super::CHECK, &given(&with_header("typ", json!(null))), "no typ");
    }
}

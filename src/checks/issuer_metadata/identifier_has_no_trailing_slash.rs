//! Nobody can say where the metadata of an identifier with a trailing slash is.

use super::in_document;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/identifier-has-no-trailing-slash",
    aliases: &[],
    since: "2026.1",
    title: "the issuer identifier does not end in a slash",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-wellknown", "rfc8414#section-3.1"],
    obligation: "credential_issuer does not end in a slash",
    doc: "RFC 8414, and this specification in its drafts, remove a terminating slash before the well-known \
          segment is inserted; 1.0 Final does not say so. For `https://h/t/` one wallet asks for \
          `…/openid-credential-issuer/t/` and another for `…/openid-credential-issuer/t`, and some also \
          compare the identifiers after removing the slash.\n\n\
          Choose an identifier without a slash at the end. If it is out in the world already, answer at \
          both addresses.",
    judge: Judge::Answers(Station::IssuerMetadata, identifier_has_no_trailing_slash),
};

fn identifier_has_no_trailing_slash(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| match metadata.credential_issuer() {
        Some(text) => Finding::expect(
            !text.ends_with('/'),
            "an identifier without a slash at its end",
            shape::quote(text),
        ),
        None => Finding::Silent("the metadata names no issuer"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn a_slash_warns() {
        assert_holds(&super::CHECK, &honest());
        let stage = metadata_with("/credential_issuer", json!("https://issuer.example/t/"));
        assert_breaks(&super::CHECK, &stage, "/t/");
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
    }
}

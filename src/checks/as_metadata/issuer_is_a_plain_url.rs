//! An identifier with a query or fragment leads nowhere.

use super::in_document;
use crate::checks::{
    Answered, Check, Finding, Judge, Level, Scene, applicability, identifier, shape,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/issuer-is-a-plain-url",
    aliases: &[],
    since: "2026.1",
    title: "the identifier of the authorization server is a plain https URL",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc8414#section-2"],
    obligation: "issuer is an https URL without query and fragment",
    doc: "The address of the metadata is made from the identifier, and the rule that makes it knows scheme, \
          host, port and path only. Tenants told apart by a query get the metadata of nobody.\n\n\
          Move the tenant into the host or the path. Plain http on loopback and to hosts given with \
          `--allow-http` is not counted.",
    judge: Judge::Answers(Station::AsMetadata, issuer_is_a_plain_url),
};

fn issuer_is_a_plain_url(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let Some(text) = metadata.issuer() else {
            return Finding::Silent("the metadata names no issuer");
        };
        match identifier::flaw(text, scene) {
            Some(flaw) => Finding::breaks(
                "an https URL without query and fragment",
                format!("{}: {flaw}", shape::quote(text)),
            ),
            None => Finding::Holds,
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{honest, metadata_with};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn a_plain_url_holds_and_nothing_else() {
        assert_holds(&super::CHECK, &honest());
        let local = metadata_with("/issuer", json!("http://localhost:9000/"));
        assert_holds(&super::CHECK, &local);
        for (value, says) in [
            ("https://as.example?tenant=1", "a query"),
            ("https://as.example#x", "a fragment"),
            ("http://as.example", "the scheme http"),
            ("as", "not an absolute URL"),
        ] {
            assert_breaks(&super::CHECK, &metadata_with("/issuer", json!(value)), says);
        }
    }
}

//! An identifier with a query or fragment leads nowhere.

use crate::checks::{
    Answered, Check, Finding, Judge, Level, Scene, applicability, identifier, shape,
};
use crate::transcript::Station;

use super::in_document;

pub static CHECK: Check = Check {
    id: "issuer-metadata/identifier-is-a-plain-url",
    aliases: &[],
    since: "2026.1",
    title: "the issuer identifier is a plain https URL",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-identifier"],
    obligation: "credential_issuer is an https URL with a host, without query and fragment",
    doc: "The identifier is an https URL of scheme, host and, where wanted, port and path. Tenants told \
          apart by a query, and identifiers that are names or DIDs, cannot carry a well-known path, so no \
          wallet finds their metadata.\n\n\
          Move the tenant into the host or the path. Plain http on loopback and to hosts given with \
          `--allow-http` is not counted.",
    judge: Judge::Answers(Station::IssuerMetadata, identifier_is_a_plain_url),
};

fn identifier_is_a_plain_url(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let Some(text) = metadata.credential_issuer() else {
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
        let local = metadata_with("/credential_issuer", json!("http://127.0.0.1:8080/t"));
        assert_holds(&super::CHECK, &local);
        for (value, says) in [
            ("https://issuer.example?tenant=1", "a query"),
            ("https://issuer.example#x", "a fragment"),
            ("http://issuer.example", "the scheme http"),
            ("did:web:issuer.example", "not an absolute URL"),
        ] {
            let stage = metadata_with("/credential_issuer", json!(value));
            assert_breaks(&super::CHECK, &stage, says);
        }
    }
}

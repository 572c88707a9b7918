//! The list must say that it is the one that was asked for.

use super::of_tokens;
use crate::checks::{Check, Finding, Judge, Level, Scene, applicability};
use crate::formats::StatusReference;

pub static CHECK: Check = Check {
    id: "status/sub-is-the-uri",
    aliases: &[],
    since: "2026.3",
    title: "sub is the uri of the credential",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["tsl#section-5.1", "tsl#section-8.3"],
    obligation: "the sub of a status list equals, octet for octet, the uri by which credentials refer to it",
    doc: "A verifier rejects a list that names another address, or an older list could be served in place of \
          a newer one. It breaks behind proxies that change scheme or host, with a trailing slash \
          at one of the two places, or when the credential has a query that the list does not \
          know of.",
    judge: Judge::Transcript(sub_is_the_uri),
};

fn sub_is_the_uri(scene: &Scene<'_>) -> Finding {
    let referring: Vec<StatusReference> =
        scene.issued().iter().flat_map(super::references).collect();
    of_tokens(scene, |published, read| {
        let mut uris =
            referring.iter().map(|one| one.uri.as_str()).filter(|uri| published.is_at(uri));
        let Some(uri) = uris.next() else {
            return Finding::Silent("no credential refers to the list");
        };
        let subject = read.token.subject();
        Finding::expect(
            subject == Some(uri),
            format!("sub {uri}"),
            match subject {
                Some(subject) => format!("sub {subject}"),
                None => "no sub".to_owned(),
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
    fn the_same_octets_hold() {
        assert_holds(&super::CHECK, &published(&list()));
    }

    #[test]
    fn a_slash_more_breaks() {
        let other = list_with("sub", json!("https://issuer.example/status/1/"));
        assert_breaks(&super::CHECK, &published(&other), "/1/");
        assert_breaks(&super::CHECK, &published(&list_with("sub", Value::Null)), "no sub");
    }
}

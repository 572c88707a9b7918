//! The list tells a wallet where tokens come from.

use super::in_document;
use crate::checks::identifier::absolute_url;
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/names-authorization-servers",
    aliases: &[],
    since: "2026.1",
    title: "authorization_servers is a list of identifiers",
    level: Level::Must,
    raised_by: &[],
    applies: where_servers_are_listed,
    spec: &["vci#credential-issuer-parameters", "rfc8414#section-2"],
    obligation: "authorization_servers, where present, is a non-empty array of authorization server \
                 identifiers",
    doc: "Without `authorization_servers` the issuer is its own authorization server, so an empty array says \
          neither one thing nor the other. Draft 11 had a single `authorization_server`, and a bare string \
          under the new name is what remains of it. The entries are issuer identifiers as in RFC 8414, not \
          the URLs of metadata documents or token endpoints.\n\n\
          Leave the member out, or list at least one absolute URL.",
    judge: Judge::Answers(Station::IssuerMetadata, names_authorization_servers),
};

fn names_authorization_servers(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let Some(value) = metadata.json().get("authorization_servers") else {
            return Finding::Silent("authorization_servers is not advertised");
        };
        let expected = "a non-empty array of URLs";
        match shape::strings(Some(value)) {
            Ok(servers) => match servers.iter().find(|text| absolute_url(text).is_none()) {
                Some(wrong) => Finding::breaks(expected, shape::quote(wrong)),
                None => Finding::Holds,
            },
            Err(found) => Finding::breaks(expected, found),
        }
    })
}

fn where_servers_are_listed(scene: &Scene<'_>) -> Applies {
    match scene.issuer_metadata() {
        Some(metadata) => Applies::when(
            metadata.json().get("authorization_servers").is_some(),
            "authorization_servers is not advertised",
        ),
        None => Applies::Yes,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn urls_hold_and_nothing_else() {
        let stage = |value| metadata_with("/authorization_servers", value);
        assert_holds(&super::CHECK, &stage(json!(["https://as.example/t"])));
        assert_breaks(&super::CHECK, &stage(json!([])), "an empty array");
        assert_breaks(&super::CHECK, &stage(json!("https://as.example")), "https://as");
        assert_breaks(&super::CHECK, &stage(json!(["as"])), "\"as\"");
        assert_breaks(&super::CHECK, &stage(json!([null])), "null");
    }

    #[test]
    fn the_list_is_optional() {
        assert_outcome(&super::CHECK, &honest(), Outcome::NotApplicable);
    }
}

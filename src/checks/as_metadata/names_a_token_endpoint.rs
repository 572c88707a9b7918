//! Without a token endpoint there is no way on.

use serde_json::Value;

use super::in_document;
use crate::checks::identifier::absolute_url;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::protocol::AsMetadata;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/names-a-token-endpoint",
    aliases: &[],
    since: "2026.1",
    title: "authorization server metadata names the token endpoint",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc8414#section-2", "rfc6749#section-3.2"],
    obligation: "token_endpoint is an absolute URL without a fragment",
    doc: "Only a server for the implicit grant may do without `token_endpoint`. Issuers that once published \
          it in their own metadata, as early drafts allowed, sometimes left it there and nowhere else; \
          relative paths come from route tables.\n\n\
          Write the absolute URL. Whether its scheme is https is judged by `issuer-metadata/uses-tls`.",
    judge: Judge::Answers(Station::AsMetadata, names_a_token_endpoint),
};

fn names_a_token_endpoint(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let found = metadata.json().get("token_endpoint");
        if found.is_none() && is_implicit_only(metadata) {
            return Finding::Silent("the server has only the implicit grant");
        }
        Finding::expect(
            found.and_then(Value::as_str).is_some_and(is_endpoint),
            "an absolute URL without a fragment",
            format!("token_endpoint is {}", shape::describe(found)),
        )
    })
}

fn is_endpoint(text: &str) -> bool {
    absolute_url(text)
        .is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.fragment().is_none())
}

fn is_implicit_only(metadata: AsMetadata<'_>) -> bool {
    let grants = metadata.json().get("grant_types_supported");
    shape::strings(grants).is_ok_and(|grants| grants.iter().all(|grant| *grant == "implicit"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{honest, metadata_with, metadata_without};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn an_absolute_url_holds_and_nothing_else() {
        let stage = |value| metadata_with("/token_endpoint", value);
        assert_holds(&super::CHECK, &honest());
        assert_holds(&super::CHECK, &stage(json!("https://as.example/token?realm=1")));
        assert_breaks(&super::CHECK, &metadata_without("/token_endpoint"), "is nothing");
        assert_breaks(&super::CHECK, &stage(json!("/token")), "\"/token\"");
        assert_breaks(&super::CHECK, &stage(json!("https://as.example/#t")), "#t");
        assert_breaks(&super::CHECK, &stage(json!(null)), "null");
    }

    #[test]
    fn the_implicit_grant_needs_none() {
        let metadata = json!({ "grant_types_supported": ["implicit"] });
        let stage = Stage::new().as_metadata(metadata);
        assert_outcome(&super::CHECK, &stage, Outcome::NotTestable);
    }
}

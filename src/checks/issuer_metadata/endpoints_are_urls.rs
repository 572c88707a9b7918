//! A wallet goes where the metadata says, and nowhere else.

use super::{in_document, none_of};
use crate::checks::identifier::absolute_url;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::transcript::Station;

/// The endpoints of an issuer, and whether it must have them.
const ENDPOINTS: &[(&str, bool)] = &[
    ("credential_endpoint", true),
    ("nonce_endpoint", false),
    ("deferred_credential_endpoint", false),
    ("notification_endpoint", false),
];

pub static CHECK: Check = Check {
    id: "issuer-metadata/endpoints-are-urls",
    aliases: &[],
    since: "2026.1",
    title: "the endpoints of an issuer are URLs",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-parameters"],
    obligation: "credential_endpoint is present, and every endpoint in issuer metadata is an absolute URL",
    doc: "`credential_endpoint` is required; the endpoints for nonces, deferred credentials and \
          notifications are URLs or absent. Relative paths come from route tables, `null` and the empty \
          string from serializers that write every member of a model.\n\n\
          Write absolute URLs, and leave out what does not exist. A query is allowed. Whether the scheme is \
          https is judged by `issuer-metadata/uses-tls`.",
    judge: Judge::Answers(Station::IssuerMetadata, endpoints_are_urls),
};

fn endpoints_are_urls(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let faults = ENDPOINTS.iter().filter_map(|(name, required)| {
            let value = metadata.json().get(name);
            let is_fine = match value {
                None => !required,
                Some(value) => value.as_str().is_some_and(is_web_address),
            };
            (!is_fine).then(|| format!("{name} is {}", shape::describe(value)))
        });
        none_of(faults, "absolute URLs")
    })
}

fn is_web_address(text: &str) -> bool {
    absolute_url(text).is_some_and(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{honest, metadata_with, metadata_without};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn absolute_urls_hold_with_port_path_and_query() {
        assert_holds(&super::CHECK, &honest());
        let url = json!("https://issuer.example:8443/a/b?c=d");
        assert_holds(&super::CHECK, &metadata_with("/credential_endpoint", url));
        assert_holds(&super::CHECK, &metadata_without("/nonce_endpoint"));
    }

    #[test]
    fn anything_else_does_not() {
        let missing = metadata_without("/credential_endpoint");
        assert_breaks(&super::CHECK, &missing, "credential_endpoint is nothing");
        for (value, says) in [
            (json!("/nonce"), "nonce_endpoint is \"/nonce\""),
            (json!(null), "nonce_endpoint is null"),
            (json!(""), "nonce_endpoint is \"\""),
            (json!("urn:nonce"), "urn:nonce"),
        ] {
            assert_breaks(&super::CHECK, &metadata_with("/nonce_endpoint", value), says);
        }
    }
}

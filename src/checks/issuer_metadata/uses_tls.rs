//! Codes, tokens and credentials travel protected, and so does what tells where to send them.

use serde_json::Value;
use url::Url;

use crate::checks::{Applies, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

/// The members of the two metadata documents that wallets send requests to.
const ENDPOINTS: &[&str] = &[
    "credential_endpoint",
    "nonce_endpoint",
    "deferred_credential_endpoint",
    "notification_endpoint",
    "token_endpoint",
];

/// The places where a wallet talks to the issuer or its authorization server.
const STATIONS: &[Station] = &[
    Station::IssuerMetadata,
    Station::AsMetadata,
    Station::Token,
    Station::Nonce,
    Station::Credential,
    Station::Deferred,
    Station::Notification,
];

pub static CHECK: Check = Check {
    id: "issuer-metadata/uses-tls",
    aliases: &[],
    since: "2026.1",
    title: "metadata and endpoints use TLS",
    level: Level::Must,
    raised_by: &[],
    applies: where_tls_is_needed,
    spec: &[
        "vci#credential-issuer-wellknown",
        "vci#credential-issuer-parameters",
        "vci#credential-endpoint",
        "rfc6749#section-3.2",
    ],
    obligation: "metadata is fetched over https and every endpoint in it is an https URL",
    doc: "All that a wallet sends here is worth stealing. An `http` endpoint in otherwise protected metadata \
          comes from a service behind a proxy that ends TLS and builds its URLs from the request it sees. \
          Wallets do not follow it.\n\n\
          Build endpoints from the configured public address. Plain http on loopback and to hosts given \
          with `--allow-http` is not counted; where all of it is such, this does not apply.",
    judge: Judge::Transcript(uses_tls),
};

fn uses_tls(scene: &Scene<'_>) -> Finding {
    let mut finding = Finding::Silent("no URL of the issuer is known");
    for (name, url) in urls(scene) {
        match url.scheme() {
            "https" => finding = Finding::Holds,
            "http" if !scene.allows_http(&url) => {
                return Finding::breaks("https", format!("{name} is {url}"));
            }
            _ => {}
        }
    }
    finding
}

fn urls(scene: &Scene<'_>) -> Vec<(String, Url)> {
    let asked = scene
        .transcript
        .exchanges
        .iter()
        .filter(|exchange| STATIONS.contains(&exchange.station))
        .map(|exchange| {
            (format!("the address of {}", exchange.station), exchange.request.url.as_str())
        });
    let issuer = scene.issuer_metadata().map(|metadata| metadata.json());
    let server = scene.as_metadata().map(|metadata| metadata.json());
    let named = issuer.into_iter().chain(server).flat_map(|document| {
        ENDPOINTS.iter().filter_map(|name| {
            let url = document.get(name).and_then(Value::as_str)?;
            Some(((*name).to_owned(), url))
        })
    });
    named.chain(asked).filter_map(|(name, url)| Some((name, Url::parse(url).ok()?))).collect()
}

fn where_tls_is_needed(scene: &Scene<'_>) -> Applies {
    let urls = urls(scene);
    let tolerated = |url: &Url| url.scheme() == "http" && scene.allows_http(url);
    Applies::when(
        urls.is_empty() || !urls.iter().all(|(_, url)| tolerated(url)),
        "the issuer is reached over plain http where that is allowed",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn https_holds_and_one_http_endpoint_does_not() {
        assert_holds(&super::CHECK, &honest());
        let stage = metadata_with("/nonce_endpoint", json!("http://issuer.example/nonce"));
        assert_breaks(&super::CHECK, &stage, "nonce_endpoint is http://");
        let token = honest().as_metadata(json!({ "token_endpoint": "http://issuer.example/t" }));
        assert_breaks(&super::CHECK, &token, "token_endpoint is http://");
    }

    #[test]
    fn all_of_it_on_loopback_is_not_judged() {
        let metadata = json!({ "credential_endpoint": "http://127.0.0.1:8080/credential" });
        let url = "http://127.0.0.1:8080/.well-known/openid-credential-issuer";
        let stage = Stage::new().answer_json(Station::IssuerMetadata, 200, metadata).sent(
            "GET",
            url,
            &[],
            "",
        );
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

//! The URLs that name a Credential Issuer or an authorization server: https, no query, no
//! fragment (OpenID4VCI 12.2.1, RFC 8414 2).

use url::Url;

use crate::checks::Scene;

/// What keeps a text from being such an identifier, in words. Plain http passes where the user
/// allowed it, and on loopback.
pub fn flaw(identifier: &str, scene: &Scene<'_>) -> Option<String> {
    let Some(url) = absolute_url(identifier) else {
        return Some("not an absolute URL with a host".to_owned());
    };
    match url.scheme() {
        "https" => {}
        "http" if scene.allows_http(&url) => {}
        other => return Some(format!("the scheme {other}")),
    }
    if url.query().is_some() {
        return Some("a query".to_owned());
    }
    url.fragment().map(|_| "a fragment".to_owned())
}

/// The text as a URL with a host. Stricter than the parser of browsers, which forgives blanks
/// and missing slashes that other HTTP clients do not.
pub fn absolute_url(text: &str) -> Option<Url> {
    let blank = |character: char| character.is_whitespace() || character.is_control();
    if text.contains(blank) || !text.contains("://") {
        return None;
    }
    Url::parse(text).ok().filter(|url| url.host_str().is_some_and(|host| !host.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::staging::Stage;

    #[test]
    fn an_identifier_is_https_without_query_or_fragment() {
        let stage = Stage::new();
        let scene = Scene::new(&stage.run.provenance, &stage.run.transcripts[0], &stage.policy);
        for fine in ["https://h", "https://h:8443/t/", "http://127.0.0.1:1/t", "HTTPS://H"] {
            assert_eq!(flaw(fine, &scene), None, "{fine}");
        }
        for (wrong, says) in [
            ("http://h", "the scheme http"),
            ("https://h/?t=1", "a query"),
            ("https://h/#t", "a fragment"),
            ("https:h", "not an absolute URL with a host"),
            (" https://h", "not an absolute URL with a host"),
            ("issuer", "not an absolute URL with a host"),
        ] {
            assert_eq!(flaw(wrong, &scene).as_deref(), Some(says), "{wrong}");
        }
    }
}

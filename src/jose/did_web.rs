//! did:web: a DID that says where its document is, host and path of a URL.

use url::Url;

use super::did::DidError;

/// The longest did:web that is read, in bytes.
const LONGEST: usize = 2048;

/// Where the document of a did:web is: `did:web:h` at `https://h/.well-known/did.json`,
/// `did:web:h%3A8443:a:b` at `https://h:8443/a/b/did.json` (did:web, Read). A fragment is no part
/// of it.
///
/// # Errors
/// [`DidError::Method`] for another method, [`DidError::Unreadable`] for what makes no URL.
pub fn document_url(did_url: &str) -> Result<Url, DidError> {
    let did = did_url.split(['#', '?', '/']).next().unwrap_or_default();
    let Some(identifier) = did.strip_prefix("did:web:").filter(|_| did.len() <= LONGEST) else {
        let method: Vec<&str> = did.splitn(3, ':').take(2).collect();
        return Err(DidError::Method(method.join(":")));
    };
    let unreadable = |why: &str| DidError::Unreadable { method: "did:web", why: why.to_owned() };
    let (host, path) = identifier.split_once(':').unwrap_or((identifier, ""));
    let host = host.replace("%3A", ":").replace("%3a", ":");
    let is_plain = |one: char| one.is_ascii_alphanumeric() || "-._~:[]".contains(one);
    if host.is_empty() || !host.chars().all(is_plain) {
        return Err(unreadable("expected a host, and a port after `%3A`"));
    }
    if path.split(':').any(|segment| matches!(segment, "." | ".."))
        || identifier.ends_with(':')
        || identifier.contains("::")
    {
        return Err(unreadable("expected path segments with names"));
    }
    let path = match path {
        "" => ".well-known".to_owned(),
        path => path.replace(':', "/"),
    };
    let text = format!("https://{host}/{path}/did.json");
    Url::parse(&text).map_err(|error| unreadable(&error.to_string()))
}

/// The DID in a DID URL: what stands before path, query and fragment.
pub fn did_of(did_url: &str) -> &str {
    did_url.split(['#', '?', '/']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(did: &str) -> String {
        document_url(did).map_or_else(|error| error.to_string(), String::from)
    }

    #[test]
    fn the_identifier_is_host_and_path() {
        assert_eq!(found("did:web:h.example"), "https://h.example/.well-known/did.json");
        assert_eq!(found("did:web:h.example#key-1"), "https://h.example/.well-known/did.json");
        assert_eq!(found("did:web:h.example:a:b"), "https://h.example/a/b/did.json");
        assert_eq!(
            found("did:web:127.0.0.1%3A1234:t:eu#k"),
            "https://127.0.0.1:1234/t/eu/did.json"
        );
    }

    #[test]
    fn what_makes_no_url_is_told() {
        assert!(found("did:key:z6").contains("found `did:key`"));
        assert!(found("https://h.example").contains("found `https:`"));
        for odd in ["did:web:", "did:web:a@b", "did:web:h:", "did:web:h:..", "did:web:h::a"] {
            assert!(found(odd).starts_with("unreadable did:web"), "{odd}");
        }
        assert!(found("did:web:h%3Aport").starts_with("unreadable did:web"));
        assert!(found(&format!("did:web:{}", "h".repeat(3000))).contains("did:web"));
    }

    #[test]
    fn a_did_ends_where_the_rest_of_the_url_begins() {
        assert_eq!(did_of("did:web:h#k"), "did:web:h");
        assert_eq!(did_of("did:web:h?versionId=1#k"), "did:web:h");
    }
}

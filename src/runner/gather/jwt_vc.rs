//! What a credential in a JWT leads to: the document of a did:web, the metadata behind an `iss`
//! that is a URL, its schemas and its status.

use serde_json::Value;
use url::Url;

use super::{Gathered, MOST_DOCUMENTS};
use crate::formats::JwtVc;
use crate::formats::jwt_vc::{document_url, identifier, key_url};
use crate::protocol::{CredentialResponse, Location, WellKnown, is_loopback};
use crate::transcript::{Station, Transcript};
use crate::wallet::{Document, Http};

/// Fetches what the credentials of a transcript lead to, beside the JWT VC Issuer Metadata.
pub(super) async fn gather(
    gathered: &Gathered,
    transcript: &mut Transcript,
    http: &Http,
    own: &[String],
    allowed: &[String],
) {
    let credentials = credentials(transcript);
    let dids = each_once(credentials.iter().filter_map(did_document));
    for url in dids {
        let document = Document::at(Station::DidDocument, as_the_issuer(url, transcript));
        gathered.fetch(transcript, http, document, own, allowed).await;
    }
    for issuer in each_once(credentials.iter().filter_map(issuer)) {
        if let Some(url) = openid_configuration(&issuer, transcript) {
            let configuration = Document::at(Station::OpenidConfiguration, url);
            let found = gathered.fetch(transcript, http, configuration, own, allowed).await;
            let uri = found.as_ref().and_then(|json| json.get("jwks_uri")?.as_str());
            if let Some(url) = uri.and_then(|uri| Url::parse(uri).ok()) {
                let key_set = Document::at(Station::KeySet, url);
                gathered.fetch(transcript, http, key_set, own, allowed).await;
            }
        }
    }
    for url in each_once(credentials.iter().flat_map(schemas)) {
        let schema = Document::at(Station::CredentialSchema, url);
        gathered.fetch(transcript, http, schema, own, allowed).await;
    }
    for url in each_once(credentials.iter().flat_map(statuses)) {
        let status = Document::at(Station::CredentialStatus, url);
        gathered.fetch(transcript, http, status, own, allowed).await;
    }
}

/// The credentials that are JWTs and no SD-JWT VCs.
fn credentials(transcript: &Transcript) -> Vec<JwtVc> {
    let mut credentials = Vec::new();
    for exchange in transcript.at_issuance() {
        let Some(json) = exchange.answer().and_then(|answer| answer.said().json()) else {
            continue;
        };
        let texts = CredentialResponse::new(&json).credentials();
        let texts = texts.into_iter().filter(|text| !text.contains('~'));
        credentials.extend(texts.filter_map(|text| JwtVc::open(text).ok()));
    }
    credentials.retain(|credential| credential.text("vct").is_none());
    credentials
}

fn each_once<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = Vec::new();
    for value in values {
        if all.len() < MOST_DOCUMENTS && !all.contains(&value) {
            all.push(value);
        }
    }
    all
}

fn did_document(credential: &JwtVc) -> Option<Url> {
    if credential.jws.header().contains_key("x5c") {
        return None;
    }
    document_url(credential)
}

/// An `iss` that is a URL and whose keys are asked for.
fn issuer(credential: &JwtVc) -> Option<String> {
    let is_asked = !credential.jws.header().contains_key("x5c") && key_url(credential).is_none();
    credential.issuer().filter(|_| is_asked).map(str::to_owned)
}

/// Where the OpenID configuration is, unless there are JWT VC Issuer Metadata.
fn openid_configuration(issuer: &str, transcript: &Transcript) -> Option<Url> {
    let metadata = WellKnown::JwtVcIssuer.url(issuer, Location::Inserted)?;
    let is_there = transcript.at(Station::JwtVcIssuer).any(|exchange| {
        let answer = exchange.answer().filter(|answer| answer.is_success());
        let json = answer.and_then(|answer| answer.body.json());
        transcript.origin(exchange) == metadata.as_str()
            && json.is_some_and(|json| json.is_object())
    });
    let url = WellKnown::OpenidConfiguration.url(issuer, Location::Appended)?;
    (!is_there).then_some(url)
}

fn schemas(credential: &JwtVc) -> Vec<Url> {
    urls(credential.member("credentialSchema"), identifier)
}

/// Where the status of a credential is: an entry of a list leads to the list.
fn statuses(credential: &JwtVc) -> Vec<Url> {
    urls(credential.member("credentialStatus"), |status| match status.get("statusListCredential") {
        Some(list) => list.as_str(),
        None => identifier(status),
    })
}

/// The URLs that one object names, or each of several, without fragments.
fn urls(named: Option<&Value>, identifier: fn(&Value) -> Option<&str>) -> Vec<Url> {
    let url = |one: &Value| {
        let mut url = Url::parse(identifier(one)?).ok().filter(Url::has_host)?;
        url.set_fragment(None);
        Some(url)
    };
    match named {
        Some(Value::Array(several)) => several.iter().filter_map(url).collect(),
        Some(one) => url(one).into_iter().collect(),
        None => Vec::new(),
    }
}

/// A did:web is read over TLS, but for a host that the issuer itself was reached at without: on
/// this machine, or where the user allows it.
fn as_the_issuer(mut url: Url, transcript: &Transcript) -> Url {
    let is_plain = transcript.at(Station::IssuerMetadata).any(|exchange| {
        let sent = Url::parse(&exchange.request.url);
        exchange.answer().is_some()
            && sent.is_ok_and(|sent| {
                sent.scheme() == "http"
                    && (sent.host() == url.host() || is_loopback(&sent) && is_loopback(&url))
            })
    });
    if is_plain {
        // An authority without a port means another one then.
        let port = url.port();
        if url.set_scheme("http").is_ok() {
            let _ = url.set_port(port);
        }
    }
    url
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use serde_json::{Value, json};

    use super::*;
    use crate::jose::{JwtDraft, PrivateKey};

    fn credential(claims: Value, kid: Option<&str>) -> JwtVc {
        let key = PrivateKey::from_bytes(&[3; 32]).unwrap();
        let mut draft = JwtDraft::new("JWT", &key, claims.as_object().unwrap().clone());
        if let Some(kid) = kid {
            draft.header.insert("kid".into(), json!(kid));
        }
        JwtVc::open(&draft.compact()).unwrap()
    }

    #[test]
    fn only_what_the_credential_points_to_is_wanted() {
        let by_did = credential(json!({"iss": "did:web:h.example:a"}), Some("key-1"));
        assert_eq!(
            did_document(&by_did).map(String::from).as_deref(),
            Some("https://h.example/a/did.json")
        );
        assert_eq!(issuer(&by_did), None);
        let offline = credential(json!({"iss": "did:key:z6"}), None);
        assert_eq!((did_document(&offline), issuer(&offline)), (None, None));
        let by_url = credential(json!({"iss": "https://h.example"}), Some("key-1"));
        assert_eq!(did_document(&by_url), None);
        assert_eq!(issuer(&by_url).as_deref(), Some("https://h.example"));
    }

    #[test]
    fn schemas_are_urls() {
        let with = |schema: Value| {
            let claims = json!({"vc": {"credentialSchema": schema}});
            schemas(&credential(claims, None)).len()
        };
        assert_eq!(with(json!({"id": "https://h.example/s", "type": "JsonSchema"})), 1);
        assert_eq!(with(json!([{"id": "https://h.example/s"}, {"id": "did:example:1"}])), 1);
        assert_eq!(with(json!({"id": 7})), 0);
    }

    #[test]
    fn a_status_is_looked_up_where_it_is_kept() {
        let of = |status: Value| {
            let claims = json!({"vc": {"credentialStatus": status}});
            statuses(&credential(claims, None)).into_iter().map(String::from).collect::<Vec<_>>()
        };
        let list = "https://h.example/list";
        let entry = json!({"id": "urn:uuid:1", "statusListCredential": list});
        assert_eq!(of(entry), [list]);
        assert_eq!(of(json!({"id": "https://h.example/list#94"})), [list]);
        assert!(of(json!({"id": "urn:uuid:1"})).is_empty());
    }
}

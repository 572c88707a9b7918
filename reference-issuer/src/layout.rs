//! Where every document and endpoint lives: paths nobody would guess, so that a wallet has to read the metadata.

use crate::{settings::Settings, station::Station};

/// Path of the token endpoint.
pub const TOKEN: &str = "/vci/redeem";
/// Path of the nonce endpoint.
pub const NONCE: &str = "/vci/fresh-nonce";
/// Path of the challenge endpoint.
pub const CHALLENGE: &str = "/vci/dare";
/// Path of the credential endpoint.
pub const CREDENTIAL: &str = "/vci/collect";
/// Path of the deferred credential endpoint.
pub const DEFERRED: &str = "/vci/call-again";
/// Path of the notification endpoint.
pub const NOTIFICATION: &str = "/vci/hear-of-it";
/// Path of the revocation endpoint.
pub const REVOCATION: &str = "/vci/relinquish";
/// Path under which offers by reference are served.
pub const OFFERS: &str = "/vci/handouts";
/// Path under which type metadata is served.
pub const TYPES: &str = "/vci/types";
/// Path under which the schemas of W3C credentials are served.
pub const SCHEMAS: &str = "/vci/schemas";
/// Path of the key set of the OpenID configuration.
pub const KEY_SET: &str = "/vci/keys";
/// Path that precedes what is random in the identifier of a W3C credential.
const CREDENTIAL_IDS: &str = "/vci/credentials";
/// Path of the status list.
pub const STATUS_LIST: &str = "/vci/standing/1";

/// Path of the authorization server identifier when that server stands apart.
const AUTHORIZATION_SERVER: &str = "/idp";

/// The origins of the listeners, as clients see them.
#[derive(Debug, Clone)]
pub struct Origins {
    /// The credential issuer.
    pub issuer: String,
    /// The authorization server, when it stands apart.
    pub authorization_server: Option<String>,
}

/// Identifiers, endpoints and document paths.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The Credential Issuer Identifier.
    pub credential_issuer: String,
    /// The authorization server's issuer identifier.
    pub authorization_server: String,
    /// Token endpoint.
    pub token_endpoint: String,
    /// Revocation endpoint of the authorization server.
    pub revocation_endpoint: String,
    /// Challenge endpoint.
    pub challenge_endpoint: String,
    /// Nonce endpoint.
    pub nonce_endpoint: String,
    /// Credential endpoint.
    pub credential_endpoint: String,
    /// Deferred credential endpoint.
    pub deferred_credential_endpoint: String,
    /// Notification endpoint.
    pub notification_endpoint: String,
    /// What precedes the id in the URL of an offer by reference.
    pub offers: String,
    /// What precedes the name in a `vct`.
    pub types: String,
    /// What precedes the name of a schema.
    pub schemas: String,
    /// What precedes what is random in the identifier of a W3C credential.
    pub credential_ids: String,
    /// The key set of the OpenID configuration.
    pub key_set: String,
    /// The issuer as a did:web.
    pub did: String,
    /// Paths that serve the DID document.
    pub did_document: Vec<String>,
    /// Paths that serve the OpenID configuration.
    pub openid_configuration: Vec<String>,
    /// Where the status list is served.
    pub status_list: String,
    /// Paths that serve the issuer metadata.
    pub issuer_metadata: Vec<String>,
    /// Paths that serve the authorization server metadata.
    pub as_metadata: Vec<String>,
    /// Paths that serve the JWT VC Issuer Metadata.
    pub jwt_vc_issuer: Vec<String>,
    /// The origins it was laid out on.
    pub origins: Origins,
}

impl Layout {
    /// The endpoint that takes access tokens at this station.
    pub fn endpoint(&self, station: Station) -> &str {
        match station {
            Station::Deferred => &self.deferred_credential_endpoint,
            Station::Notification => &self.notification_endpoint,
            _ => &self.credential_endpoint,
        }
    }

    /// The honest layout: each well-known path inserted between host and path of the identifier.
    pub fn new(settings: &Settings, origins: Origins) -> Self {
        let issuer = &origins.issuer;
        let credential_issuer = format!("{issuer}{}", settings.issuer_path);
        let (authorization_server, token_endpoint, as_path) = match &origins.authorization_server {
            Some(origin) => (
                format!("{origin}{AUTHORIZATION_SERVER}"),
                format!("{origin}{TOKEN}"),
                AUTHORIZATION_SERVER,
            ),
            None => (
                credential_issuer.clone(),
                format!("{issuer}{TOKEN}"),
                settings.issuer_path.as_str(),
            ),
        };
        let as_origin = origins.authorization_server.as_ref().unwrap_or(issuer);
        let (authority, _) = token_endpoint.split_at(token_endpoint.len() - TOKEN.len());
        let challenge_endpoint = format!("{authority}{CHALLENGE}");
        Self {
            revocation_endpoint: format!("{as_origin}{REVOCATION}"),
            credential_issuer,
            authorization_server,
            token_endpoint,
            challenge_endpoint,
            nonce_endpoint: format!("{issuer}{NONCE}"),
            credential_endpoint: format!("{issuer}{CREDENTIAL}"),
            deferred_credential_endpoint: format!("{issuer}{DEFERRED}"),
            notification_endpoint: format!("{issuer}{NOTIFICATION}"),
            offers: format!("{issuer}{OFFERS}"),
            types: format!("{issuer}{TYPES}"),
            schemas: format!("{issuer}{SCHEMAS}"),
            credential_ids: format!("{issuer}{CREDENTIAL_IDS}"),
            key_set: format!("{issuer}{KEY_SET}"),
            did: did_web(issuer, &settings.issuer_path),
            did_document: vec![did_document(&settings.issuer_path)],
            openid_configuration: vec![format!(
                "{}/.well-known/openid-configuration",
                settings.issuer_path.trim_end_matches('/')
            )],
            status_list: format!("{issuer}{STATUS_LIST}"),
            issuer_metadata: vec![well_known("openid-credential-issuer", &settings.issuer_path)],
            as_metadata: vec![well_known("oauth-authorization-server", as_path)],
            jwt_vc_issuer: vec![well_known("jwt-vc-issuer", &settings.issuer_path)],
            origins,
        }
    }
}

/// The path with a well-known name inserted before it.
fn well_known(name: &str, path: &str) -> String {
    format!("/.well-known/{name}{}", path.trim_end_matches('/'))
}

/// An origin and a path as a DID: the port percent-encoded, slashes as colons.
fn did_web(origin: &str, path: &str) -> String {
    let authority = origin.split_once("://").map_or(origin, |(_, authority)| authority);
    let path = path.trim_end_matches('/').replace('/', ":");
    format!("did:web:{}{path}", authority.replace(':', "%3A"))
}

/// Where its document is.
fn did_document(path: &str) -> String {
    match path.trim_end_matches('/') {
        "" => "/.well-known/did.json".to_owned(),
        path => format!("{path}/did.json"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_did_web_is_host_port_and_path() {
        assert_eq!(did_web("https://h.example", ""), "did:web:h.example");
        let did = did_web("http://127.0.0.1:1234", "/tenant/eu");
        assert_eq!(did, "did:web:127.0.0.1%3A1234:tenant:eu");
        assert_eq!(did_document("/tenant/eu"), "/tenant/eu/did.json");
        assert_eq!(did_document(""), "/.well-known/did.json");
    }
}

//! Where every document and endpoint lives: paths nobody would guess, so that a wallet has to read the metadata.

use crate::{
    dialect::WellKnown,
    settings::{Settings, Tenant},
    station::Station,
};

/// The paths of the endpoints, and of what else is served under a name.
#[derive(Debug, Clone, Copy)]
pub struct Paths {
    /// The token endpoint.
    pub token: &'static str,
    /// The nonce endpoint.
    pub nonce: &'static str,
    /// The challenge endpoint.
    pub challenge: &'static str,
    /// The credential endpoint.
    pub credential: &'static str,
    /// The endpoint for several credentials at once, as draft 13 has it.
    pub batch_credential: &'static str,
    /// The deferred credential endpoint.
    pub deferred: &'static str,
    /// The notification endpoint.
    pub notification: &'static str,
    /// The revocation endpoint.
    pub revocation: &'static str,
    /// What precedes the id of an offer by reference.
    pub offers: &'static str,
    /// What precedes the name of type metadata.
    pub types: &'static str,
    /// What precedes the name of the schema of a W3C credential.
    pub schemas: &'static str,
    /// The key set of the OpenID configuration.
    pub key_set: &'static str,
    /// What precedes what is random in the identifier of a W3C credential.
    pub credential_ids: &'static str,
    /// The status list.
    pub status_list: &'static str,
}

/// Paths nobody would guess.
pub const OWN: Paths = Paths {
    token: "/vci/redeem",
    nonce: "/vci/fresh-nonce",
    challenge: "/vci/dare",
    credential: "/vci/collect",
    batch_credential: "/vci/collect-several",
    deferred: "/vci/call-again",
    notification: "/vci/hear-of-it",
    revocation: "/vci/relinquish",
    offers: "/vci/handouts",
    types: "/vci/types",
    schemas: "/vci/schemas",
    key_set: "/vci/keys",
    credential_ids: "/vci/credentials",
    status_list: "/vci/standing/1",
};

/// Path of the authorization server identifier when that server stands apart.
const AUTHORIZATION_SERVER: &str = "/idp";
/// Path of the identifier of another server, which has no pre-authorized codes.
pub const ANOTHER_SERVER: &str = "/elsewhere";

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
    /// The paths that it is made of.
    pub paths: Paths,
    /// What precedes the path of every endpoint.
    pub prefix: String,
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
    /// Endpoint for several credentials at once.
    pub batch_credential_endpoint: String,
    /// Deferred credential endpoint.
    pub deferred_credential_endpoint: String,
    /// Notification endpoint.
    pub notification_endpoint: String,
    /// Identifier of another authorization server, for other grants.
    pub another_server: String,
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
    /// Path that serves the metadata of the other authorization server.
    pub another_as_metadata: String,
    /// Paths that serve the JWT VC Issuer Metadata.
    pub jwt_vc_issuer: Vec<String>,
    /// The origins it was laid out on.
    pub origins: Origins,
}

impl Layout {
    /// The endpoint that takes access tokens at this station.
    pub fn endpoint(&self, station: Station) -> &str {
        match station {
            Station::BatchCredential => &self.batch_credential_endpoint,
            Station::Deferred => &self.deferred_credential_endpoint,
            Station::Notification => &self.notification_endpoint,
            _ => &self.credential_endpoint,
        }
    }

    /// The honest layout: each well-known path inserted between host and path of the identifier.
    pub fn new(settings: &Settings, origins: Origins, tenant: Tenant) -> Self {
        let paths = settings.guide.map_or(OWN, |guide| guide.paths);
        let issuer = &origins.issuer;
        let second = settings.second_tenant.as_deref().unwrap_or_default();
        let (path, prefix) = match tenant {
            Tenant::First => (settings.issuer_path.as_str(), ""),
            Tenant::Second => (second, second),
        };
        let credential_issuer = format!("{issuer}{path}");
        let (authorization_server, token_endpoint, as_path) = match &origins.authorization_server {
            Some(origin) => (
                format!("{origin}{AUTHORIZATION_SERVER}"),
                format!("{origin}{prefix}{}", paths.token),
                AUTHORIZATION_SERVER,
            ),
            None => (credential_issuer.clone(), format!("{issuer}{prefix}{}", paths.token), path),
        };
        let as_origin = origins.authorization_server.as_ref().unwrap_or(issuer);
        let (authority, _) = token_endpoint.split_at(token_endpoint.len() - paths.token.len());
        let challenge_endpoint = format!("{authority}{}", paths.challenge);
        let at = |path: &str| format!("{issuer}{prefix}{path}");
        let issuer_metadata = match settings.dialect.well_known {
            WellKnown::Inserted => well_known("openid-credential-issuer", path),
            WellKnown::Appended => appended("openid-credential-issuer", path),
        };
        Self {
            paths,
            batch_credential_endpoint: at(paths.batch_credential),
            prefix: prefix.to_owned(),
            revocation_endpoint: format!("{as_origin}{prefix}{}", paths.revocation),
            another_server: format!("{issuer}{ANOTHER_SERVER}"),
            credential_issuer,
            authorization_server,
            token_endpoint,
            challenge_endpoint,
            nonce_endpoint: at(paths.nonce),
            credential_endpoint: at(paths.credential),
            deferred_credential_endpoint: at(paths.deferred),
            notification_endpoint: at(paths.notification),
            offers: at(paths.offers),
            types: at(paths.types),
            schemas: at(paths.schemas),
            credential_ids: at(paths.credential_ids),
            key_set: at(paths.key_set),
            did: did_web(issuer, path),
            did_document: vec![did_document(path)],
            openid_configuration: vec![appended("openid-configuration", path)],
            status_list: at(paths.status_list),
            issuer_metadata: vec![issuer_metadata],
            as_metadata: vec![well_known("oauth-authorization-server", as_path)],
            another_as_metadata: well_known("oauth-authorization-server", ANOTHER_SERVER),
            jwt_vc_issuer: vec![well_known("jwt-vc-issuer", path)],
            origins,
        }
    }
}

impl Layout {
    /// Where an endpoint is served.
    pub fn path(&self, endpoint: &str) -> String {
        format!("{}{endpoint}", self.prefix)
    }
}

/// The path with a well-known name inserted before it.
fn well_known(name: &str, path: &str) -> String {
    format!("/.well-known/{name}{}", path.trim_end_matches('/'))
}

/// The path with a well-known name after it.
fn appended(name: &str, path: &str) -> String {
    format!("{}/.well-known/{name}", path.trim_end_matches('/'))
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

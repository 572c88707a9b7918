//! Where every document and endpoint lives: paths nobody would guess, so that a wallet has to read the metadata.

use crate::settings::Settings;

/// Path of the token endpoint.
pub const TOKEN: &str = "/vci/redeem";
/// Path of the nonce endpoint.
pub const NONCE: &str = "/vci/fresh-nonce";
/// Path of the credential endpoint.
pub const CREDENTIAL: &str = "/vci/collect";
/// Path under which offers by reference are served.
pub const OFFERS: &str = "/vci/handouts";
/// Path under which type metadata is served.
pub const TYPES: &str = "/vci/types";
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
    /// Nonce endpoint.
    pub nonce_endpoint: String,
    /// Credential endpoint.
    pub credential_endpoint: String,
    /// What precedes the id in the URL of an offer by reference.
    pub offers: String,
    /// What precedes the name in a `vct`.
    pub types: String,
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
        Self {
            credential_issuer,
            authorization_server,
            token_endpoint,
            nonce_endpoint: format!("{issuer}{NONCE}"),
            credential_endpoint: format!("{issuer}{CREDENTIAL}"),
            offers: format!("{issuer}{OFFERS}"),
            types: format!("{issuer}{TYPES}"),
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

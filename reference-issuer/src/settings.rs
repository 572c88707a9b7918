//! What a reference issuer is started with: its addresses, its policies, and the faults it is to show.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};

use url::Url;

use crate::{
    algorithm::Algorithm,
    binding::ANY_KEY,
    dialect::Dialect,
    faults::Fault,
    formats::Format,
    guides::{Guide, OfferApi},
    status_list::Bits,
};

/// Everything that distinguishes one reference issuer from another.
///
/// `Settings::default()` is the configuration named `default`, see [`configurations`](crate::configurations()).
#[derive(Debug, Clone)]
pub struct Settings {
    /// In what its messages differ from those of 1.0.
    pub dialect: Dialect,
    /// The guide whose issuer it is; `None` for the issuer of this crate.
    pub guide: Option<&'static Guide>,
    /// How offers are asked for on the management side; `None` for the words of this crate, or of the guide.
    pub offer_api: Option<OfferApi>,
    /// Where the protocol is served. Port 0 takes any free port.
    pub listen: SocketAddr,
    /// Where `POST /offers` is served, always without TLS. Port 0 takes any free port.
    pub management: SocketAddr,
    /// The host in every published URL, and a name in every certificate.
    pub host: String,
    /// Serve the protocol over TLS, under a certification authority made at start.
    pub tls: bool,
    /// Path component of the Credential Issuer Identifier, such as `/tenant/eu`; empty for none.
    pub issuer_path: String,
    /// Issuer path of a second tenant on the same server, with endpoints of its own; none for no tenant.
    /// It is its own authorization server.
    pub second_tenant: Option<String>,
    /// Serve the authorization server on a port, and so an origin, of its own.
    pub separate_authorization_server: bool,
    /// Whether access tokens are bound to a DPoP key (RFC 9449).
    pub dpop: Dpop,
    /// Whether both servers demand a nonce of their own in each DPoP proof (RFC 9449, sections 8 and 9).
    pub dpop_nonces: bool,
    /// Whether the nonce endpoint hands out the DPoP nonce that the credential endpoint will demand.
    pub dpop_nonces_beforehand: bool,
    /// Largest number of proofs in one credential request; `None` leaves batch issuance unannounced.
    pub batch_size: Option<u32>,
    /// The formats of the credentials on offer.
    pub formats: &'static [Format],
    /// Put every credential off; `None` issues at once.
    pub deferral: Option<Deferral>,
    /// Send whoever looks for a key document from its well-known address to another one.
    pub moves_documents: bool,
    /// Take an access token for one credential response only.
    pub single_use_tokens: bool,
    /// Remember no nonce, challenge or `jti`: nonces and challenges carry what they are good for, and are good any
    /// number of times until they expire.
    pub stateless: bool,
    /// Hand out notification ids, and serve the endpoint for them.
    pub notifications: bool,
    /// Whether messages at the credential endpoint are encrypted.
    pub encryption: Encryption,
    /// Offer, in place of the plain credentials, those whose types are described in full.
    pub describes_types: bool,
    /// Sign the issuer metadata for wallets that ask for it, and narrow display texts to the languages asked for.
    pub negotiates_metadata: bool,
    /// List another authorization server before the own one, so that offers have to say which to ask.
    pub lists_another_server: bool,
    /// Announce `authorization_details`, and answer them with two credential identifiers for each configuration.
    pub takes_authorization_details: bool,
    /// Let wallets in a browser ask (CORS).
    pub serves_browsers: bool,
    /// Name `credential_identifiers` in token answers, which credential requests must then use.
    pub names_credential_identifiers: bool,
    /// Hand out refresh tokens, and serve a revocation endpoint for them.
    pub refresh_tokens: bool,
    /// Serve token requests without a `client_id`, and announce it.
    pub anonymous: bool,
    /// How clients show at the token endpoint who they are.
    pub client_authentication: ClientAuthentication,
    /// Whether attested clients are challenged; else the `jti` of their proofs has to do.
    pub challenges: bool,
    /// Clients that are known with keys.
    pub clients: Vec<RegisteredClient>,
    /// How a key proof may name its key, for credentials other than mdocs: `cryptographic_binding_methods_supported`.
    pub bound_by: &'static [&'static str],
    /// The configurations whose credentials are bound to no key, and need no proof.
    pub unbound: &'static [&'static str],
    /// Serve a nonce endpoint, and want one of its nonces in every key proof.
    pub wants_nonces: bool,
    /// Publish the keys of the authorization server under `jwks_uri`.
    pub publishes_server_keys: bool,
    /// Whether key proofs must come with key attestations, or be attestations themselves.
    pub key_attestations: bool,
    /// PEM of the wallet providers whose attestations are taken.
    pub trusted_wallet_providers: Vec<String>,
    /// How a verifier finds the key that signs credentials.
    pub issuer_key: IssuerKey,
    /// What wallets may sign their proofs with, key proofs and DPoP proofs, and their providers the key attestations in
    /// the headers of key proofs.
    pub wallet_algorithms: &'static [Algorithm],
    /// What wallet providers may sign other attestations with: those of clients, and key attestations in place of
    /// proofs.
    pub provider_algorithms: &'static [Algorithm],
    /// What clients may sign with: the proofs of attested ones, and assertions.
    pub client_algorithms: &'static [Algorithm],
    /// What credentials are signed with: their configurations take turns.
    pub issuer_algorithms: &'static [Algorithm],
    /// Give each credential an entry in a Token Status List of so many bits; `None` for no status at all.
    pub status_list: Option<Bits>,
    /// Where the operator's backend is told of each offer, over http; `None` tells nobody.
    pub callback: Option<Url>,
    /// How long the things handed out remain good.
    pub lifetimes: Lifetimes,
    /// Deliberate misbehaviour, shown in every exchange it applies to.
    pub faults: Vec<&'static Fault>,
    /// Misbehaviour drawn by lot, request by request, on top of `faults`.
    pub misbehave: Option<Misbehave>,
}

impl Settings {
    /// How offers are asked for, where that is not in the words of this crate.
    pub(crate) fn offer_api(&self) -> Option<OfferApi> {
        self.offer_api.or(self.guide.map(|guide| guide.offer_api))
    }
}

impl Default for Settings {
    fn default() -> Self {
        let any_port = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
        Self {
            dialect: Dialect::FINAL,
            guide: None,
            offer_api: None,
            listen: any_port,
            management: any_port,
            host: "127.0.0.1".to_owned(),
            tls: false,
            issuer_path: String::new(),
            second_tenant: None,
            separate_authorization_server: false,
            dpop: Dpop::Optional,
            dpop_nonces: true,
            dpop_nonces_beforehand: false,
            batch_size: Some(50),
            formats: &[Format::SdJwt],
            deferral: None,
            moves_documents: false,
            single_use_tokens: false,
            stateless: false,
            notifications: false,
            encryption: Encryption::Off,
            describes_types: false,
            negotiates_metadata: false,
            lists_another_server: false,
            takes_authorization_details: false,
            serves_browsers: false,
            names_credential_identifiers: false,
            refresh_tokens: false,
            anonymous: true,
            client_authentication: ClientAuthentication::None,
            challenges: true,
            clients: Vec::new(),
            bound_by: ANY_KEY,
            unbound: &[],
            wants_nonces: true,
            publishes_server_keys: false,
            key_attestations: false,
            trusted_wallet_providers: Vec::new(),
            issuer_key: IssuerKey::CertificateChain,
            wallet_algorithms: &[Algorithm::Es256],
            provider_algorithms: &[Algorithm::Es256],
            client_algorithms: &[Algorithm::Es256],
            issuer_algorithms: &[Algorithm::Es256],
            status_list: None,
            callback: None,
            lifetimes: Lifetimes::default(),
            faults: Vec::new(),
            misbehave: None,
        }
    }
}

/// One of the issuers on a server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tenant {
    /// The one that every server has.
    #[default]
    First,
    /// The one at [`Settings::second_tenant`].
    Second,
}

/// Whether access tokens are bound to a DPoP key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dpop {
    /// Not announced; a `DPoP` header is ignored and every token is a bearer token.
    Off,
    /// A proof at the token endpoint binds the token; without one it is a bearer token.
    Optional,
    /// A token request without a proof is refused.
    Required,
}

/// How long a credential that is put off stays so (OpenID4VCI, section 9).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deferral {
    /// How often the wallet is told to ask again before the credential is there; `None` waits for the management
    /// side to release it.
    pub polls: Option<u32>,
    /// What `interval` says: seconds, a positive number.
    pub interval: f64,
    /// Whether credentials are put off for those only whose name asks for it.
    pub is_rare: bool,
}

/// How clients show at the token endpoint who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// Not at all.
    None,
    /// By an attestation of a trusted wallet provider, with a proof of possession over a challenge.
    Attestation,
    /// By a JWT signed with a registered key.
    PrivateKeyJwt,
}

/// A client that is known with its keys.
#[derive(Debug, Clone)]
pub struct RegisteredClient {
    /// Its `client_id`.
    pub id: String,
    /// Its public keys, JWKs.
    pub keys: Vec<serde_json::Value>,
}

/// Whether messages at the credential endpoint are encrypted, on top of TLS (OpenID4VCI, section 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// Not announced, and refused.
    Off,
    /// Announced for requests and responses, with compression, and left to the wallet.
    Offered,
    /// Announced for requests and responses, without compression, and required of both.
    Required,
}

/// How a verifier finds the key that signs credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuerKey {
    /// An `x5c` header under [`Running::trust_anchor`](crate::Running::trust_anchor).
    CertificateChain,
    /// A `kid` header, resolved in the JWT VC Issuer Metadata of `iss`.
    IssuerMetadata,
}

/// How long the things handed out remain good.
#[derive(Debug, Clone, Copy)]
pub struct Lifetimes {
    /// A pre-authorized code, and the offer that carries it.
    pub code: Duration,
    /// An access token.
    pub access_token: Duration,
    /// A refresh token.
    pub refresh_token: Duration,
    /// A `c_nonce` nobody has used.
    pub c_nonce: Duration,
    /// A DPoP nonce.
    pub dpop_nonce: Duration,
    /// A credential, counted from the midnight (UTC) before it was issued.
    pub credential: Duration,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            code: Duration::from_secs(300),
            access_token: Duration::from_secs(300),
            refresh_token: Duration::from_secs(86_400),
            c_nonce: Duration::from_secs(300),
            dpop_nonce: Duration::from_secs(300),
            credential: Duration::from_secs(30 * 86_400),
        }
    }
}

/// Misbehaviour drawn by lot: a difficult day that can be repeated.
#[derive(Debug, Clone, Copy)]
pub struct Misbehave {
    /// Probability, 0 to 1, that a request meets a fault.
    pub share: f64,
    /// Start of the draw: the same seed and the same order of requests give the same faults.
    pub seed: u64,
}

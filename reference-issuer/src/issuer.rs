//! The issuer itself: what it was started with, what it prepared then, and what it remembers.

use std::{
    sync::{Arc, atomic::AtomicU64},
    time::Duration,
};

use axum::body::Bytes;
use serde_json::{Map, Value, json};

use crate::{
    algorithm::{self, Algorithm},
    attesters::Attesters,
    callbacks::Callbacks,
    client_authentication,
    clock::Hourglass,
    credentials::{self, Credential},
    dialect::{self, AuthorizationServer, Batch, Nonces},
    encryption,
    faults::{Stage, conduct::Conduct},
    formats::{
        Format, jwt_vc,
        mdoc::{DocumentSigner, SignerPlan},
    },
    guides::Drafts,
    jwe::DecryptionKey,
    key_attestation,
    keys::{KeyPlan, Signer},
    layout::{Layout, Origins},
    refusal::Scheme,
    self_contained::SelfContained,
    settings::{Dpop, Encryption, IssuerKey, Settings, Tenant},
    start::StartError,
    station::Station,
    status_list::{Status, StatusError, StatusList},
    store::Store,
    typed_credentials::{self, TypeDocument},
};

/// Everything a request may need.
pub struct Issuer {
    /// What it was started with.
    pub settings: Settings,
    /// Where everything lives.
    pub layout: Layout,
    /// The credentials on offer.
    pub credentials: Vec<Credential>,
    /// The keys that requests can be encrypted for.
    pub request_keys: Vec<DecryptionKey>,
    /// Type metadata, by the last segment of their URLs.
    pub types: Vec<(String, Bytes)>,
    /// The keys that sign them, one for each algorithm; the first signs status lists, too.
    pub signers: Vec<Signer>,
    /// The wallet providers that it trusts.
    pub attesters: Attesters,
    /// The keys that sign mdocs, one for each algorithm, where there are any.
    pub document_signers: Vec<DocumentSigner>,
    /// Which of the issuers on the server it is.
    pub tenant: Tenant,
    /// What it remembers, together with its neighbour.
    pub store: Arc<Store>,
    /// The line to the operator's backend, where there is one.
    pub callbacks: Option<Callbacks>,
    /// What lifetimes are measured by.
    pub hourglass: Hourglass,
    /// The other tenant of the server, known to the first.
    pub neighbour: Option<Arc<Issuer>>,
    /// The standing of each credential, where it has any.
    pub status_list: Option<StatusList>,
    /// DPoP nonces.
    pub self_contained: SelfContained,
    /// Documents written once.
    pub documents: Documents,
    turns: AtomicU64,
}

/// Metadata, written once.
pub struct Documents {
    /// Credential Issuer Metadata.
    pub issuer_metadata: Bytes,
    /// Authorization server metadata.
    pub as_metadata: Bytes,
    /// Metadata of the other authorization server.
    pub another_as_metadata: Bytes,
    /// JWT VC Issuer Metadata.
    pub jwt_vc_issuer: Bytes,
    /// The DID document.
    pub did_document: Bytes,
    /// The OpenID configuration.
    pub openid_configuration: Bytes,
    /// The key set that it leads to.
    pub key_set: Bytes,
}

impl Issuer {
    /// Makes keys and documents for these origins, and a neighbour where there is to be one.
    pub fn new(settings: Settings, origins: Origins) -> Result<Self, StartError> {
        let mut lifetimes = settings.lifetimes;
        for fault in &settings.faults {
            if let Stage::Lifetimes(alter) = fault.stage {
                alter(&mut lifetimes);
            }
        }
        let hourglass = Hourglass::default();
        let store = Arc::new(Store::new(&lifetimes, &hourglass));
        let make = |tenant| {
            let (settings, origins) = (settings.clone(), origins.clone());
            Self::of(tenant, settings, origins, Arc::clone(&store), hourglass.clone())
        };
        let mut first = make(Tenant::First)?;
        if settings.second_tenant.is_some() {
            first.neighbour = Some(Arc::new(make(Tenant::Second)?));
        }
        Ok(first)
    }

    fn of(
        tenant: Tenant,
        settings: Settings,
        origins: Origins,
        store: Arc<Store>,
        hourglass: Hourglass,
    ) -> Result<Self, StartError> {
        let mut layout = Layout::new(&settings, origins, tenant);
        for fault in &settings.faults {
            if let Stage::Route(alter) = fault.stage {
                alter(&mut layout);
            }
        }
        let mut plan = KeyPlan {
            typ: settings.dialect.sd_jwt,
            issuer_key: settings.issuer_key,
            host: settings.host.clone(),
            credential_issuer: layout.credential_issuer.clone(),
            under_a_stranger: false,
        };
        for fault in &settings.faults {
            if let Stage::Keys(alter) = fault.stage {
                alter(&mut plan);
            }
        }
        let algorithms = settings.issuer_algorithms.iter();
        let signers: Result<Vec<_>, _> = algorithms.map(|one| Signer::new(&plan, *one)).collect();
        let signers = signers?;
        let document_signers = document_signers(&settings, &layout)?;
        let (credentials, types) = if settings.describes_types {
            typed_credentials::table(&layout.types)
        } else {
            let algorithms = settings.issuer_algorithms;
            let credentials = match settings.guide {
                Some(guide) => (guide.credentials)(&layout),
                None => credentials::table(settings.formats, &layout.types, algorithms),
            };
            let types = credentials.iter().filter(|one| one.format == Format::SdJwt);
            let types = types.map(|one| TypeDocument::new(one.id, &one.type_metadata())).collect();
            (credentials, types)
        };
        let types = types.into_iter().map(|one| (one.name, Bytes::from(one.text))).collect();
        let request_keys = request_keys(settings.encryption)?;
        let mut issuer_metadata = issuer_metadata(&settings, &layout, &credentials);
        encryption::announce(&settings, &request_keys, &mut issuer_metadata);
        let mut drafts = Drafts {
            issuer_metadata,
            as_metadata: as_metadata(&settings, &layout),
            did_document: jwt_vc::did_document(&layout.did, &signers),
            openid_configuration: jwt_vc::openid_configuration(&layout),
        };
        if let Some(guide) = settings.guide {
            (guide.rewrite)(&layout, &mut drafts);
        }
        let keys: Vec<Value> = signers.iter().map(Signer::jwk).collect();
        let documents = Documents {
            issuer_metadata: written(drafts.issuer_metadata),
            as_metadata: written(drafts.as_metadata),
            another_as_metadata: written(another_as_metadata(&layout)),
            jwt_vc_issuer: written(json!({
                "issuer": layout.credential_issuer,
                "jwks": {"keys": keys}
            })),
            did_document: written(drafts.did_document),
            openid_configuration: written(drafts.openid_configuration),
            key_set: written(json!({"keys": keys})),
        };
        Ok(Self {
            callbacks: Callbacks::new(&settings, &hourglass),
            attesters: Attesters::new(&settings.trusted_wallet_providers),
            tenant,
            store,
            self_contained: SelfContained::new(&settings.lifetimes, &hourglass),
            hourglass,
            neighbour: None,
            status_list: settings.status_list.map(StatusList::new),
            turns: AtomicU64::new(0),
            settings,
            layout,
            credentials,
            request_keys,
            types,
            signers,
            document_signers,
            documents,
        })
    }

    /// Says what became of the credential with that entry.
    pub fn set_status(&self, uri: &str, index: usize, status: Status) -> Result<(), StatusError> {
        let list = self.status_list.as_ref().ok_or(StatusError::NoList)?;
        if uri != self.layout.status_list {
            return Err(StatusError::Unknown);
        }
        list.set(index, status)
    }

    /// Says what became of everything that was issued for an offer, and answers how much that is.
    pub fn set_status_for_offer(&self, id: &str, status: Status) -> Result<usize, StatusError> {
        let list = self.status_list.as_ref().ok_or(StatusError::NoList)?;
        list.set_for_offer(id, status)
    }

    /// How it behaves in the exchange that begins now.
    pub fn conduct(&self, station: Station) -> Conduct<'_> {
        Conduct::next(&self.settings, &self.turns, station)
    }

    /// Lets lifetimes run out without waiting.
    pub fn advance(&self, by: Duration) {
        self.hourglass.advance(by);
        if let Some(callbacks) = &self.callbacks {
            callbacks.end_what_is_over();
        }
    }

    /// The tenant of a kind, this one or its neighbour.
    pub fn of_tenant(&self, tenant: Tenant) -> Option<&Self> {
        match tenant == self.tenant {
            true => Some(self),
            false => self.neighbour.as_deref(),
        }
    }

    /// The place of a configuration in the table of credentials.
    pub fn place_of(&self, credential_configuration_id: &str) -> Option<usize> {
        let mut ids = self.credentials.iter().map(|credential| credential.id);
        ids.position(|id| id == credential_configuration_id)
    }

    /// PEM of the authorities that verifiers are to trust.
    pub fn trust_anchors(&self) -> String {
        let of_mdocs = self.document_signers.iter().map(DocumentSigner::trust_anchor);
        self.signers.iter().map(Signer::trust_anchor).chain(of_mdocs).collect()
    }

    /// The key that signs under that algorithm.
    pub fn signer(&self, algorithm: Algorithm) -> Option<&Signer> {
        self.signers.iter().find(|signer| signer.algorithm() == algorithm)
    }

    /// The key that signs mdocs under that algorithm.
    pub fn document_signer(&self, algorithm: Algorithm) -> Option<&DocumentSigner> {
        self.document_signers.iter().find(|signer| signer.algorithm() == algorithm)
    }

    /// Whether a proof of a wallet was not seen before, as far as that is remembered.
    pub fn is_new_proof(&self, unique: &str) -> bool {
        self.settings.stateless || self.store.note_proof(unique)
    }

    /// The schemes under which the credential endpoint takes an access token.
    pub fn schemes(&self) -> &'static [Scheme] {
        match self.settings.dpop {
            Dpop::Off => &[Scheme::Bearer],
            Dpop::Optional => &[Scheme::Bearer, Scheme::Dpop],
            Dpop::Required => &[Scheme::Dpop],
        }
    }

    /// Whether it issues credentials of that format.
    pub fn issues(&self, format: Format) -> bool {
        self.settings.formats.contains(&format)
    }

    /// Whether credentials are verified by JWT VC Issuer Metadata.
    pub fn publishes_keys(&self) -> bool {
        self.settings.issuer_key == IssuerKey::IssuerMetadata
    }
}

fn document_signers(
    settings: &Settings,
    layout: &Layout,
) -> Result<Vec<DocumentSigner>, StartError> {
    if !settings.formats.contains(&Format::Mdoc) {
        return Ok(Vec::new());
    }
    let mut plan = SignerPlan::new(layout.credential_issuer.clone());
    for fault in &settings.faults {
        if let Stage::DocumentSigner(alter) = fault.stage {
            alter(&mut plan);
        }
    }
    settings.issuer_algorithms.iter().map(|one| DocumentSigner::new(&plan, *one)).collect()
}

fn issuer_metadata(settings: &Settings, layout: &Layout, credentials: &[Credential]) -> Value {
    let mut metadata = json!({"credential_issuer": layout.credential_issuer});
    match settings.dialect.authorization_server {
        AuthorizationServer::Own if layout.origins.authorization_server.is_none() => {}
        AuthorizationServer::Own | AuthorizationServer::Named => {
            metadata["authorization_servers"] = match settings.lists_another_server {
                true => json!([layout.another_server, layout.authorization_server]),
                false => json!([layout.authorization_server]),
            };
        }
        AuthorizationServer::OpenidConfiguration => {
            metadata["authorization_servers"] = json!([layout.authorization_server]);
            metadata["token_endpoint"] = json!(layout.token_endpoint);
        }
        AuthorizationServer::IssuerMetadata => {
            metadata["authorization_server"] = json!(layout.authorization_server);
            metadata["token_endpoint"] = json!(layout.token_endpoint);
        }
    }
    metadata["credential_endpoint"] = json!(layout.credential_endpoint);
    if settings.dialect.nonces == Nonces::Endpoint {
        metadata["nonce_endpoint"] = json!(layout.nonce_endpoint);
    }
    if settings.deferral.is_some() {
        metadata["deferred_credential_endpoint"] = json!(layout.deferred_credential_endpoint);
    }
    if settings.notifications {
        metadata["notification_endpoint"] = json!(layout.notification_endpoint);
    }
    if let Some(batch_size) = settings.batch_size {
        match settings.dialect.batch {
            Batch::Proofs => {
                metadata["batch_credential_issuance"] = json!({"batch_size": batch_size});
            }
            Batch::Endpoint => {
                metadata["batch_credential_endpoint"] = json!(layout.batch_credential_endpoint);
            }
        }
    }
    metadata["display"] = json!([
        {"name": "Reference Issuer", "locale": "en"},
        {"name": "Referenzaussteller", "locale": "de"}
    ]);
    let configurations: Map<String, Value> = credentials
        .iter()
        .map(|credential| {
            let algorithms = settings.wallet_algorithms;
            let mut metadata = dialect::describe(&settings.dialect, credential, algorithms);
            if settings.key_attestations {
                key_attestation::announce(&mut metadata);
            }
            (credential.id.to_owned(), metadata)
        })
        .collect();
    metadata["credential_configurations_supported"] = Value::Object(configurations);
    metadata
}

fn as_metadata(settings: &Settings, layout: &Layout) -> Value {
    let mut metadata = json!({
        "issuer": layout.authorization_server,
        "token_endpoint": layout.token_endpoint,
        "grant_types_supported": ["urn:ietf:params:oauth:grant-type:pre-authorized_code"],
        "token_endpoint_auth_methods_supported": ["none"]
    });
    if settings.takes_authorization_details {
        metadata["authorization_details_types_supported"] = json!(["openid_credential"]);
    }
    if settings.refresh_tokens {
        if let Some(grants) = metadata["grant_types_supported"].as_array_mut() {
            grants.push(json!("refresh_token"));
        }
        metadata["revocation_endpoint"] = json!(layout.revocation_endpoint);
    }
    if settings.dpop != Dpop::Off {
        metadata["dpop_signing_alg_values_supported"] =
            json!(algorithm::names(settings.wallet_algorithms));
    }
    if settings.anonymous {
        metadata["pre-authorized_grant_anonymous_access_supported"] = json!(true);
    }
    client_authentication::announce(settings, layout, &mut metadata);
    if settings.refresh_tokens {
        metadata["revocation_endpoint_auth_methods_supported"] =
            metadata["token_endpoint_auth_methods_supported"].clone();
    }
    metadata
}

/// A server of the authorization code flow. Nobody who has a pre-authorized code asks it for anything.
fn another_as_metadata(layout: &Layout) -> Value {
    json!({
        "issuer": layout.another_server,
        "authorization_endpoint": format!("{}/consent", layout.another_server),
        "token_endpoint": format!("{}/redeem", layout.another_server),
        "grant_types_supported": ["authorization_code"],
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"]
    })
}

/// Two keys, so that a wallet has a choice.
fn request_keys(encryption: Encryption) -> Result<Vec<DecryptionKey>, StartError> {
    let count = if encryption == Encryption::Off { 0 } else { 2 };
    (0..count).map(|_| DecryptionKey::generate().ok_or(StartError::Key)).collect()
}

fn written(document: Value) -> Bytes {
    Bytes::from(document.to_string())
}

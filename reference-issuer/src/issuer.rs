//! The issuer itself: what it was started with, what it prepared then, and what it remembers.

use std::{
    sync::{Arc, atomic::AtomicU64},
    time::Duration,
};

use axum::body::Bytes;

use crate::{
    algorithm::Algorithm,
    attesters::Attesters,
    callbacks::Callbacks,
    clock::Hourglass,
    credentials::{self, Credential},
    faults::{Stage, conduct::Conduct},
    formats::{
        Format,
        mdoc::{DocumentSigner, SignerPlan},
    },
    jwe::DecryptionKey,
    keys::{KeyPlan, Signer},
    layout::{Layout, Origins},
    published::Documents,
    refusal::Scheme,
    self_contained::SelfContained,
    settings::{Dpop, Encryption, IssuerKey, Settings, Tenant},
    start_error::StartError,
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
        let documents = Documents::write(&settings, &layout, &credentials, &signers, &request_keys);
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

/// Two keys, so that a wallet has a choice.
fn request_keys(encryption: Encryption) -> Result<Vec<DecryptionKey>, StartError> {
    let count = if encryption == Encryption::Off { 0 } else { 2 };
    (0..count).map(|_| DecryptionKey::generate().ok_or(StartError::Key)).collect()
}

//! The wallet providers whose word counts, and the certificates by which they are known.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, UnixTime, pem::PemObject},
    server::{WebPkiClientVerifier, danger::ClientCertVerifier},
};
use serde_json::Value;

use crate::public_key::PublicKey;

/// Longest chain that is looked at.
const LONGEST: usize = 5;

/// The trusted wallet providers.
pub struct Attesters {
    anchors: Vec<CertificateDer<'static>>,
    /// Absent where nobody is trusted.
    verifier: Option<Arc<dyn ClientCertVerifier>>,
}

/// The signer of an attestation, as its `x5c` header has it.
pub struct Attester {
    /// The key in the first certificate.
    pub key: PublicKey,
    /// Whether the chain ends in a trusted anchor.
    pub is_trusted: bool,
    /// Whether the chain brings the anchor along.
    pub brings_anchor: bool,
    /// Whether the first certificate is its own issuer.
    pub is_its_own_issuer: bool,
}

impl Attesters {
    /// Takes PEM texts of one or more anchors each; what is no certificate is left out.
    pub fn new(texts: &[String]) -> Self {
        let anchors: Vec<CertificateDer<'static>> = texts
            .iter()
            .flat_map(|text| CertificateDer::pem_slice_iter(text.as_bytes()).flatten())
            .map(CertificateDer::into_owned)
            .collect();
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(anchors.iter().cloned());
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let verifier =
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().ok();
        Self { anchors, verifier }
    }

    /// Reads an `x5c` header and looks where its chain ends.
    pub fn read(&self, x5c: &Value) -> Option<Attester> {
        let chain: Option<Vec<CertificateDer<'static>>> = x5c
            .as_array()
            .filter(|chain| chain.len() <= LONGEST)?
            .iter()
            .map(|text| Some(CertificateDer::from(STANDARD.decode(text.as_str()?).ok()?)))
            .collect();
        let chain = chain?;
        let (leaf, rest) = chain.split_first()?;
        let is_trusted = self.verifier.as_ref().is_some_and(|verifier| {
            verifier.verify_client_cert(leaf, rest, UnixTime::now()).is_ok()
        });
        Some(Attester {
            key: PublicKey::from_certificate(leaf)?,
            is_trusted,
            brings_anchor: chain.iter().any(|one| self.anchors.contains(one)),
            is_its_own_issuer: rest.is_empty() && is_self_issued(leaf),
        })
    }
}

/// Whether a certificate verifies under itself, taken as an anchor, and so is signed by its own key.
fn is_self_issued(leaf: &CertificateDer<'_>) -> bool {
    let mut roots = RootCertStore::empty();
    if roots.add(leaf.clone().into_owned()).is_err() {
        return false;
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
    verifier.is_ok_and(|verifier| verifier.verify_client_cert(leaf, &[], UnixTime::now()).is_ok())
}

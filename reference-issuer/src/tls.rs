//! Server TLS under a certification authority that lives as long as the issuer does.

use std::sync::Arc;

use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, date_time_ymd};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use crate::{
    keys::{alternative_name, authority, named},
    start_error::StartError,
};

/// A server configuration, and the authority that clients must trust to reach it.
pub struct Tls {
    /// What the listeners speak.
    pub server: Arc<ServerConfig>,
    /// The authority, PEM.
    pub ca_certificate: String,
}

impl Tls {
    /// Makes an authority and a leaf for the host, `localhost` and 127.0.0.1, on the aws-lc-rs provider.
    pub fn new(host: &str) -> Result<Self, StartError> {
        let authority = authority("Reference Issuer TLS Authority")?;
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::default();
        params.distinguished_name = named(host);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        (params.not_before, params.not_after) =
            (date_time_ymd(2025, 1, 1), date_time_ymd(2048, 1, 1));
        let mut names = vec![alternative_name(host)?];
        for local in ["localhost", "127.0.0.1"] {
            let name = alternative_name(local)?;
            if !names.contains(&name) {
                names.push(name);
            }
        }
        params.subject_alt_names = names;
        let leaf = params.signed_by(&key, &authority)?;

        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut server =
            ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
                .with_safe_default_protocol_versions()?
                .with_no_client_auth()
                .with_single_cert(vec![leaf.der().clone()], key)?;
        server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { server: Arc::new(server), ca_certificate: authority.pem() })
    }
}

//! The certificates that a server shows, whatever they are worth: what is wrong with them can only
//! be told when they were looked at. Nothing is sent over the connection.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, Error, SignatureScheme};

use crate::jose::Certificate;

/// How long a handshake may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The chain that a server shows for a host, or why the handshake failed.
pub async fn shown(host: String, address: SocketAddr) -> Result<Vec<Certificate>, String> {
    let shaken = tokio::task::spawn_blocking(move || handshake(&host, address)).await;
    shaken.map_err(|error| error.to_string())?
}

fn handshake(host: &str, address: SocketAddr) -> Result<Vec<Certificate>, String> {
    let in_words = |error: io::Error| error.to_string();
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Onlooker(provider)))
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
    let mut connection =
        ClientConnection::new(Arc::new(config), name).map_err(|error| error.to_string())?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(in_words)?;
    stream.set_read_timeout(Some(PATIENCE)).map_err(in_words)?;
    stream.set_write_timeout(Some(PATIENCE)).map_err(in_words)?;
    while connection.is_handshaking() {
        connection.complete_io(&mut stream).map_err(in_words)?;
    }
    let shown = connection.peer_certificates().unwrap_or_default();
    shown.iter().map(|der| Certificate::from_der(der).map_err(|error| error.to_string())).collect()
}

/// Lets any certificate pass, and looks at the signatures of the handshake alone.
#[derive(Debug)]
struct Onlooker(Arc<CryptoProvider>);

impl ServerCertVerifier for Onlooker {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

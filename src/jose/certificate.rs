//! One X.509 certificate (RFC 5280), as an `x5c` entry or a trust anchor brings it.

use std::fmt;
use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use x509_cert::der::{Decode as _, Encode as _, Reader as _, SliceReader};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{BasicConstraints, SubjectAltName};

use super::jwk::KeyError;
use super::public_key::{PublicKey, VerifyError};

/// The longest certificate that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// A certificate that could be read. Whether it is valid, and for what, is judged elsewhere.
#[derive(Clone, PartialEq)]
pub struct Certificate {
    der: Vec<u8>,
    signed_part: Vec<u8>,
    parsed: x509_cert::Certificate,
    alternative_names: Vec<GeneralName>,
    is_ca: bool,
}

/// A text or sequence of bytes is no certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// It is no standard base64, as `x5c` demands (RFC 7515, section 4.1.6).
    #[error("expected a certificate in standard base64: {0}")]
    Base64(String),
    /// It is no DER certificate.
    #[error("unreadable certificate: {0}")]
    Der(String),
    /// There is no certificate in the file.
    #[error("expected certificates in PEM or one in DER, found {0}")]
    Pem(String),
}

impl Certificate {
    /// Reads a DER certificate.
    ///
    /// # Errors
    /// [`CertificateError::Der`]
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        let unreadable = |error: x509_cert::der::Error| CertificateError::Der(error.to_string());
        if der.len() > LONGEST {
            return Err(CertificateError::Der(format!(
                "it has {} bytes, more than {LONGEST}",
                der.len()
            )));
        }
        let parsed = x509_cert::Certificate::from_der(der).map_err(unreadable)?;
        let signed_part = signed_part(der).map_err(unreadable)?;
        let contents = parsed.tbs_certificate();
        let alternative_names = contents.get_extension::<SubjectAltName>().map_err(unreadable)?;
        let constraints = contents.get_extension::<BasicConstraints>().map_err(unreadable)?;
        Ok(Self {
            der: der.to_vec(),
            signed_part,
            alternative_names: alternative_names.map(|(_, names)| names.0).unwrap_or_default(),
            is_ca: constraints.is_some_and(|(_, constraints)| constraints.ca),
            parsed,
        })
    }

    /// Reads an `x5c` entry: DER in standard base64, not base64url.
    ///
    /// # Errors
    /// [`CertificateError`]
    pub fn from_base64(text: &str) -> Result<Self, CertificateError> {
        let der = STANDARD.decode(text).map_err(|error| {
            CertificateError::Base64(if text.contains(['-', '_']) {
                "it uses the alphabet of base64url (`-`, `_`)".to_owned()
            } else {
                error.to_string().to_lowercase()
            })
        })?;
        Self::from_der(&der)
    }

    /// Reads a file of trust anchors: one DER certificate, or any number in PEM (RFC 7468).
    ///
    /// # Errors
    /// [`CertificateError`] if one of them cannot be read, or there is none.
    pub fn read_all(file: &[u8]) -> Result<Vec<Self>, CertificateError> {
        if file.first() == Some(&0x30) {
            return Ok(vec![Self::from_der(file)?]);
        }
        let text = std::str::from_utf8(file)
            .map_err(|_| CertificateError::Pem("other bytes".to_owned()))?;
        let mut certificates = Vec::new();
        let mut rest = text;
        while let Some((_, after)) = rest.split_once("-----BEGIN CERTIFICATE-----") {
            let Some((body, after)) = after.split_once("-----END CERTIFICATE-----") else {
                return Err(CertificateError::Pem("a PEM block without end".to_owned()));
            };
            let body: String = body.split_ascii_whitespace().collect();
            certificates.push(Self::from_base64(&body)?);
            rest = after;
        }
        if certificates.is_empty() {
            return Err(CertificateError::Pem("no PEM block of a certificate".to_owned()));
        }
        Ok(certificates)
    }

    /// The certificate's bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The subject's distinguished name (RFC 4514).
    pub fn subject(&self) -> String {
        self.parsed.tbs_certificate().subject().to_string()
    }

    /// The issuer's distinguished name (RFC 4514).
    pub fn issuer(&self) -> String {
        self.parsed.tbs_certificate().issuer().to_string()
    }

    /// The first second of its validity, since the Unix epoch.
    pub fn not_before(&self) -> i64 {
        seconds(self.parsed.tbs_certificate().validity().not_before)
    }

    /// The last second of its validity, since the Unix epoch.
    pub fn not_after(&self) -> i64 {
        seconds(self.parsed.tbs_certificate().validity().not_after)
    }

    /// Whether it is valid at this second since the Unix epoch.
    pub fn is_valid_at(&self, now: i64) -> bool {
        (self.not_before()..=self.not_after()).contains(&now)
    }

    /// The DNS names among the subject's alternative names.
    pub fn dns_names(&self) -> Vec<String> {
        let of_dns = |name: &GeneralName| match name {
            GeneralName::DnsName(name) => Some(name.to_string()),
            _ => None,
        };
        self.alternative_names.iter().filter_map(of_dns).collect()
    }

    /// The URIs among the subject's alternative names.
    pub fn uris(&self) -> Vec<String> {
        let of_uri = |name: &GeneralName| match name {
            GeneralName::UniformResourceIdentifier(uri) => Some(uri.to_string()),
            _ => None,
        };
        self.alternative_names.iter().filter_map(of_uri).collect()
    }

    /// The IP addresses among the subject's alternative names.
    pub fn ip_addresses(&self) -> Vec<IpAddr> {
        let of_address = |name: &GeneralName| match name {
            GeneralName::IpAddress(octets) => address(octets.as_bytes()),
            _ => None,
        };
        self.alternative_names.iter().filter_map(of_address).collect()
    }

    /// Whether subject and issuer have the same name.
    pub fn is_self_issued(&self) -> bool {
        self.names_as_issuer(self)
    }

    /// Whether it is self-issued and its own key verifies it. A self-issued certificate whose
    /// signature algorithm is not supported counts as self-signed too.
    pub fn is_self_signed(&self) -> bool {
        self.is_self_issued()
            && matches!(self.signed_by(self), Ok(()) | Err(VerifyError::UnsupportedAlgorithm(_)))
    }

    /// Whether its basic constraints say that it may sign others.
    pub fn is_ca(&self) -> bool {
        self.is_ca
    }

    /// The key that it certifies.
    ///
    /// # Errors
    /// [`KeyError::Unsupported`] for RSA and other curves.
    pub fn public_key(&self) -> Result<PublicKey, KeyError> {
        let info = self.parsed.tbs_certificate().subject_public_key_info();
        let der = info.to_der().map_err(|error| KeyError::Unreadable(error.to_string()))?;
        PublicKey::from_subject_public_key_info(&der)
    }

    /// Whether its issuer has the name of the other's subject (letter case aside).
    pub fn names_as_issuer(&self, other: &Self) -> bool {
        self.issuer().eq_ignore_ascii_case(&other.subject())
    }

    /// Verifies its signature with the key of the other. Names and validity are not looked at.
    ///
    /// # Errors
    /// [`VerifyError::UnsupportedAlgorithm`] if nothing can be said, else the signature is wrong.
    pub fn signed_by(&self, other: &Self) -> Result<(), VerifyError> {
        let algorithm = self.parsed.signature_algorithm().oid.to_string();
        let signature = self.parsed.signature().raw_bytes();
        let key = other
            .public_key()
            .map_err(|error| VerifyError::UnsupportedAlgorithm(error.to_string()))?;
        let digest = match algorithm.as_str() {
            ED25519 => return key.verify("Ed25519", &self.signed_part, signature),
            ECDSA_WITH_SHA256 => Sha256::digest(&self.signed_part).to_vec(),
            ECDSA_WITH_SHA384 => Sha384::digest(&self.signed_part).to_vec(),
            ECDSA_WITH_SHA512 => Sha512::digest(&self.signed_part).to_vec(),
            _ => return Err(VerifyError::UnsupportedAlgorithm(algorithm)),
        };
        verify_ecdsa_der(&key, &algorithm, &digest, signature)
    }
}

/// Shows whose certificate it is and who issued it.
impl fmt::Debug for Certificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Certificate")
            .field("subject", &self.subject())
            .field("issuer", &self.issuer())
            .finish_non_exhaustive()
    }
}

const ECDSA_WITH_SHA256: &str = "1.2.840.10045.4.3.2";
const ECDSA_WITH_SHA384: &str = "1.2.840.10045.4.3.3";
const ECDSA_WITH_SHA512: &str = "1.2.840.10045.4.3.4";
const ED25519: &str = "1.3.101.112";

/// The bytes that the issuer signed, exactly as they came.
fn signed_part(der: &[u8]) -> Result<Vec<u8>, x509_cert::der::Error> {
    SliceReader::new(der)?.sequence(|reader| {
        let signed_part = reader.tlv_bytes()?.to_vec();
        reader.tlv_bytes()?;
        reader.tlv_bytes()?;
        Ok(signed_part)
    })
}

fn verify_ecdsa_der(
    key: &PublicKey,
    algorithm: &str,
    digest: &[u8],
    signature: &[u8],
) -> Result<(), VerifyError> {
    use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
    let holds = match key {
        PublicKey::P256(key) => p256::ecdsa::Signature::from_der(signature)
            .and_then(|signature| key.verify_prehash(digest, &signature)),
        PublicKey::P384(key) => p384::ecdsa::Signature::from_der(signature)
            .and_then(|signature| key.verify_prehash(digest, &signature)),
        PublicKey::Ed25519(_) => {
            return Err(VerifyError::OtherKeyKind {
                algorithm: algorithm.to_owned(),
                curve: key.curve(),
            });
        }
    };
    holds.map_err(|_| VerifyError::Mismatch)
}

fn seconds(time: x509_cert::time::Time) -> i64 {
    i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX)
}

fn address(octets: &[u8]) -> Option<IpAddr> {
    if let Ok(octets) = <[u8; 4]>::try_from(octets) {
        return Some(octets.into());
    }
    <[u8; 16]>::try_from(octets).ok().map(IpAddr::from)
}

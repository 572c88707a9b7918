//! One X.509 certificate (RFC 5280), as an `x5c` entry or a trust anchor brings it.

use std::fmt;
use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use x509_cert::der::{Decode as _, Encode as _, Reader as _, SliceReader};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{BasicConstraints, SubjectAltName};

use super::jwk::KeyError;
use super::public_key::PublicKey;
use super::verify::VerifyError;

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

    /// The certificate as PEM (RFC 7468).
    pub fn to_pem(&self) -> String {
        let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
        let base64 = STANDARD.encode(self.der());
        for (place, character) in base64.chars().enumerate() {
            if place > 0 && place % 64 == 0 {
                pem.push('\n');
            }
            pem.push(character);
        }
        pem.push_str("\n-----END CERTIFICATE-----\n");
        pem
    }

    /// What it says, for those in this room who read more of it.
    pub(super) fn contents(&self) -> &x509_cert::TbsCertificate {
        self.parsed.tbs_certificate()
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
        key.verify_certificate(&algorithm, &self.signed_part, signature)
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

/// The bytes that the issuer signed, exactly as they came.
fn signed_part(der: &[u8]) -> Result<Vec<u8>, x509_cert::der::Error> {
    SliceReader::new(der)?.sequence(|reader| {
        let signed_part = reader.tlv_bytes()?.to_vec();
        reader.tlv_bytes()?;
        reader.tlv_bytes()?;
        Ok(signed_part)
    })
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::super::vectors::{
        DURING, EDWARDS, INTERMEDIATE, LEAF, NOT_AFTER, NOT_BEFORE, RIVEST, ROOT,
    };
    use super::*;

    fn read(text: &str) -> Certificate {
        Certificate::from_base64(text).unwrap()
    }

    #[test]
    fn reads_what_a_certificate_says() {
        let leaf = read(LEAF);
        assert_eq!(leaf.subject(), "CN=Leaf,O=Example,C=DE");
        assert_eq!(leaf.issuer(), "CN=Intermediate,O=Example,C=DE");
        assert_eq!((leaf.not_before(), leaf.not_after()), (NOT_BEFORE, NOT_AFTER));
        assert!(leaf.is_valid_at(DURING) && leaf.is_valid_at(NOT_AFTER));
        assert!(!leaf.is_valid_at(NOT_BEFORE - 1) && !leaf.is_valid_at(NOT_AFTER + 1));
        assert_eq!(leaf.dns_names(), ["issuer.example"]);
        assert_eq!(leaf.uris(), ["https://issuer.example/tenant"]);
        assert_eq!(
            leaf.ip_addresses(),
            ["127.0.0.1", "::1"].map(|text| text.parse::<IpAddr>().unwrap())
        );
        assert!(!leaf.is_ca() && !leaf.is_self_issued() && !leaf.is_self_signed());
        let root = read(ROOT);
        assert!(root.is_ca() && root.is_self_issued() && root.is_self_signed());
        assert!(root.dns_names().is_empty());
    }

    #[test]
    fn verifies_ecdsa_on_both_curves_and_ed25519() {
        assert_eq!(read(LEAF).signed_by(&read(INTERMEDIATE)), Ok(()));
        assert_eq!(read(INTERMEDIATE).signed_by(&read(ROOT)), Ok(()));
        assert_eq!(read(ROOT).signed_by(&read(ROOT)), Ok(()));
        assert_eq!(read(EDWARDS).signed_by(&read(EDWARDS)), Ok(()));
        assert_eq!(read(LEAF).signed_by(&read(ROOT)), Err(VerifyError::Mismatch));
        assert!(matches!(
            read(LEAF).signed_by(&read(EDWARDS)),
            Err(VerifyError::OtherKeyKind { .. })
        ));
    }

    #[test]
    fn rsa_is_unsupported_not_wrong() {
        let rsa = read(RIVEST);
        assert!(matches!(rsa.signed_by(&rsa), Err(VerifyError::UnsupportedAlgorithm(_))));
        assert!(rsa.is_self_signed());
    }

    #[test]
    fn a_changed_byte_breaks_the_signature() {
        let mut der = read(LEAF).der().to_vec();
        let at = der.windows(4).position(|bytes| bytes == b"Leaf").unwrap();
        der[at] = b'l';
        let changed = Certificate::from_der(&der).unwrap();
        assert_eq!(changed.signed_by(&read(INTERMEDIATE)), Err(VerifyError::Mismatch));
    }

    #[test]
    fn base64url_and_nonsense_are_refused() {
        let url = LEAF.replace('+', "-").replace('/', "_");
        assert!(Certificate::from_base64(&url).unwrap_err().to_string().contains("base64url"));
        assert!(matches!(Certificate::from_base64("AAAA"), Err(CertificateError::Der(_))));
        assert!(Certificate::from_der(&[]).is_err());
        assert!(Certificate::from_der(&vec![0x30; LONGEST + 1]).is_err());
    }

    #[test]
    fn trust_anchors_come_as_pem_or_der() {
        let pem = |text: &str| {
            let (head, tail) = text.split_at(64);
            format!(
                "-----BEGIN CERTIFICATE-----\r\n{head}\r\n{tail}\r\n-----END CERTIFICATE-----\n"
            )
        };
        let file = format!("# our anchors\n{}{}", pem(ROOT), pem(EDWARDS));
        assert_eq!(Certificate::read_all(file.as_bytes()).unwrap(), [read(ROOT), read(EDWARDS)]);
        assert_eq!(Certificate::read_all(read(ROOT).der()).unwrap(), [read(ROOT)]);
        let written = read(ROOT).to_pem();
        assert_eq!(Certificate::read_all(written.as_bytes()).unwrap(), [read(ROOT)]);
        assert!(Certificate::read_all(b"no certificate").is_err());
        assert!(Certificate::read_all(b"-----BEGIN CERTIFICATE-----\nAAAA").is_err());
        assert!(Certificate::read_all(&[0xff, 0xfe]).is_err());
    }

    #[test]
    fn shows_names_only() {
        assert_eq!(
            format!("{:?}", read(ROOT)),
            r#"Certificate { subject: "CN=Root,O=Example,C=DE", issuer: "CN=Root,O=Example,C=DE", .. }"#
        );
    }
}

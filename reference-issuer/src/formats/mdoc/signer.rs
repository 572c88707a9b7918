//! The document signer and its issuing authority (IACA), as readers of driving licences want them certified.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CrlDistributionPoint, CustomExtension,
    DistinguishedName, DnType, IsCa, KeyPair, KeyUsagePurpose, date_time_ymd,
};

use crate::{algorithm::Algorithm, cbor::Cbor, signing_key::SigningKey, start_error::StartError};

/// What the certificates over the document signer are to say.
#[derive(Debug, Clone)]
pub struct SignerPlan {
    /// Where the authority can be reached, and its revocation list be fetched.
    pub authority_url: String,
    /// `countryName` of the signer.
    pub country: &'static str,
    /// Whether the signer is marked for signing documents.
    pub is_marked: bool,
    /// Whether the certificate names its authority's URL and revocation list.
    pub is_reachable: bool,
    /// Path length of the authority.
    pub path_length: Option<u8>,
    /// Whether the root is sent along.
    pub sends_root: bool,
    /// Whether an authority other than the published one signs the signer's certificate.
    pub under_a_stranger: bool,
}

impl SignerPlan {
    /// The honest plan.
    pub fn new(authority_url: String) -> Self {
        Self {
            authority_url,
            country: "DE",
            is_marked: true,
            is_reachable: true,
            path_length: Some(0),
            sends_root: false,
            under_a_stranger: false,
        }
    }
}

/// The key that signs mdocs, with the certificates that it sends along.
pub struct DocumentSigner {
    key: SigningKey,
    certificates: Vec<Vec<u8>>,
    trust_anchor: String,
}

/// `issuerAltName` and `extKeyUsage` (RFC 5280, section 4.2.1).
const ISSUER_ALT_NAME: [u64; 4] = [2, 5, 29, 18];
const EXT_KEY_USAGE: [u64; 4] = [2, 5, 29, 37];
/// A sequence of the one purpose `1.0.18013.5.1.2`, in DER.
const DOCUMENT_SIGNER: [u8; 11] =
    [0x30, 0x09, 0x06, 0x07, 0x28, 0x81, 0x8c, 0x5d, 0x05, 0x01, 0x02];

impl DocumentSigner {
    /// Makes a key for that algorithm, an authority, and a certificate under it.
    pub fn new(plan: &SignerPlan, algorithm: Algorithm) -> Result<Self, StartError> {
        let key = SigningKey::generate(algorithm)?;
        let authority = authority("Reference IACA", plan)?;
        let trust_anchor = authority.pem();
        let root = authority.der().to_vec();
        let signing = match plan.under_a_stranger {
            true => self::authority("Strange IACA", plan)?,
            false => authority,
        };
        let mut certificates =
            vec![leaf(plan)?.signed_by(key.certified(), &signing)?.der().to_vec()];
        if plan.sends_root {
            certificates.push(root);
        }
        Ok(Self { key, certificates, trust_anchor })
    }

    /// PEM of the authority that verifiers are to trust.
    pub fn trust_anchor(&self) -> &str {
        &self.trust_anchor
    }

    /// The certificates: one as a byte string, several as an array.
    pub fn x5chain(&self) -> Cbor {
        match self.certificates.as_slice() {
            [one] => Cbor::Bytes(one.clone()),
            several => Cbor::Array(several.iter().cloned().map(Cbor::Bytes).collect()),
        }
    }

    /// What it signs under.
    pub fn algorithm(&self) -> Algorithm {
        self.key.algorithm()
    }

    /// The signature in the form of COSE; `None` if the key cannot sign.
    pub fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        self.key.sign(message)
    }
}

fn authority(
    name: &str,
    plan: &SignerPlan,
) -> Result<CertifiedIssuer<'static, KeyPair>, StartError> {
    let mut params = params(name, "DE", plan);
    params.is_ca = IsCa::Ca(match plan.path_length {
        Some(length) => BasicConstraints::Constrained(length),
        None => BasicConstraints::Unconstrained,
    });
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    (params.not_before, params.not_after) = (date_time_ymd(2025, 1, 1), date_time_ymd(2049, 1, 1));
    Ok(CertifiedIssuer::self_signed(params, KeyPair::generate()?)?)
}

fn leaf(plan: &SignerPlan) -> Result<CertificateParams, StartError> {
    let mut params = params("Reference Document Signer", plan.country, plan);
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.use_authority_key_identifier_extension = true;
    if plan.is_marked {
        let mut purpose =
            CustomExtension::from_oid_content(&EXT_KEY_USAGE, DOCUMENT_SIGNER.to_vec());
        purpose.set_criticality(true);
        params.custom_extensions.push(purpose);
    }
    (params.not_before, params.not_after) = (date_time_ymd(2025, 1, 1), date_time_ymd(2048, 1, 1));
    Ok(params)
}

fn params(name: &str, country: &str, plan: &SignerPlan) -> CertificateParams {
    let mut params = CertificateParams::default();
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CountryName, country);
    subject.push(DnType::CommonName, name);
    params.distinguished_name = subject;
    if plan.is_reachable {
        let names = one_uri(&plan.authority_url);
        params.custom_extensions = vec![CustomExtension::from_oid_content(&ISSUER_ALT_NAME, names)];
        let uris = vec![format!("{}/crl", plan.authority_url)];
        params.crl_distribution_points = vec![CrlDistributionPoint { uris }];
    }
    params
}

/// `GeneralNames` with one `uniformResourceIdentifier` of less than 120 bytes, in DER.
fn one_uri(uri: &str) -> Vec<u8> {
    let uri: Vec<u8> = uri.bytes().take(119).collect();
    let length = uri.len() as u8;
    let mut der = vec![0x30, length + 2, 0x86, length];
    der.extend(uri);
    der
}

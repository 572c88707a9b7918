//! What a certificate says its key is for, and where in the world it belongs: the extensions that
//! profiles of document signers look at (RFC 5280, section 4.2).

use x509_cert::der::asn1::{Ia5StringRef, PrintableStringRef, Utf8StringRef};
use x509_cert::der::oid::AssociatedOid;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, CrlDistributionPoints, ExtendedKeyUsage,
    IssuerAltName, KeyUsage, SubjectKeyIdentifier,
};

use super::Certificate;

/// The basic and extended purposes that a certificate names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyUsages {
    /// Whether there is a `keyUsage` at all.
    pub is_limited: bool,
    /// `digitalSignature`.
    pub signs_data: bool,
    /// `keyCertSign`.
    pub signs_certificates: bool,
    /// `cRLSign`.
    pub signs_revocation_lists: bool,
}

impl Certificate {
    /// `keyUsage`; nothing is set where there is none.
    pub fn key_usages(&self) -> KeyUsages {
        match self.contents().get_extension::<KeyUsage>() {
            Ok(Some((_, usage))) => KeyUsages {
                is_limited: true,
                signs_data: usage.digital_signature(),
                signs_certificates: usage.key_cert_sign(),
                signs_revocation_lists: usage.crl_sign(),
            },
            _ => KeyUsages::default(),
        }
    }

    /// The object identifiers of `extKeyUsage`, none where there is no such extension.
    pub fn extended_key_usages(&self) -> Option<Vec<String>> {
        let extension = self.contents().get_extension::<ExtendedKeyUsage>().ok()??;
        Some(extension.1.0.iter().map(ToString::to_string).collect())
    }

    /// `pathLenConstraint` of the basic constraints.
    pub fn path_length(&self) -> Option<u8> {
        self.contents().get_extension::<BasicConstraints>().ok()??.1.path_len_constraint
    }

    /// `countryName` of the subject.
    pub fn country(&self) -> Option<String> {
        self.subject_attribute(COUNTRY_NAME)
    }

    /// `stateOrProvinceName` of the subject.
    pub fn state_or_province(&self) -> Option<String> {
        self.subject_attribute(STATE_OR_PROVINCE_NAME)
    }

    /// `subjectKeyIdentifier`.
    pub fn subject_key_identifier(&self) -> Option<Vec<u8>> {
        let extension = self.contents().get_extension::<SubjectKeyIdentifier>().ok()??;
        Some(extension.1.0.as_bytes().to_vec())
    }

    /// `keyIdentifier` of `authorityKeyIdentifier`.
    pub fn authority_key_identifier(&self) -> Option<Vec<u8>> {
        let extension = self.contents().get_extension::<AuthorityKeyIdentifier>().ok()??;
        Some(extension.1.key_identifier?.as_bytes().to_vec())
    }

    /// Whether it has `issuerAltName`.
    pub fn names_its_issuer_otherwise(&self) -> bool {
        self.has_extension(IssuerAltName::OID.to_string())
    }

    /// Whether it has `cRLDistributionPoints`.
    pub fn names_revocation_lists(&self) -> bool {
        self.has_extension(CrlDistributionPoints::OID.to_string())
    }

    fn has_extension(&self, identifier: String) -> bool {
        let extensions = self.contents().extensions().into_iter().flatten();
        extensions.into_iter().any(|extension| extension.extn_id.to_string() == identifier)
    }

    fn subject_attribute(&self, identifier: &str) -> Option<String> {
        let names = self.contents().subject().iter_rdn();
        let mut attributes = names.flat_map(|name| name.iter());
        let attribute = attributes.find(|one| one.oid.to_string() == identifier)?;
        let value = &attribute.value;
        let text = value.decode_as::<PrintableStringRef<'_>>().map(|text| text.to_string());
        let text =
            text.or_else(|_| value.decode_as::<Utf8StringRef<'_>>().map(|it| it.to_string()));
        text.or_else(|_| value.decode_as::<Ia5StringRef<'_>>().map(|it| it.to_string())).ok()
    }
}

const COUNTRY_NAME: &str = "2.5.4.6";
const STATE_OR_PROVINCE_NAME: &str = "2.5.4.8";

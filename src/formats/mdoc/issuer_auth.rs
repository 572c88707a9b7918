//! The issuer's signature over an mdoc: a COSE_Sign1 (RFC 9052, section 4.2) with its certificates.

use super::MdocError;
use super::cbor::{self, Cbor, Kind};
use super::security_object::SecurityObject;
use crate::jose::Certificate;

/// The longest chain that is read.
const LONGEST_CHAIN: usize = 16;
/// Header labels (RFC 9052, section 3.1; RFC 9360, section 2).
const ALG: i128 = 1;
const X5CHAIN: i128 = 33;

/// `issuerAuth`, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct IssuerAuth {
    /// The tag in front of the array, where there should be none.
    pub tag: Option<u64>,
    /// The bytes of the protected header.
    pub protected: Vec<u8>,
    /// Why the protected header cannot be read.
    pub protected_problem: Option<String>,
    /// `alg` of the protected header.
    pub algorithm: Option<CoseAlgorithm>,
    /// `alg` of the unprotected header, where it should not be.
    pub unprotected_algorithm: Option<CoseAlgorithm>,
    /// The certificates, wherever they stand.
    pub chain: Option<CarriedChain>,
    /// The payload; none where it is detached or no byte string.
    pub payload: Option<Vec<u8>>,
    /// Whether the payload is embedded CBOR with its tag, `#6.24(bstr)`.
    pub payload_is_tagged: bool,
    /// The signature.
    pub signature: Vec<u8>,
}

/// A COSE algorithm: a number, or a text that no registry has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoseAlgorithm {
    /// As the registry numbers it.
    Number(i128),
    /// Anything else.
    Other(String),
}

/// `x5chain`, as it was carried.
#[derive(Clone, Debug, PartialEq)]
pub struct CarriedChain {
    /// Whether it stands in the protected header.
    pub is_protected: bool,
    /// Whether it is an array; a single certificate is a byte string.
    pub is_array: bool,
    /// The certificates, or why they cannot be read.
    pub certificates: Result<Vec<Certificate>, String>,
}

/// The signature algorithms that have a place in an mdoc: number, name, the curve that a fully
/// specified one prescribes (RFC 9864), and the name that JOSE has for what can be verified here.
pub const ALGORITHMS: &[(i128, &str, Option<&str>, Option<&str>)] = &[
    (-7, "ES256", None, Some("ES256")),
    (-35, "ES384", None, Some("ES384")),
    (-36, "ES512", None, None),
    (-8, "EdDSA", None, Some("EdDSA")),
    (-9, "ESP256", Some("P-256"), Some("ES256")),
    (-51, "ESP384", Some("P-384"), Some("ES384")),
    (-52, "ESP512", Some("P-521"), None),
    (-19, "Ed25519", Some("Ed25519"), Some("Ed25519")),
    (-53, "Ed448", Some("Ed448"), None),
    (-265, "ESB256", Some("brainpoolP256r1"), None),
    (-266, "ESB320", Some("brainpoolP320r1"), None),
    (-267, "ESB384", Some("brainpoolP384r1"), None),
    (-268, "ESB512", Some("brainpoolP512r1"), None),
];

impl IssuerAuth {
    pub(super) fn read(item: &Cbor<'_>, oddities: &mut Vec<String>) -> Result<Self, MdocError> {
        let (tag, array) = match &item.kind {
            Kind::Tag(tag, content) => (Some(*tag), content.as_ref()),
            _ => (None, item),
        };
        let wrong = |found: String| MdocError::NoSignature(found);
        let parts = array.array().ok_or_else(|| wrong(array.type_name()))?;
        let [protected, unprotected, payload, signature] = parts else {
            return Err(wrong(format!("an array of {}", parts.len())));
        };
        let protected = protected
            .bytes()
            .ok_or_else(|| wrong(format!("{} as protected header", protected.type_name())))?;
        let signature = signature
            .bytes()
            .ok_or_else(|| wrong(format!("{} as signature", signature.type_name())))?;
        let header = match protected {
            [] => Ok(None),
            bytes => cbor::read(bytes).map(Some),
        };
        let in_header = header.as_ref().ok().and_then(Option::as_ref).map(|read| &read.root);
        if let Ok(Some(document)) = &header {
            let within = |oddity| format!("protected header: {oddity}");
            oddities.extend(document.oddities.iter().map(within));
        }
        let protected_problem = match (&header, in_header) {
            (Err(error), _) => Some(error.to_string()),
            (Ok(_), Some(root)) if root.map().is_none() => Some(root.type_name()),
            (Ok(_), _) => None,
        };
        let chain = unprotected.at(X5CHAIN).map(|chain| CarriedChain::read(chain, false));
        let in_protected = || Some(CarriedChain::read(in_header?.at(X5CHAIN)?, true));
        let payload = payload.bytes().map(<[u8]>::to_vec);
        Ok(Self {
            tag,
            protected: protected.to_vec(),
            protected_problem,
            algorithm: in_header.and_then(|header| header.at(ALG)).map(CoseAlgorithm::read),
            unprotected_algorithm: unprotected.at(ALG).map(CoseAlgorithm::read),
            chain: chain.or_else(in_protected),
            payload_is_tagged: payload.as_deref().is_some_and(is_embedded),
            payload,
            signature: signature.to_vec(),
        })
    }

    /// The payload, read with or without its tag.
    pub(super) fn security_object(
        &self,
        oddities: &mut Vec<String>,
    ) -> Result<SecurityObject, MdocError> {
        let missing = || MdocError::NoSecurityObject("no byte string".to_owned());
        let payload = self.payload.as_deref().ok_or_else(missing)?;
        let outer = cbor::read(payload)?;
        let within = |oddity| format!("security object: {oddity}");
        oddities.extend(outer.oddities.iter().map(within));
        let Some(embedded) = outer.root.embedded() else {
            return SecurityObject::read(&outer.root);
        };
        let inner = cbor::read(embedded)?;
        oddities.extend(inner.oddities.iter().map(within));
        SecurityObject::read(&inner.root)
    }

    /// The certificate of the signer, if it can be read.
    pub fn signer(&self) -> Option<&Certificate> {
        self.certificates().first()
    }

    /// The certificates, leaf first; none where they cannot be read.
    pub fn certificates(&self) -> &[Certificate] {
        let certificates = self.chain.as_ref().and_then(|chain| chain.certificates.as_deref().ok());
        certificates.unwrap_or_default()
    }
}

impl CoseAlgorithm {
    fn read(item: &Cbor<'_>) -> Self {
        match item.integer() {
            Some(number) => Self::Number(number),
            None => Self::Other(item.to_json().to_string()),
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<i128> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Other(_) => None,
        }
    }

    /// The name that JOSE has for it, if it can be verified here.
    pub fn verifiable(&self) -> Option<&'static str> {
        let number = self.number()?;
        ALGORITHMS.iter().find(|row| row.0 == number)?.3
    }

    /// Whether it is a signature algorithm that has a place in an mdoc.
    pub fn is_of_an_mdoc(&self) -> bool {
        self.number().is_some_and(|number| ALGORITHMS.iter().any(|row| row.0 == number))
    }

    /// Number and name: `-7 (ES256)`.
    pub fn told(&self) -> String {
        match self {
            Self::Number(number) => match ALGORITHMS.iter().find(|row| row.0 == *number) {
                Some(row) => format!("{number} ({})", row.1),
                None => number.to_string(),
            },
            Self::Other(text) => text.clone(),
        }
    }
}

impl CarriedChain {
    fn read(chain: &Cbor<'_>, is_protected: bool) -> Self {
        let is_array = chain.array().is_some();
        let entries = chain.array().unwrap_or(std::slice::from_ref(chain));
        let read = |entry: &Cbor<'_>| {
            let der =
                entry.bytes().ok_or_else(|| format!("a certificate is {}", entry.type_name()));
            Certificate::from_der(der?).map_err(|error| error.to_string())
        };
        let certificates = match entries.len() {
            0 => Err("the array is empty".to_owned()),
            count if count > LONGEST_CHAIN => Err(format!("it has {count} certificates")),
            _ => entries.iter().map(read).collect(),
        };
        Self { is_protected, is_array, certificates }
    }
}

fn is_embedded(payload: &[u8]) -> bool {
    cbor::read(payload).is_ok_and(|document| document.root.embedded().is_some())
}

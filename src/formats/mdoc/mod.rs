//! An mdoc as an issuer hands it over, `IssuerSigned` (OpenID4VCI, appendix A.2.4; ISO/IEC 18013-5),
//! opened leniently: whatever can be taken apart is, and what is wrong about the pieces stays
//! visible for the checks.

pub mod cbor;
mod device_key;
mod digest;
#[cfg(test)]
pub(crate) mod draft;
mod issuer_auth;
mod item;
mod moment;
mod security_object;
mod signature;
#[cfg(test)]
mod tests;

use crate::jose::base64url;

use cbor::{Cbor, CborError};

pub use device_key::DeviceKey;
pub use digest::DigestAlgorithm;
pub use issuer_auth::{ALGORITHMS, CarriedChain, CoseAlgorithm, IssuerAuth};
pub use item::{Element, Item, NameSpace};
pub use moment::Moment;
pub use security_object::{KeyAuthorizations, SecurityObject, StoredDigest, Validity};
pub use signature::verify;

/// The longest mdoc that is read, in characters of base64url.
pub const LONGEST: usize = 2 * 1024 * 1024;

/// An mdoc, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Mdoc {
    /// The namespaces with their items, in the order in which they came; none where there is no
    /// map of that name.
    pub name_spaces: Option<Vec<NameSpace>>,
    /// The signature of the issuer.
    pub issuer_auth: IssuerAuth,
    /// What is signed: the mobile security object.
    pub security_object: Result<SecurityObject, MdocError>,
    /// What is unusual about the CBOR, outside and within what is embedded.
    pub oddities: Vec<String>,
    /// Members of the outer map that no mdoc has.
    pub further_members: Vec<String>,
}

/// A text is no mdoc, or a part of one cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MdocError {
    /// It is longer than [`LONGEST`].
    #[error("expected at most {LONGEST} characters, found {0}")]
    TooLong(usize),
    /// It is no unpadded base64url.
    #[error("expected an mdoc in base64url: {0}")]
    Base64(String),
    /// It is no CBOR.
    #[error("expected an mdoc in CBOR: {0}")]
    Cbor(#[from] CborError),
    /// It is CBOR, and something else.
    #[error("expected IssuerSigned, a map with nameSpaces and issuerAuth, found {0}")]
    OtherStructure(String),
    /// `issuerAuth` is no COSE_Sign1.
    #[error("expected issuerAuth as COSE_Sign1, an array of four, found {0}")]
    NoSignature(String),
    /// The payload of the signature is no mobile security object.
    #[error("expected a mobile security object as payload, found {0}")]
    NoSecurityObject(String),
}

impl Mdoc {
    /// Takes an mdoc apart. Only the outer map and the four parts of the signature have to be
    /// readable.
    ///
    /// # Errors
    /// [`MdocError`], but for the payload.
    pub fn open(text: &str) -> Result<Self, MdocError> {
        if text.len() > LONGEST {
            return Err(MdocError::TooLong(text.len()));
        }
        let bytes =
            base64url::decode(text).map_err(|error| MdocError::Base64(error.to_string()))?;
        let document = cbor::read(&bytes)?;
        let outer = &document.root;
        let Some(issuer_auth) = outer.get("issuerAuth") else {
            return Err(MdocError::OtherStructure(look(outer)));
        };
        let mut oddities: Vec<String> = document.oddities.iter().map(ToString::to_string).collect();
        let issuer_auth = IssuerAuth::read(issuer_auth, &mut oddities)?;
        let name_spaces = outer.get("nameSpaces").and_then(Cbor::map);
        let name_spaces = name_spaces.map(|entries| item::name_spaces(entries, &mut oddities));
        let security_object = issuer_auth.security_object(&mut oddities);
        let known = |key: &Cbor<'_>| matches!(key.text(), Some("nameSpaces" | "issuerAuth"));
        let further_members = outer.map().unwrap_or_default().iter();
        let further_members = further_members.filter(|(key, _)| !known(key));
        Ok(Self {
            name_spaces,
            issuer_auth,
            security_object,
            oddities,
            further_members: further_members.map(|(key, _)| key.to_json().to_string()).collect(),
        })
    }

    /// Every item with the name of its namespace.
    pub fn items(&self) -> impl Iterator<Item = (&str, &Item)> {
        self.name_spaces
            .iter()
            .flatten()
            .flat_map(|space| space.items.iter().map(|item| (space.name.as_str(), item)))
    }

    /// The value of an element.
    pub fn element(&self, name_space: &str, identifier: &str) -> Option<&Element> {
        self.items()
            .find(|(space, item)| {
                *space == name_space && item.identifier.as_deref() == Some(identifier)
            })
            .and_then(|(_, item)| item.value.as_ref())
    }

    /// The type of the document, as signed.
    pub fn doc_type(&self) -> Option<&str> {
        self.security_object.as_ref().ok()?.doc_type.as_deref()
    }

    /// The thumbprint (RFC 7638) of the key that it is bound to.
    pub fn device_key_thumbprint(&self) -> Option<String> {
        let device_key = self.security_object.as_ref().ok()?.device_key.as_ref()?;
        device_key.jwk.as_ref().ok()?.thumbprint().ok()
    }

    /// The elements by namespace and identifier, as the nearest JSON.
    pub fn claims(&self) -> serde_json::Map<String, serde_json::Value> {
        let mut claims = serde_json::Map::new();
        for (space, item) in self.items() {
            let (Some(identifier), Some(value)) = (&item.identifier, &item.value) else { continue };
            let elements = claims
                .entry(space)
                .or_insert_with(|| serde_json::Value::Object(serde_json::Map::new()));
            if let Some(elements) = elements.as_object_mut() {
                elements.insert(identifier.clone(), value.json.clone());
            }
        }
        claims
    }
}

/// What CBOR looks like that is no `IssuerSigned`.
fn look(outer: &Cbor<'_>) -> String {
    if outer.get("documents").is_some() {
        return "a DeviceResponse".to_owned();
    }
    if outer.get("issuerSigned").is_some() {
        return "a Document".to_owned();
    }
    match outer.map() {
        Some(_) => "a map without issuerAuth".to_owned(),
        None => outer.type_name(),
    }
}

//! The mobile security object: what the issuer signs, and by which everything else is held.

use std::collections::BTreeMap;

use serde_json::Value;

use super::MdocError;
use super::cbor::Cbor;
use super::device_key::DeviceKey;
use super::moment::Moment;

/// A mobile security object. What has another type than it should is absent.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityObject {
    /// `version`.
    pub version: Option<String>,
    /// `digestAlgorithm`.
    pub digest_algorithm: Option<String>,
    /// `valueDigests`, by namespace.
    pub value_digests: BTreeMap<String, Vec<StoredDigest>>,
    /// `deviceKeyInfo.deviceKey`.
    pub device_key: Option<DeviceKey>,
    /// `deviceKeyInfo.keyAuthorizations`.
    pub key_authorizations: Option<KeyAuthorizations>,
    /// `docType`.
    pub doc_type: Option<String>,
    /// `validityInfo`.
    pub validity: Validity,
    /// `status` as JSON, by which a status list is found.
    pub status: Option<Value>,
}

/// One entry of `valueDigests`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDigest {
    /// The digest number.
    pub id: i128,
    /// The digest.
    pub digest: Vec<u8>,
}

/// What the device key may sign (`KeyAuthorizations`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyAuthorizations {
    /// Namespaces of which it may sign every element.
    pub name_spaces: Vec<String>,
    /// Namespaces of which it may sign these elements.
    pub elements: BTreeMap<String, Vec<String>>,
}

/// The dates of `validityInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// When it was signed.
    pub signed: Option<Moment>,
    /// From when on it is valid.
    pub valid_from: Option<Moment>,
    /// Until when it is valid.
    pub valid_until: Option<Moment>,
    /// When the issuer means to sign it anew.
    pub expected_update: Option<Moment>,
}

impl SecurityObject {
    pub(super) fn read(object: &Cbor<'_>) -> Result<Self, MdocError> {
        if object.map().is_none() {
            return Err(MdocError::NoSecurityObject(object.type_name()));
        }
        let text = |name: &str| object.get(name).and_then(Cbor::text).map(str::to_owned);
        let device_key_info = object.get("deviceKeyInfo");
        let member = |name: &str| device_key_info.and_then(|info| info.get(name));
        let validity = object.get("validityInfo");
        let moment = |name: &str| validity.and_then(|info| info.get(name)).map(Moment::read);
        Ok(Self {
            version: text("version"),
            digest_algorithm: text("digestAlgorithm"),
            value_digests: value_digests(object),
            device_key: member("deviceKey").map(DeviceKey::read),
            key_authorizations: member("keyAuthorizations").map(KeyAuthorizations::read),
            doc_type: text("docType"),
            validity: Validity {
                signed: moment("signed"),
                valid_from: moment("validFrom"),
                valid_until: moment("validUntil"),
                expected_update: moment("expectedUpdate"),
            },
            status: object.get("status").map(Cbor::to_json),
        })
    }

    /// The `status` with which a verifier finds out whether it was revoked.
    pub fn status_reference(&self) -> Option<&Value> {
        self.status.as_ref()
    }

    /// The digest that a namespace has under a number.
    pub fn digest(&self, name_space: &str, id: i128) -> Option<&[u8]> {
        let digests = self.value_digests.get(name_space)?;
        digests.iter().find(|stored| stored.id == id).map(|stored| stored.digest.as_slice())
    }
}

impl Validity {
    /// The dates with their names, those that are there.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &Moment)> {
        [
            ("signed", &self.signed),
            ("validFrom", &self.valid_from),
            ("validUntil", &self.valid_until),
            ("expectedUpdate", &self.expected_update),
        ]
        .into_iter()
        .filter_map(|(name, moment)| Some((name, moment.as_ref()?)))
    }
}

impl KeyAuthorizations {
    fn read(authorizations: &Cbor<'_>) -> Self {
        let texts = |item: &Cbor<'_>| -> Vec<String> {
            let items = item.array().unwrap_or_default().iter();
            items.filter_map(|item| item.text().map(str::to_owned)).collect()
        };
        let elements = authorizations.get("dataElements").and_then(Cbor::map);
        let elements = elements.unwrap_or_default().iter();
        Self {
            name_spaces: authorizations.get("nameSpaces").map(texts).unwrap_or_default(),
            elements: elements
                .filter_map(|(space, items)| Some((space.text()?.to_owned(), texts(items))))
                .collect(),
        }
    }
}

fn value_digests(object: &Cbor<'_>) -> BTreeMap<String, Vec<StoredDigest>> {
    let spaces = object.get("valueDigests").and_then(Cbor::map).unwrap_or_default();
    let mut digests: BTreeMap<String, Vec<StoredDigest>> = BTreeMap::new();
    for (space, entries) in spaces {
        let Some(space) = space.text() else { continue };
        let of_space = digests.entry(space.to_owned()).or_default();
        for (id, digest) in entries.map().unwrap_or_default() {
            if let (Some(id), Some(digest)) = (id.integer(), digest.bytes()) {
                of_space.push(StoredDigest { id, digest: digest.to_vec() });
            }
        }
    }
    digests
}

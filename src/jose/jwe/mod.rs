//! Encrypted messages in compact form (RFC 7516): read as they come, opened with a P-256 key by
//! direct agreement (`ECDH-ES`), and written rightly or wrongly on purpose.

mod agreement;
mod compression;
mod content;
mod draft;

use serde_json::{Map, Value};

pub use compression::LARGEST_PLAINTEXT;
pub use content::ContentEncryption;
pub use draft::{Damage, JweDraft};

use super::base64url;
use super::jwk::{KeyError, PublicJwk};
use super::private_key::PrivateKey;

/// The key agreement that this program speaks (RFC 7518, section 4.6): the agreed key encrypts the
/// content itself.
pub const ECDH_ES: &str = "ECDH-ES";
/// The compression that RFC 7516 defines.
pub const DEFLATE: &str = "DEF";
/// The longest message that is read, in octets.
const LONGEST: usize = 16 << 20;

/// An encrypted message could not be read, opened or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JweError {
    /// Not five segments.
    #[error("expected five segments, found {0}")]
    Segments(usize),
    /// More than anybody should send.
    #[error("expected at most {LONGEST} octets, found {0}")]
    TooLong(usize),
    /// A segment is no base64url.
    #[error("segment {segment} is {why}")]
    Encoding {
        /// The number of the segment, from 1.
        segment: usize,
        /// What stands in the way.
        why: String,
    },
    /// The protected header is no JSON object.
    #[error("the protected header is no JSON object")]
    Header,
    /// A header parameter is absent or not what can be worked with.
    #[error("expected {expected} in the header parameter {name}, found {actual}")]
    Parameter {
        /// The parameter.
        name: &'static str,
        /// What can be worked with.
        expected: &'static str,
        /// What is there.
        actual: String,
    },
    /// A key is unusable.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Direct agreement leaves no room for an encrypted key.
    #[error("expected an empty encrypted key, found {0} octets")]
    EncryptedKey(usize),
    /// The authentication tag does not fit: another key, or other content.
    #[error("the authentication tag does not fit the key and the content")]
    Tag,
    /// The content is no DEFLATE, or inflates beyond all bounds.
    #[error("the content cannot be decompressed: {0}")]
    Compression(String),
}

/// A compact JWE as it came; nothing about it has been verified.
#[derive(Clone, Debug, PartialEq)]
pub struct Jwe {
    header: Map<String, Value>,
    /// The header as it was sent, which is authenticated with the content.
    protected: String,
    encrypted_key: Vec<u8>,
    initialization_vector: Vec<u8>,
    ciphertext: Vec<u8>,
    tag: Vec<u8>,
}

impl Jwe {
    /// Reads five segments.
    ///
    /// # Errors
    /// [`JweError`] says which segment is wrong, and how.
    pub fn read(text: &str) -> Result<Self, JweError> {
        if text.len() > LONGEST {
            return Err(JweError::TooLong(text.len()));
        }
        let segments: Vec<&str> = text.split('.').take(7).collect();
        let [protected, encrypted_key, initialization_vector, ciphertext, tag] =
            segments.as_slice()
        else {
            return Err(JweError::Segments(segments.len()));
        };
        let octets = |segment: usize, text: &str| {
            base64url::decode(text)
                .map_err(|error| JweError::Encoding { segment, why: error.to_string() })
        };
        let header = serde_json::from_slice(&octets(1, protected)?);
        Ok(Self {
            header: header.map_err(|_| JweError::Header)?,
            protected: (*protected).to_owned(),
            encrypted_key: octets(2, encrypted_key)?,
            initialization_vector: octets(3, initialization_vector)?,
            ciphertext: octets(4, ciphertext)?,
            tag: octets(5, tag)?,
        })
    }

    /// The protected header.
    pub fn header(&self) -> &Map<String, Value> {
        &self.header
    }

    /// `alg`, the key management algorithm.
    pub fn algorithm(&self) -> Option<&str> {
        self.text("alg")
    }

    /// `enc`, the content encryption algorithm.
    pub fn content_encryption(&self) -> Option<&str> {
        self.text("enc")
    }

    /// `kid`, the key that it is for.
    pub fn key_id(&self) -> Option<&str> {
        self.text("kid")
    }

    /// `zip`, the compression of the content.
    pub fn compression(&self) -> Option<&str> {
        self.text("zip")
    }

    /// `epk`, the sender's key of this one message.
    pub fn ephemeral_key(&self) -> Option<PublicJwk> {
        PublicJwk::from_value(self.header.get("epk")?).ok()
    }

    /// The length of the encrypted key, in octets: none in direct agreement.
    pub fn encrypted_key_length(&self) -> usize {
        self.encrypted_key.len()
    }

    /// What is inside, decompressed within [`LARGEST_PLAINTEXT`].
    ///
    /// # Errors
    /// [`JweError`] says what this key cannot do with this message.
    pub fn open(&self, key: &PrivateKey) -> Result<Vec<u8>, JweError> {
        self.require("alg", ECDH_ES)?;
        let encryption = self.content_encryption().and_then(ContentEncryption::named);
        let encryption = encryption.ok_or_else(|| self.unexpected("enc", "A128GCM or A256GCM"))?;
        if self.header.contains_key("crit") {
            return Err(self.unexpected("crit", "nothing"));
        }
        if !self.encrypted_key.is_empty() {
            return Err(JweError::EncryptedKey(self.encrypted_key.len()));
        }
        let epk = self.ephemeral_key().ok_or_else(|| self.unexpected("epk", "a key"))?;
        let parties = [self.party("apu")?, self.party("apv")?];
        let secret = agreement::agree(key, &epk)?;
        let content_key = agreement::derive(&secret, encryption, &parties);
        let sealed = content::Sealed {
            initialization_vector: &self.initialization_vector,
            ciphertext: &self.ciphertext,
            tag: &self.tag,
        };
        let plaintext = encryption.open(&content_key, &sealed, self.protected.as_bytes())?;
        match self.header.get("zip") {
            None => Ok(plaintext),
            Some(zip) if zip == DEFLATE => compression::inflate(&plaintext),
            Some(_) => Err(self.unexpected("zip", DEFLATE)),
        }
    }

    /// Information on a party, which goes into the derived key.
    fn party(&self, name: &'static str) -> Result<Vec<u8>, JweError> {
        let Some(value) = self.header.get(name) else { return Ok(Vec::new()) };
        let octets = value.as_str().and_then(|text| base64url::decode(text).ok());
        octets.ok_or_else(|| self.unexpected(name, "base64url"))
    }

    fn require(&self, name: &'static str, expected: &'static str) -> Result<(), JweError> {
        match self.text(name) {
            Some(actual) if actual == expected => Ok(()),
            _ => Err(self.unexpected(name, expected)),
        }
    }

    fn unexpected(&self, name: &'static str, expected: &'static str) -> JweError {
        let actual = match self.header.get(name) {
            Some(value) => value.to_string().chars().take(80).collect(),
            None => "nothing".to_owned(),
        };
        JweError::Parameter { name, expected, actual }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }
}

#[cfg(test)]
mod tests;

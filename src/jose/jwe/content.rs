//! The encryption of the content: AES-GCM with 128 and 256 bits (RFC 7518, section 5.3).

use aes_gcm::aead::{Aead as _, KeyInit as _, Nonce, Payload};
use aes_gcm::{Aes128Gcm, Aes256Gcm};

use super::JweError;

/// The length of the authentication tag, in octets.
const TAG: usize = 16;
/// The length of the initialization vector, in octets.
pub const INITIALIZATION_VECTOR: usize = 12;

/// A content encryption that this program speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentEncryption {
    /// AES-GCM with a key of 128 bits.
    A128Gcm,
    /// AES-GCM with a key of 256 bits.
    A256Gcm,
}

/// What the encryption gives.
pub struct Sealed<'a> {
    pub initialization_vector: &'a [u8],
    pub ciphertext: &'a [u8],
    pub tag: &'a [u8],
}

impl ContentEncryption {
    /// Every one of them, the more usual first.
    pub const ALL: [Self; 2] = [Self::A128Gcm, Self::A256Gcm];

    /// The one of that name in `enc`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Its name in `enc`.
    pub fn name(self) -> &'static str {
        match self {
            Self::A128Gcm => "A128GCM",
            Self::A256Gcm => "A256GCM",
        }
    }

    /// The length of its key, in octets.
    pub fn key_length(self) -> usize {
        match self {
            Self::A128Gcm => 16,
            Self::A256Gcm => 32,
        }
    }

    /// The ciphertext and the tag.
    pub(super) fn seal(
        self,
        key: &[u8],
        initialization_vector: &[u8; INITIALIZATION_VECTOR],
        plaintext: &[u8],
        header: &[u8],
    ) -> Result<(Vec<u8>, Vec<u8>), JweError> {
        let payload = Payload { msg: plaintext, aad: header };
        let mut sealed = match self {
            Self::A128Gcm => Aes128Gcm::new_from_slice(key)
                .map_err(|_| JweError::Tag)?
                .encrypt(&Nonce::<Aes128Gcm>::from(*initialization_vector), payload),
            Self::A256Gcm => Aes256Gcm::new_from_slice(key)
                .map_err(|_| JweError::Tag)?
                .encrypt(&Nonce::<Aes256Gcm>::from(*initialization_vector), payload),
        }
        .map_err(|_| JweError::Tag)?;
        let tag = sealed.split_off(sealed.len().saturating_sub(TAG));
        Ok((sealed, tag))
    }

    /// What is inside, if the tag fits.
    pub(super) fn open(
        self,
        key: &[u8],
        sealed: &Sealed<'_>,
        header: &[u8],
    ) -> Result<Vec<u8>, JweError> {
        let vector = <[u8; INITIALIZATION_VECTOR]>::try_from(sealed.initialization_vector);
        let vector = vector.map_err(|_| JweError::Tag)?;
        if sealed.tag.len() != TAG {
            return Err(JweError::Tag);
        }
        let message = [sealed.ciphertext, sealed.tag].concat();
        let payload = Payload { msg: &message, aad: header };
        match self {
            Self::A128Gcm => Aes128Gcm::new_from_slice(key)
                .map_err(|_| JweError::Tag)?
                .decrypt(&Nonce::<Aes128Gcm>::from(vector), payload),
            Self::A256Gcm => Aes256Gcm::new_from_slice(key)
                .map_err(|_| JweError::Tag)?
                .decrypt(&Nonce::<Aes256Gcm>::from(vector), payload),
        }
        .map_err(|_| JweError::Tag)
    }
}

//! An encrypted message before it is written: its parts still open, so that one of them can be
//! made wrong.

use serde_json::{Map, Value, json};

use super::content::INITIALIZATION_VECTOR;
use super::{ContentEncryption, DEFLATE, ECDH_ES, JweError, agreement, compression};
use crate::jose::base64url;
use crate::jose::jwk::{KeyError, PublicJwk};
use crate::jose::private_key::PrivateKey;

/// A message for a recipient, without its content.
#[derive(Clone, Debug, PartialEq)]
pub struct JweDraft {
    /// The key that it is encrypted for, by direct agreement on P-256.
    pub recipient: PublicJwk,
    /// The encryption of the content.
    pub encryption: ContentEncryption,
    /// The protected header, without `epk`, which is made fresh for each message. What it says
    /// need not be what is done.
    pub header: Map<String, Value>,
    /// Whether the content is compressed.
    pub compresses: bool,
    /// What is broken in the finished message.
    pub damage: Damage,
}

/// What is broken in a finished message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Damage {
    /// Nothing.
    #[default]
    None,
    /// One bit of the authentication tag is turned.
    Tag,
    /// The last segment is missing.
    Truncated,
}

impl JweDraft {
    /// A message for a key, as RFC 7516 wants it: with the key's `kid` if it has one.
    pub fn new(recipient: PublicJwk, encryption: ContentEncryption) -> Self {
        let mut header = Map::new();
        header.insert("alg".into(), json!(ECDH_ES));
        header.insert("enc".into(), json!(encryption.name()));
        if let Some(kid) = recipient.members().get("kid") {
            header.insert("kid".into(), kid.clone());
        }
        Self { recipient, encryption, header, compresses: false, damage: Damage::None }
    }

    /// The same with its content compressed, and said to be.
    pub fn compressed(mut self) -> Self {
        self.header.insert("zip".into(), json!(DEFLATE));
        self.compresses = true;
        self
    }

    /// The message in compact form.
    ///
    /// # Errors
    /// [`JweError::Key`] if the recipient's key is no point on P-256, or the system has no
    /// randomness.
    pub fn seal(&self, plaintext: &[u8]) -> Result<String, JweError> {
        let ephemeral = PrivateKey::generate()?;
        let mut initialization_vector = [0; INITIALIZATION_VECTOR];
        getrandom::fill(&mut initialization_vector)
            .map_err(|error| KeyError::NoPrivateKey(error.to_string()))?;
        self.seal_with(&ephemeral, &initialization_vector, plaintext)
    }

    fn seal_with(
        &self,
        ephemeral: &PrivateKey,
        initialization_vector: &[u8; INITIALIZATION_VECTOR],
        plaintext: &[u8],
    ) -> Result<String, JweError> {
        let secret = agreement::agree(ephemeral, &self.recipient)?;
        let key = agreement::derive(&secret, self.encryption, &[Vec::new(), Vec::new()]);
        let mut header = self.header.clone();
        header.insert("epk".into(), ephemeral.public_jwk().to_value());
        let protected = base64url::encode(Value::Object(header).to_string());
        let compressed = self.compresses.then(|| compression::deflate(plaintext)).transpose()?;
        let content = compressed.as_deref().unwrap_or(plaintext);
        let (ciphertext, mut tag) =
            self.encryption.seal(&key, initialization_vector, content, protected.as_bytes())?;
        if let (Damage::Tag, Some(octet)) = (self.damage, tag.first_mut()) {
            *octet ^= 1;
        }
        let vector = base64url::encode(initialization_vector);
        let ciphertext = base64url::encode(ciphertext);
        Ok(match self.damage {
            Damage::Truncated => format!("{protected}..{vector}.{ciphertext}"),
            Damage::None | Damage::Tag => {
                format!("{protected}..{vector}.{ciphertext}.{}", base64url::encode(tag))
            }
        })
    }
}

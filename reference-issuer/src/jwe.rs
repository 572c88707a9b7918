//! Compact JWE by direct key agreement on P-256 (`ECDH-ES`) with AES-GCM: read, opened and written.

use std::io::{Read as _, Write as _};

use aws_lc_rs::{
    aead::{AES_128_GCM, AES_256_GCM, Aad, Algorithm, LessSafeKey, Nonce, UnboundKey},
    agreement::{self, ECDH_P256, PrivateKey, UnparsedPublicKey},
    digest, rand,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde_json::{Map, Value, json};

use crate::{
    public_key::{Curve, PublicKey},
    random, strict_json,
};

/// The only key management there is.
pub const ALG: &str = "ECDH-ES";
/// The only compression there is.
pub const ZIP: &str = "DEF";

/// How content is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enc {
    /// AES-GCM, 128 bits.
    A128Gcm,
    /// AES-GCM, 256 bits.
    A256Gcm,
}

impl Enc {
    /// All of them, as the metadata list them.
    pub const ALL: [Self; 2] = [Self::A128Gcm, Self::A256Gcm];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::A128Gcm => "A128GCM",
            Self::A256Gcm => "A256GCM",
        }
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|enc| enc.name() == name)
    }

    fn algorithm(self) -> &'static Algorithm {
        match self {
            Self::A128Gcm => &AES_128_GCM,
            Self::A256Gcm => &AES_256_GCM,
        }
    }
}

/// A key that messages can be encrypted for.
pub struct DecryptionKey {
    private: PrivateKey,
    public: PublicKey,
    kid: String,
}

impl DecryptionKey {
    /// Makes one; `None` if the system cannot.
    pub fn generate() -> Option<Self> {
        let private = PrivateKey::generate(&ECDH_P256).ok()?;
        let point = private.compute_public_key().ok()?;
        let public = PublicKey::from_octets(Curve::P256, point.as_ref())?;
        Some(Self { private, public, kid: random::long() })
    }

    /// As published in a key set.
    pub fn jwk(&self) -> Value {
        let mut jwk = self.public.to_jwk();
        jwk["kid"] = json!(self.kid);
        jwk["use"] = json!("enc");
        jwk["alg"] = json!(ALG);
        jwk
    }

    /// Its name.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The key of the content, agreed with the holder of another key.
    fn agree(&self, other: &PublicKey, enc: Enc, parties: &[Vec<u8>; 2]) -> Option<LessSafeKey> {
        let other = UnparsedPublicKey::new(&ECDH_P256, other.octets());
        let derive = |secret: &[u8]| Ok(concat_kdf(secret, enc, parties));
        let key = agreement::agree(&self.private, other, (), derive).ok()?;
        Some(LessSafeKey::new(UnboundKey::new(enc.algorithm(), &key).ok()?))
    }
}

/// RFC 7518, section 4.6.2, in the one round that suffices here.
fn concat_kdf(secret: &[u8], enc: Enc, parties: &[Vec<u8>; 2]) -> Vec<u8> {
    let length = enc.algorithm().key_len();
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
    let mut input = number(1).to_vec();
    input.extend(secret);
    for part in [enc.name().as_bytes(), &parties[0], &parties[1]] {
        input.extend(number(part.len()));
        input.extend(part);
    }
    input.extend(number(length * 8));
    let hash = digest::digest(&digest::SHA256, &input);
    hash.as_ref().iter().take(length).copied().collect()
}

/// A message whose five segments were readable.
pub struct Message<'a> {
    header: Map<String, Value>,
    protected: &'a str,
    nonce: [u8; 12],
    sealed: Vec<u8>,
}

impl<'a> Message<'a> {
    /// Takes five segments, of which direct agreement leaves the second empty.
    pub fn read(text: &'a str) -> Option<Self> {
        let segments: Vec<&str> = text.split('.').collect();
        let [protected, "", nonce, ciphertext, tag] = segments.as_slice() else {
            return None;
        };
        let header = strict_json::read_object(&URL_SAFE_NO_PAD.decode(protected).ok()?)?;
        let mut sealed = URL_SAFE_NO_PAD.decode(ciphertext).ok()?;
        let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
        if tag.len() != 16 || header.contains_key("crit") {
            return None;
        }
        sealed.extend(tag);
        let nonce = URL_SAFE_NO_PAD.decode(nonce).ok()?.try_into().ok()?;
        Some(Self { header, protected, nonce, sealed })
    }

    /// A header parameter that is a string.
    pub fn header_text(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }

    /// What is inside, before decompression; `None` if it is not for this key, or was altered.
    pub fn open(&self, key: &DecryptionKey) -> Option<Vec<u8>> {
        let enc = Enc::named(self.header_text("enc")?)?;
        if self.header_text("alg") != Some(ALG) {
            return None;
        }
        let epk = PublicKey::from_jwk(self.header.get("epk")?.as_object()?)?;
        let parties = [self.party("apu")?, self.party("apv")?];
        let content_key = key.agree(&epk, enc, &parties)?;
        let mut text = self.sealed.clone();
        let aad = Aad::from(self.protected.as_bytes());
        let nonce = Nonce::assume_unique_for_key(self.nonce);
        let length = content_key.open_in_place(nonce, aad, &mut text).ok()?.len();
        text.truncate(length);
        Some(text)
    }

    fn party(&self, name: &str) -> Option<Vec<u8>> {
        match self.header.get(name) {
            None => Some(Vec::new()),
            Some(value) => URL_SAFE_NO_PAD.decode(value.as_str()?).ok(),
        }
    }
}

/// A message before it is encrypted, still open to a fault.
pub struct Envelope {
    /// The protected header, without `epk`.
    pub header: Map<String, Value>,
    /// Whom it is for.
    pub recipient: PublicKey,
    /// How the content is encrypted.
    pub enc: Enc,
    /// Whether the content is compressed.
    pub compresses: bool,
    /// The second segment.
    pub encrypted_key: &'static str,
    /// Whether the issuer's own key stands in for a fresh one.
    pub reuses_a_key: bool,
    /// Whether the tag is spoilt.
    pub spoils_the_tag: bool,
    /// Whether it is not encrypted at all.
    pub stays_open: bool,
    /// The content.
    pub content: Value,
}

impl Envelope {
    /// The compact JWE. The issuer's own key is given for a fault to use.
    pub fn seal(mut self, own: Option<&DecryptionKey>) -> Option<String> {
        let fresh = DecryptionKey::generate()?;
        let ephemeral = own.filter(|_| self.reuses_a_key).unwrap_or(&fresh);
        self.header.insert("epk".to_owned(), ephemeral.public.to_jwk());
        let protected = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&self.header).ok()?);
        let key = ephemeral.agree(&self.recipient, self.enc, &[Vec::new(), Vec::new()])?;
        let mut text = serde_json::to_vec(&self.content).ok()?;
        if self.compresses {
            text = deflate(&text)?;
        }
        let mut nonce = [0; 12];
        rand::fill(&mut nonce).ok()?;
        let aad = Aad::from(protected.as_bytes());
        let sealing = Nonce::assume_unique_for_key(nonce);
        let tag = key.seal_in_place_separate_tag(sealing, aad, &mut text).ok()?;
        let mut tag = tag.as_ref().to_vec();
        if let (true, Some(octet)) = (self.spoils_the_tag, tag.first_mut()) {
            *octet ^= 1;
        }
        let encoded = |octets: &[u8]| URL_SAFE_NO_PAD.encode(octets);
        let (nonce, text, tag) = (encoded(&nonce), encoded(&text), encoded(&tag));
        Some(format!("{protected}.{}.{nonce}.{text}.{tag}", self.encrypted_key))
    }
}

fn deflate(text: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).ok()?;
    encoder.finish().ok()
}

/// Raw DEFLATE undone, to at most so many octets: `None` when it is more or no DEFLATE.
pub fn inflate(compressed: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    let limit = u64::try_from(most).ok()?.saturating_add(1);
    DeflateDecoder::new(compressed).take(limit).read_to_end(&mut text).ok()?;
    (text.len() <= most).then_some(text)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    fn envelope(recipient: &DecryptionKey) -> Envelope {
        let mut header = Map::new();
        header.insert("alg".to_owned(), json!(ALG));
        header.insert("enc".to_owned(), json!("A256GCM"));
        Envelope {
            header,
            recipient: recipient.public.clone(),
            enc: Enc::A256Gcm,
            compresses: false,
            encrypted_key: "",
            reuses_a_key: false,
            spoils_the_tag: false,
            stays_open: false,
            content: json!({"a": 1}),
        }
    }

    #[test]
    fn opens_what_it_seals_and_nothing_else() {
        let key = DecryptionKey::generate().unwrap();
        let text = envelope(&key).seal(None).unwrap();
        let message = Message::read(&text).unwrap();
        assert_eq!(message.open(&key).unwrap(), br#"{"a":1}"#);
        assert!(message.open(&DecryptionKey::generate().unwrap()).is_none());
        let spoilt = Envelope { spoils_the_tag: true, ..envelope(&key) }.seal(None).unwrap();
        assert!(Message::read(&spoilt).unwrap().open(&key).is_none());
    }

    #[test]
    fn refuses_other_shapes() {
        let key = DecryptionKey::generate().unwrap();
        let text = envelope(&key).seal(None).unwrap();
        assert!(Message::read("a.b.c").is_none());
        assert!(Message::read(&text.replace("..", ".AAAA.")).is_none());
        assert!(Message::read(text.rsplit_once('.').unwrap().0).is_none());
    }

    #[test]
    fn derives_the_key_of_rfc_7518_appendix_c() {
        let secret = URL_SAFE_NO_PAD.decode("nlbZHYFxNdNyg0KDv4QmnPsxbqPagGpI9tqneYz-kMQ").unwrap();
        let parties = [b"Alice".to_vec(), b"Bob".to_vec()];
        let key = concat_kdf(&secret, Enc::A128Gcm, &parties);
        assert_eq!(URL_SAFE_NO_PAD.encode(key), "VqqN6vgjbSBcIijNcacQGg");
    }

    #[test]
    fn inflates_to_a_bound() {
        let compressed = deflate(&[b' '; 5000]).unwrap();
        assert_eq!(inflate(&compressed, 5000).unwrap().len(), 5000);
        assert!(inflate(&compressed, 4999).is_none());
        assert!(inflate(b"\xff\xff", 10).is_none());
        // A stored block, by hand.
        assert_eq!(inflate(b"\x01\x02\x00\xfd\xffhi", 10).unwrap(), b"hi");
    }
}

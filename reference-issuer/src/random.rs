//! Unguessable text.

use aws_lc_rs::rand;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// 128 random bits as base64url, 22 characters: salts and marks.
pub fn short() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<16>())
}

/// 256 random bits as base64url, 43 characters: codes, tokens and nonces.
pub fn long() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// Text of that many characters out of an alphabet of at most 256, each equally likely but for the bias of a modulus.
pub fn text(alphabet: &[u8], length: usize) -> String {
    (0..length)
        .filter_map(|_| {
            let [byte] = bytes::<1>();
            alphabet.get(usize::from(byte) % alphabet.len().max(1))
        })
        .map(|&byte| char::from(byte))
        .collect()
}

/// Random bytes.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // The generator of aws-lc aborts the process rather than fail, so its result carries nothing.
    let _ = rand::fill(&mut bytes);
    bytes
}

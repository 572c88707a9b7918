//! Raw DEFLATE (RFC 1951), which is what `zip: DEF` means, inflated to a hard bound.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::JweError;

/// The largest content that a message is inflated to, in octets.
pub const LARGEST_PLAINTEXT: usize = 8 << 20;

/// Compresses.
pub fn deflate(plaintext: &[u8]) -> Result<Vec<u8>, JweError> {
    let failed = |error: std::io::Error| JweError::Compression(error.to_string());
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(plaintext).map_err(failed)?;
    encoder.finish().map_err(failed)
}

/// Decompresses, never beyond [`LARGEST_PLAINTEXT`].
pub fn inflate(compressed: &[u8]) -> Result<Vec<u8>, JweError> {
    let mut plaintext = Vec::new();
    let most = LARGEST_PLAINTEXT as u64 + 1;
    DeflateDecoder::new(compressed)
        .take(most)
        .read_to_end(&mut plaintext)
        .map_err(|error| JweError::Compression(error.to_string()))?;
    if plaintext.len() > LARGEST_PLAINTEXT {
        let why = format!("expected at most {LARGEST_PLAINTEXT} octets, found more");
        return Err(JweError::Compression(why));
    }
    Ok(plaintext)
}

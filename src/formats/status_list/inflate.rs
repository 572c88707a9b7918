//! Decompression with a bound: a few octets from a stranger may stand for any number of them.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

/// The largest list that is read, in octets after decompression: 128 million entries of one bit.
pub const LARGEST_LIST: usize = 16 * 1024 * 1024;

/// Why a list cannot be decompressed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InflateError {
    /// It is DEFLATE in the frame of gzip.
    #[error("expected the ZLIB data format, found gzip")]
    Gzip,
    /// It is something else, perhaps bare DEFLATE.
    #[error("expected the ZLIB data format, found no header of it{}", bare(*.0))]
    NoHeader(bool),
    /// The frame is right, and what is in it is not.
    #[error("expected DEFLATE in the ZLIB data format, found {0}")]
    Broken(String),
    /// There is more of it than is read: no fault of the issuer's.
    #[error("the list has more than {LARGEST_LIST} octets, which are not read")]
    TooLarge,
}

fn bare(is_deflate: bool) -> &'static str {
    if is_deflate { " (it is bare DEFLATE)" } else { "" }
}

/// Decompresses ZLIB (RFC 1950) to its end, checksum included.
///
/// # Errors
/// [`InflateError`], of which only `TooLarge` says nothing against the data.
pub fn inflate(compressed: &[u8]) -> Result<Vec<u8>, InflateError> {
    if !has_header(compressed) {
        return Err(match compressed {
            [0x1f, 0x8b, ..] => InflateError::Gzip,
            _ => InflateError::NoHeader(is_bare_deflate(compressed)),
        });
    }
    let mut octets = Vec::new();
    let bound = LARGEST_LIST as u64 + 1;
    let read = ZlibDecoder::new(compressed).take(bound).read_to_end(&mut octets);
    read.map_err(|error| InflateError::Broken(error.to_string()))?;
    if octets.len() > LARGEST_LIST { Err(InflateError::TooLarge) } else { Ok(octets) }
}

/// The two octets that a ZLIB stream begins with: DEFLATE, and a multiple of 31 (RFC 1950 2.2).
fn has_header(compressed: &[u8]) -> bool {
    match compressed {
        [method, flags, ..] => {
            method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0
        }
        _ => false,
    }
}

fn is_bare_deflate(compressed: &[u8]) -> bool {
    let decoder = flate2::read::DeflateDecoder::new(compressed);
    let mut octets = Vec::new();
    let read = decoder.take(LARGEST_LIST as u64).read_to_end(&mut octets);
    read.is_ok() && !octets.is_empty()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn zlib(octets: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(octets).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn only_the_zlib_frame_will_do() {
        assert_eq!(inflate(&zlib(b"octets")).unwrap(), b"octets");
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(b"octets").unwrap();
        assert_eq!(inflate(&gzip.finish().unwrap()), Err(InflateError::Gzip));
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::fast());
        bare.write_all(b"octets").unwrap();
        assert_eq!(inflate(&bare.finish().unwrap()), Err(InflateError::NoHeader(true)));
        assert_eq!(inflate(b"<html>"), Err(InflateError::NoHeader(false)));
        assert_eq!(inflate(b""), Err(InflateError::NoHeader(false)));
    }

    #[test]
    fn what_is_cut_off_or_altered_is_broken() {
        let mut whole = zlib(b"octets and octets");
        let cut = whole.len() - 1;
        assert!(matches!(inflate(&whole[..cut]), Err(InflateError::Broken(_))));
        whole[cut] ^= 1;
        assert!(matches!(inflate(&whole), Err(InflateError::Broken(_))));
    }

    #[test]
    fn a_bomb_ends_at_the_bound() {
        let bomb = zlib(&vec![0; LARGEST_LIST + 1]);
        assert!(bomb.len() < LARGEST_LIST / 200);
        assert_eq!(inflate(&bomb), Err(InflateError::TooLarge));
    }
}

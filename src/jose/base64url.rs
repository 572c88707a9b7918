//! Base64url without padding (RFC 7515, section 2): the alphabet of every segment and digest.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The text is no unpadded base64url: it has another character, padding, or loose trailing bits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not unpadded base64url: {0}")]
pub struct NotBase64Url(String);

/// Writes bytes as base64url without padding.
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads base64url strictly: no padding, no other alphabet, no white space, no loose bits.
///
/// # Errors
/// [`NotBase64Url`] says what stands in the way, and at which byte.
pub fn decode(text: &str) -> Result<Vec<u8>, NotBase64Url> {
    URL_SAFE_NO_PAD.decode(text).map_err(|error| NotBase64Url(explain(text, error)))
}

fn explain(text: &str, error: base64::DecodeError) -> String {
    if text.ends_with('=') {
        return "it is padded with `=`".to_owned();
    }
    if text.contains(['+', '/']) {
        return "it uses the standard alphabet (`+`, `/`) instead of `-`, `_`".to_owned();
    }
    error.to_string().to_lowercase()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_example_of_rfc_7515_appendix_c() {
        assert_eq!(encode([3, 236, 255, 224, 193]), "A-z_4ME");
        assert_eq!(decode("A-z_4ME").unwrap(), [3, 236, 255, 224, 193]);
    }

    #[test]
    fn refuses_padding_other_alphabets_and_loose_bits() {
        assert!(decode("QQ==").unwrap_err().to_string().contains("padded"));
        assert!(decode("+/8").unwrap_err().to_string().contains("alphabet"));
        assert!(decode("QR").is_err());
        assert!(decode("QQ ").is_err());
        assert!(decode("Q").is_err());
        assert_eq!(decode("").unwrap(), b"");
    }

    proptest! {
        #[test]
        fn every_sequence_of_bytes_survives(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(decode(&encode(&bytes)).unwrap(), bytes);
        }

        #[test]
        fn what_is_read_is_written_back_the_same(text in "[A-Za-z0-9_-]{0,40}") {
            if let Ok(bytes) = decode(&text) {
                prop_assert_eq!(encode(bytes), text);
            }
        }
    }
}

//! Integrity metadata of a document (W3C Subresource Integrity, section 3), as the members that end
//! in `#integrity` carry them: one or more hashes, of which the strongest kind counts.

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

/// What a document is, held against integrity metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Integrity {
    /// One of the strongest hashes is that of the document.
    Matches,
    /// It is, in a spelling that readers need not know: padding or alphabet are not those of
    /// standard base64.
    MatchesOddly,
    /// None of them is; here is what it should be.
    Differs {
        /// The document's hash of that kind.
        actual: String,
    },
    /// It is no integrity metadata.
    Malformed {
        /// The first part that is none.
        part: String,
    },
}

/// The kinds of hashes, the strongest last.
const KINDS: [&str; 3] = ["sha256", "sha384", "sha512"];

/// Holds a document against integrity metadata.
pub fn compare(metadata: &str, document: &[u8]) -> Integrity {
    let mut hashes = Vec::new();
    for part in metadata.split_ascii_whitespace() {
        match read(part) {
            Some(hash) => hashes.push(hash),
            None => return Integrity::Malformed { part: part.chars().take(80).collect() },
        }
    }
    let Some(strongest) = hashes.iter().map(|hash| hash.kind).max() else {
        return Integrity::Malformed { part: "nothing".to_owned() };
    };
    let actual = match KINDS.get(strongest) {
        Some(&"sha256") => Sha256::digest(document).to_vec(),
        Some(&"sha384") => Sha384::digest(document).to_vec(),
        _ => Sha512::digest(document).to_vec(),
    };
    let mut same = hashes.iter().filter(|hash| hash.kind == strongest && hash.octets == actual);
    match same.next() {
        Some(hash) if hash.is_standard || same.any(|hash| hash.is_standard) => Integrity::Matches,
        Some(_) => Integrity::MatchesOddly,
        None => {
            let kind = KINDS.get(strongest).copied().unwrap_or_default();
            let encoded = base64::engine::general_purpose::STANDARD.encode(actual);
            Integrity::Differs { actual: format!("{kind}-{encoded}") }
        }
    }
}

struct Hash {
    kind: usize,
    octets: Vec<u8>,
    is_standard: bool,
}

/// One hash with its options, which follow a question mark.
fn read(part: &str) -> Option<Hash> {
    let (kind, rest) = part.split_once('-')?;
    let kind = KINDS.iter().position(|known| *known == kind)?;
    let encoded = rest.split_once('?').map_or(rest, |(encoded, _)| encoded);
    let standard = encoded.replace('-', "+").replace('_', "/");
    let lenient =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let octets =
        GeneralPurpose::new(&base64::alphabet::STANDARD, lenient).decode(&standard).ok()?;
    let is_whole = octets.len() == [32, 48, 64].get(kind).copied().unwrap_or_default();
    let is_standard = standard == encoded && encoded.len().is_multiple_of(4);
    is_whole.then_some(Hash { kind, octets, is_standard })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The SHA-256 of nothing.
    const EMPTY: &str = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    #[test]
    fn the_strongest_kind_counts() {
        assert_eq!(compare(EMPTY, b""), Integrity::Matches);
        assert_eq!(compare(&format!("{EMPTY}?ct=json"), b""), Integrity::Matches);
        let other = format!("sha256-{}=", "A".repeat(43));
        assert_eq!(compare(&format!("{other} {EMPTY}"), b""), Integrity::Matches);
        let stronger = format!("{EMPTY} sha384-{}", "A".repeat(64));
        assert!(matches!(compare(&stronger, b""), Integrity::Differs { .. }));
        assert_eq!(compare(&other, b""), Integrity::Differs { actual: EMPTY.to_owned() });
    }

    #[test]
    fn other_spellings_are_told_apart_from_other_documents() {
        let odd = EMPTY.replace('+', "-").replace('/', "_");
        assert_eq!(compare(&odd, b""), Integrity::MatchesOddly);
        assert_eq!(compare(EMPTY.trim_end_matches('='), b""), Integrity::MatchesOddly);
    }

    #[test]
    fn what_is_no_hash_is_malformed() {
        for wrong in ["", "47DEQpj8", "sha-256-47DE", "sha256-!", "md5-AAAA", "sha256-AAAA"] {
            assert!(matches!(compare(wrong, b""), Integrity::Malformed { .. }), "{wrong}");
        }
    }
}

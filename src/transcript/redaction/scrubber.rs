//! Many replacements in one pass over a text.

use std::collections::HashMap;

use super::pins::{Pins, Setting};

/// Texts shorter than this, in bytes, are too common to be replaced by value.
const SHORTEST: usize = 4;
/// From this length on, a text of letters or digits alone is unlikely to be part of a word.
const LONG_ENOUGH: usize = 12;

/// A text and what stands for it.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    value: String,
    name: String,
    whole_word: bool,
}

impl Pattern {
    /// A secret: replaced wherever it stands, unless it might be part of a plain word or number.
    pub(super) fn secret(value: &str, name: &str) -> Self {
        let plain = value.bytes().all(|octet| octet.is_ascii_alphabetic())
            || value.bytes().all(|octet| octet.is_ascii_digit());
        Self {
            value: value.to_owned(),
            name: name.to_owned(),
            whole_word: plain && value.len() < LONG_ENOUGH,
        }
    }

    /// A text that is replaced as a whole word only.
    pub(super) fn word(value: &str, name: &str) -> Self {
        Self { value: value.to_owned(), name: name.to_owned(), whole_word: true }
    }
}

/// Replaces patterns in texts, in all the spellings a protocol has for them.
#[derive(Debug, Default)]
pub(super) struct Scrubber {
    /// By their first four bytes, the longest first.
    by_prefix: HashMap<[u8; SHORTEST], Vec<Pattern>>,
    pins: Pins,
}

impl Scrubber {
    /// Prepares the spellings of each pattern. Codes of a few digits are found by rules of their
    /// own.
    pub(super) fn new(patterns: Vec<Pattern>, pins: Pins) -> Self {
        let mut by_prefix: HashMap<_, Vec<Pattern>> = HashMap::new();
        for pattern in patterns {
            if pattern.value.len() < SHORTEST {
                continue;
            }
            for spelling in spellings(&pattern.value) {
                let Some(prefix) = spelling.as_bytes().first_chunk::<SHORTEST>() else {
                    continue;
                };
                let bucket = by_prefix.entry(*prefix).or_default();
                bucket.push(Pattern { value: spelling, ..pattern.clone() });
            }
        }
        for bucket in by_prefix.values_mut() {
            bucket.sort_by(|one, other| {
                let by_length = other.value.len().cmp(&one.value.len());
                by_length.then_with(|| one.value.cmp(&other.value))
            });
        }
        Self { by_prefix, pins }
    }

    /// The text without any secret.
    pub(super) fn scrub(&self, text: &str, setting: Setting) -> String {
        let scrubbed = self.patterns_replaced(text);
        if self.pins.is_empty() { scrubbed } else { self.pins.scrub(&scrubbed, setting) }
    }

    /// The text with every pattern replaced. Where patterns overlap, nothing of either is left
    /// and the longest gives the name.
    fn patterns_replaced(&self, text: &str) -> String {
        let mut scrubbed = String::with_capacity(text.len());
        let mut rest = 0;
        let mut at = 0;
        while at < text.len() {
            let Some(first) = self.longest_at(text, at) else {
                at += 1;
                continue;
            };
            let (mut longest, mut end) = (first, at + first.value.len());
            let mut inside = at + 1;
            while inside < end {
                if let Some(other) = self.longest_at(text, inside) {
                    end = end.max(inside + other.value.len());
                    if other.value.len() > longest.value.len() {
                        longest = other;
                    }
                }
                inside += 1;
            }
            scrubbed.push_str(text.get(rest..at).unwrap_or_default());
            scrubbed.push_str(&longest.name);
            rest = end;
            at = end;
        }
        scrubbed.push_str(text.get(rest..).unwrap_or_default());
        scrubbed
    }

    fn longest_at(&self, text: &str, at: usize) -> Option<&Pattern> {
        let here = text.as_bytes().get(at..)?;
        let bucket = self.by_prefix.get(here.first_chunk::<SHORTEST>()?)?;
        bucket.iter().find(|pattern| {
            here.starts_with(pattern.value.as_bytes())
                && (!pattern.whole_word || is_whole_word(text, at, pattern.value.len()))
        })
    }
}

/// Whether what stands there is no part of a longer word or number.
pub(super) fn is_whole_word(text: &str, at: usize, length: usize) -> bool {
    let in_word = |octet: u8| octet.is_ascii_alphanumeric() || octet == b'_' || octet == b'-';
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let after = text.as_bytes().get(at + length);
    let starts = match before {
        // The end of a percent-encoded octet or of a JSON escape, not of a word.
        [.., b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => true,
        [.., b'\\', b'b' | b'f' | b'n' | b'r' | b't'] => true,
        [.., last] => !in_word(*last),
        [] => true,
    };
    starts && after.is_none_or(|octet| !in_word(*octet))
}

/// A text as it stands in plain text, in JSON, in a form, in a URL, and as JSON inside those.
fn spellings(value: &str) -> Vec<String> {
    let escaped = serde_json::to_string(value).unwrap_or_default();
    let escaped = escaped
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(value)
        .to_owned();
    let mut spellings = vec![value.to_owned(), escaped.replace('/', "\\/"), escaped];
    for plain in spellings.clone() {
        let form: String = url::form_urlencoded::byte_serialize(plain.as_bytes()).collect();
        let encoded = percent_encoded(&plain);
        spellings.push(lower_hex(&form));
        spellings.push(lower_hex(&encoded));
        spellings.push(form);
        spellings.push(encoded);
    }
    spellings.sort_unstable();
    spellings.dedup();
    spellings
}

/// Everything but the unreserved characters of RFC 3986 as `%XX`.
fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|octet| match octet {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(octet).to_string()
            }
            _ => format!("%{octet:02X}"),
        })
        .collect()
}

/// The same with `%xx` for `%XX`.
fn lower_hex(encoded: &str) -> String {
    let mut digits = 0;
    encoded
        .chars()
        .map(|character| match (character, digits) {
            ('%', _) => {
                digits = 2;
                character
            }
            (_, 1 | 2) => {
                digits -= 1;
                character.to_ascii_lowercase()
            }
            _ => character,
        })
        .collect()
}

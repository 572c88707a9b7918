//! Decides of each text whether it may stand in a shape as it is. A text that an issuer publishes
//! may; one from an answer to a wallet only if it is a word of the protocol, and never if it is
//! something secret or personal of this run, wherever the issuer put it.

use sha2::{Digest as _, Sha256};

use super::origins::Origins;
use super::placeholder;
use crate::jose::base64url;
use crate::transcript::{Redactor, Run};

/// Longer texts of a document are told by their digest.
const LONGEST: usize = 400;
/// The longest word that is taken for one.
const LONGEST_WORD: usize = 60;
/// The longest phrase, such as a media type with its parameters, or a distinguished name.
const LONGEST_PHRASE: usize = 200;

/// What is known of a run for taking out what is different every time.
#[derive(Debug)]
pub(in crate::gate) struct Normaliser {
    origins: Origins,
    redactor: Redactor,
}

impl Normaliser {
    /// Learns where the issuer lives, and every secret.
    pub fn of(run: &Run) -> Self {
        Self { origins: Origins::of(run), redactor: Redactor::of(run) }
    }

    /// A URL or another text in which the issuer's own origin may stand.
    pub fn located(&self, text: &str) -> String {
        self.origins.replace(text)
    }

    /// A text that an issuer publishes, whole unless it is long.
    pub fn published(&self, text: &str) -> String {
        if text.len() <= LONGEST {
            return self.located(text);
        }
        let digest = base64url::encode(Sha256::digest(text.as_bytes()));
        let digest = digest.get(..16).unwrap_or_default();
        match placeholder::data(text) {
            Some(media_type) => format!("<data {media_type}, sha-256 {digest}…>"),
            None => {
                let beginning: String = text.chars().take(60).collect();
                format!("{}… <sha-256 {digest}…>", self.located(&beginning))
            }
        }
    }

    /// A word of the protocol, such as a token type or an algorithm, else a placeholder.
    pub fn word(&self, text: &str) -> String {
        let is_word = text.len() <= LONGEST_WORD && text.chars().all(|one| one.is_ascii_graphic());
        self.literal(text, is_word)
    }

    /// Words with blanks between them, or a URL, else a placeholder.
    pub fn phrase(&self, text: &str) -> String {
        let is_phrase = text.len() <= LONGEST_PHRASE && !text.chars().any(char::is_control);
        self.literal(text, is_phrase)
    }

    fn literal(&self, text: &str, fits: bool) -> String {
        if fits && self.redactor.scrub_value(text) == text {
            self.located(text)
        } else {
            placeholder::of_text(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::staging;

    #[test]
    fn a_secret_is_no_word_wherever_it_stands() {
        let normaliser = Normaliser::of(&staging::run());
        assert_eq!(normaliser.word("DPoP"), "DPoP");
        assert_eq!(normaliser.word(staging::TOKEN), "<string>");
        assert_eq!(normaliser.phrase(&format!("a {}", staging::TOKEN)), "<string>");
        assert_eq!(normaliser.word("two words"), "<string>");
    }

    #[test]
    fn long_texts_are_told_by_their_digest() {
        let normaliser = Normaliser::of(&staging::run());
        let logo = format!("data:image/svg+xml;base64,{}", "A".repeat(500));
        let told = normaliser.published(&logo);
        assert!(told.starts_with("<data image/svg+xml, sha-256 "), "{told}");
        assert_ne!(normaliser.published(&logo.replace("AAAA", "AAAB")), told);
        assert_eq!(normaliser.published("short"), "short");
    }
}

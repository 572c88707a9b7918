//! The part of a foreign text that an error may show: short, without control characters, and
//! without anything as long as a token.

/// How much is shown, in characters: of a long text, the end, where programs say what went wrong.
const SHOWN: usize = 600;
/// A word of letters and digits as long as this may be a token or a code.
const TOKEN: usize = 20;

/// The end of a text, fit to be shown.
pub(super) fn excerpt(text: &str) -> String {
    let printable: String = text
        .chars()
        .map(|character| match character {
            '\n' | '\t' => character,
            other if other.is_control() => ' ',
            other => other,
        })
        .collect();
    let masked = mask(printable.trim());
    let length = masked.chars().count();
    if length <= SHOWN {
        return masked;
    }
    let end: String = masked.chars().skip(length - SHOWN).collect();
    format!("… {end}")
}

fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut word = String::new();
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || "-_+=%~".contains(character) {
            word.push(character);
        } else {
            masked.push_str(&mask_word(&word));
            word.clear();
            masked.push(character);
        }
    }
    masked.push_str(&mask_word(&word));
    masked
}

fn mask_word(word: &str) -> String {
    let mixed = word.contains(|character: char| character.is_ascii_digit())
        && word.contains(|character: char| character.is_ascii_alphabetic());
    if word.len() < TOKEN || !mixed {
        return word.to_owned();
    }
    let start: String = word.chars().take(4).collect();
    format!("{start}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_cut_and_words_are_not() {
        let text = "+ curl -H authorization: Bearer eyJhbGciOiJFUzI1NiJ9abcdef https://issuer2.portal.example/credential-offers";
        assert_eq!(
            excerpt(text),
            "+ curl -H authorization: Bearer eyJh… https://issuer2.portal.example/credential-offers"
        );
        assert_eq!(
            excerpt("?credential_offer=%7B%22pre-authorized_code%22%3A%22oaKazRN8I0%22%7D"),
            "?cred…"
        );
    }

    #[test]
    fn an_error_cannot_paint_the_terminal() {
        assert_eq!(excerpt("\u{1b}[31mred\r\n"), "[31mred");
        let long = "a ".repeat(5000);
        assert!(excerpt(&long).chars().count() <= SHOWN + 2);
    }
}

//! Text from an issuer, made harmless for a terminal.

use std::fmt::Write as _;

/// The text with every control character, and everything that changes the direction of writing,
/// spelt out; so is a `##`, with which pipelines mark commands to themselves (`##[…]`, `##vso[…]`).
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => plain.push_str("\\n"),
            '\r' => plain.push_str("\\r"),
            '\t' => plain.push_str("\\t"),
            '#' if plain.ends_with('#') => plain.push_str("\\u{23}"),
            character if character.is_control() || is_deceptive(character) => {
                let _ = write!(plain, "\\u{{{:x}}}", u32::from(character));
            }
            character => plain.push(character),
        }
    }
    plain
}

/// Line separators, marks of direction, and characters without a width.
fn is_deceptive(character: char) -> bool {
    matches!(
        character,
        '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_moves_the_cursor_or_turns_the_text_around() {
        assert_eq!(plain("a\u{1b}[2Jb\r\n\u{9b}31m"), "a\\u{1b}[2Jb\\r\\n\\u{9b}31m");
        assert_eq!(plain("code\u{202e}txt"), "code\\u{202e}txt");
        assert_eq!(plain("naïve – ✓ 日本 token#1"), "naïve – ✓ 日本 token#1");
    }

    #[test]
    fn no_pipeline_takes_it_for_a_command() {
        assert_eq!(plain("##[add-mask]x"), "#\\u{23}[add-mask]x");
        assert_eq!(plain("###vso[x]"), "#\\u{23}#vso[x]");
    }
}

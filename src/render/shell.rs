//! Words of a command line that a POSIX shell takes for one, whatever is in them.

/// A word in quotation marks: nothing in it means anything.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A word in quotation marks only where it needs them, for a person to read.
pub fn shell_word(text: &str) -> String {
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || "_./:=@%+,[]-".contains(character);
    if !text.is_empty() && text.chars().all(is_plain) { text.to_owned() } else { quoted(text) }
}

#[cfg(test)]
mod tests {
    use super::shell_word;

    #[test]
    fn only_what_a_shell_would_read_is_quoted() {
        let words = ["https://h.example:8443/a", "", "a b", "it's", "$HOME"].map(shell_word);
        assert_eq!(words, ["https://h.example:8443/a", "''", "'a b'", r"'it'\''s'", "'$HOME'"]);
    }
}

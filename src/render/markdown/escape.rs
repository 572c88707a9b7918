//! Text that others wrote, made harmless for Markdown and for what hosts make of it.

use crate::render::plain;

/// Longer texts are cut, in characters.
const LONGEST: usize = 2_000;

/// The text as a code span: no markup, no mention, no reference to an issue, no link is seen in one.
/// A line break is spelt out, as everything is that cannot be seen.
pub(super) fn code(text: &str) -> String {
    let text = plain(&cut(text));
    if text.trim().is_empty() {
        return "(nothing)".to_owned();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    // Of blanks at both ends one is taken off; they keep a backtick from the fence.
    let touches = |end: Option<char>| matches!(end, Some('`' | ' '));
    let blank = if touches(text.chars().next()) || touches(text.chars().last()) { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// The same in a cell of a table, where a bar would end the cell even inside a code span.
pub(super) fn cell(text: &str) -> String {
    code(&text.replace('\\', "\\u{5c}")).replace('|', "\\|")
}

/// The text as a fenced block, indented to be part of a list item.
pub(super) fn block(text: &str, indent: &str) -> String {
    let lines: Vec<String> = cut(text).lines().map(plain).collect();
    let longest = lines.iter().map(|line| longest_run(line)).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let lines = lines.iter().map(|line| format!("{indent}{line}\n"));
    format!("{indent}{fence}text\n{}{indent}{fence}\n", lines.collect::<String>())
}

/// Words of our own, which may hold a character that Markdown has a use for.
pub(super) fn prose(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in plain(text).chars() {
        if "\\`*_[]<>~|&#".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            let all = text.chars().count();
            format!("{}… ({all} characters in all)", text.get(..end).unwrap_or_default())
        }
        None => text.to_owned(),
    }
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_span_ends_where_we_end_it() {
        assert_eq!(code("a `b`` c"), "```a `b`` c```");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(code("line\nline"), "`line\\nline`");
        assert_eq!(code(" \u{20}"), "(nothing)");
        assert_eq!(cell("a|b\\|c"), "`a\\|b\\u{5c}\\|c`");
    }

    #[test]
    fn a_block_keeps_its_lines_and_its_fence() {
        assert_eq!(block("a\n````\nb", "  "), "  `````text\n  a\n  ````\n  b\n  `````\n");
    }

    #[test]
    fn long_texts_are_cut_and_say_so() {
        let long = code(&"ä".repeat(LONGEST + 1));
        assert!(long.ends_with("… (2001 characters in all)`"), "{long}");
    }
}

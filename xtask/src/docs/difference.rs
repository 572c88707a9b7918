//! Where a written document and the one that would be written part ways.

/// The first line that differs, as something to read; nothing if the texts are equal.
pub fn first(found: &str, wanted: &str) -> Option<String> {
    if found == wanted {
        return None;
    }
    if found.is_empty() {
        return Some("is missing".to_owned());
    }
    let (mut found, mut wanted) = (found.lines(), wanted.lines());
    let mut number = 1;
    loop {
        match (found.next(), wanted.next()) {
            (Some(one), Some(other)) if one == other => number += 1,
            (None, None) => return Some("differs in line ends".to_owned()),
            (one, other) => {
                let show = |line: Option<&str>| {
                    line.map_or("(end of the document)".to_owned(), str::to_owned)
                };
                return Some(format!(
                    "differs in line {number}\n  - {}\n  + {}",
                    show(one),
                    show(other)
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn the_first_different_line_is_shown() {
        assert_eq!(first("a\nb\n", "a\nb\n"), None);
        assert_eq!(first("", "a\n").as_deref(), Some("is missing"));
        assert_eq!(first("a\nb\n", "a\nc\n").as_deref(), Some("differs in line 2\n  - b\n  + c"));
        assert_eq!(
            first("a\n", "a\nb\n").as_deref(),
            Some("differs in line 2\n  - (end of the document)\n  + b")
        );
        assert_eq!(first("a", "a\n").as_deref(), Some("differs in line ends"));
    }
}

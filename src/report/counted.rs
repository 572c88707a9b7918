//! How a number of things is told, the same wherever a report is put into words.

/// A number with its noun: `1 check`, `2 checks`.
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn only_one_is_no_plural() {
        assert_eq!(
            [0, 1, 2].map(|count| counted(count, "check")),
            ["0 checks", "1 check", "2 checks"]
        );
    }
}

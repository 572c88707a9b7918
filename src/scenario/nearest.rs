//! What was probably meant.

/// The known word that is nearest, as a question; none where nothing is near.
pub(super) fn did_you_mean<'k>(
    word: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<String> {
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, candidate)| format!("did you mean {candidate:?}?"))
}

/// serde's words for a fault, in ours: message, label and help.
pub(super) fn told(message: &str) -> (String, String, Option<String>) {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut names = line.split('`').skip(1).step_by(2);
    let found = names.next().unwrap_or_default();
    let known: Vec<&str> = names.collect();
    let help = || {
        did_you_mean(found, known.iter().copied())
            .unwrap_or_else(|| format!("known are {}", known.join(", ")))
    };
    if line.starts_with("unknown field") {
        (format!("unknown key {found}"), "not known here".to_owned(), Some(help()))
    } else if line.starts_with("unknown variant") {
        (format!("unknown value {found}"), "not known here".to_owned(), Some(help()))
    } else if line.starts_with("missing field") {
        (format!("missing key {found}"), format!("has no {found}"), None)
    } else {
        (line, "here".to_owned(), None)
    }
}

//! What was probably meant, for every name that people write: one measure, and serde's words in ours.

/// As alike as two names have to be for one to be taken for the other, of 1.
const ALIKE: f64 = 0.7;

/// The known name that is nearest; none where nothing is near.
pub(crate) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > ALIKE)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, candidate)| candidate)
}

/// The same as a question.
pub(crate) fn did_you_mean<'k>(
    name: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<String> {
    nearest(name, known).map(|nearest| format!("did you mean {nearest}?"))
}

/// A fault that serde found, in our words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// What is wrong.
    pub message: String,
    /// What stands at the place.
    pub label: String,
    /// The way out, where one is known.
    pub help: Option<String>,
}

impl Told {
    /// Puts serde's message into our words.
    pub fn of(message: &str) -> Self {
        let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut names = line.split('`').skip(1).step_by(2);
        let found = names.next().unwrap_or_default();
        let known: Vec<&str> = names.collect();
        let unknown = |what: &str| Self {
            message: format!("unknown {what} {found}"),
            label: "not known here".to_owned(),
            help: did_you_mean(found, known.iter().copied())
                .or_else(|| Some(format!("known are {}", known.join(", ")))),
        };
        if line.starts_with("unknown field") {
            unknown("key")
        } else if line.starts_with("unknown variant") {
            unknown("value")
        } else if line.starts_with("missing field") {
            let (message, label) = (format!("missing key {found}"), format!("has no {found}"));
            Self { message, label, help: None }
        } else {
            Self { message: sentence(&line), label: "here".to_owned(), help: None }
        }
    }
}

/// One line that begins with a small letter.
pub(crate) fn sentence(message: &str) -> String {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut characters = line.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_of_several_is_meant_and_a_stranger_is_none() {
        let known = ["nonce/is-uncacheable", "nonce/is-unpredictable", "token/is-uncacheable"];
        assert_eq!(nearest("nonce/is-uncachable", known), Some(known[0]));
        assert_eq!(nearest("nonse/is-unpredictable", known), Some(known[1]));
        assert_eq!(nearest("zzz", known), None);
    }

    #[test]
    fn what_serde_says_becomes_a_sentence_with_a_way_out() {
        let told = Told::of("unknown field `isuer`, expected one of `issuer`, `offers`");
        assert_eq!(told.message, "unknown key isuer");
        assert_eq!(told.help.as_deref(), Some("did you mean issuer?"));
        let far = Told::of("unknown variant `x`, expected `stage` or `production`");
        assert_eq!(far.help.as_deref(), Some("known are stage, production"));
        assert_eq!(Told::of("missing field `url`").label, "has no url");
        assert_eq!(Told::of("Invalid\n  number").message, "invalid number");
    }
}

//! What can be issued is the same in every language.

use super::languages::{difference, in_language, without_texts};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/languages-change-texts-only",
    aliases: &[],
    since: "2026.3",
    title: "the language changes texts and nothing else",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-wellknown"],
    obligation: "metadata in a language are the same as without, display texts apart",
    doc: "Only the contents of `display` are texts for people. An issuer that narrows its metadata by leaving out every \
          configuration without a text in the language hides what it issues from users who speak another one.",
    judge: Judge::Answers(Station::NegotiatedMetadata, languages_change_texts_only),
};

fn languages_change_texts_only(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_language(answered, scene, |all, narrowed| {
        let (all, _) = without_texts(all);
        let (narrowed, _) = without_texts(narrowed);
        match difference(&all, &narrowed) {
            None => Finding::Holds,
            Some(place) => Finding::breaks(
                "the same metadata, texts apart",
                format!("a difference at {place}"),
            ),
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::checks::issuer_metadata::examples::PID;
    use crate::checks::issuer_metadata::languages::staged::{asked, german};
    use crate::checks::staging::{assert_breaks, assert_holds, without};

    #[test]
    fn a_configuration_that_is_gone_is_no_text() {
        assert_holds(&super::CHECK, &asked(200, &[], &german()));
        let less = asked(200, &[], &without(german(), PID));
        assert_breaks(&super::CHECK, &less, PID);
    }
}

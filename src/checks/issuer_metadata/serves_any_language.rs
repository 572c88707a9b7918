//! Who wants Klingon gets what there is.

use super::languages::asked_for;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/serves-any-language",
    aliases: &[],
    since: "2026.3",
    title: "metadata come whatever the language",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-wellknown"],
    obligation: "a request for metadata in any language is answered with status 200",
    doc: "`Accept-Language` is a wish. An issuer that has no text in the language sends the texts that it has, or \
          ignores the wish. Frameworks that negotiate strictly answer 406 instead, and wallets of users who speak \
          something else get no metadata at all.",
    judge: Judge::Answers(Station::NegotiatedMetadata, serves_any_language),
};

fn serves_any_language(answered: &Answered<'_>, _: &Scene<'_>) -> Finding {
    let Some(language) = asked_for(answered) else {
        return Finding::Silent("no language was asked for");
    };
    let status = answered.answer.status;
    if status == 404 {
        return Finding::Silent("there are no metadata at this place");
    }
    Finding::expect(status == 200, "200", format!("{status} for Accept-Language: {language}"))
}

#[cfg(test)]
mod tests {
    use crate::checks::issuer_metadata::languages::staged::{asked, german};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn a_language_is_no_condition() {
        assert_holds(&super::CHECK, &asked(200, &[], &german()));
        assert_breaks(&super::CHECK, &asked(406, &[], &german()), "406 for Accept-Language: de");
    }
}

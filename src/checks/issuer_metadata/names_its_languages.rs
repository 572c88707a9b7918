//! Who leaves texts out says which are left.

use serde_json::Value;

use super::languages::{in_language, without_texts};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/names-its-languages",
    aliases: &[],
    since: "2026.3",
    title: "narrowed metadata name their languages",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-wellknown"],
    obligation: "metadata whose display texts were narrowed to some languages name these in Content-Language",
    doc: "A wallet that caches metadata has to know that these are not all of the texts, and in which languages they \
          are. Without `Content-Language`, and without `Vary: Accept-Language` for caches on the way, the next \
          user gets texts in the language of the one before.",
    judge: Judge::Answers(Station::NegotiatedMetadata, names_its_languages),
};

fn names_its_languages(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_language(answered, scene, |all, narrowed| {
        let (_, before) = without_texts(all);
        let (_, after) = without_texts(narrowed);
        if after.len() >= before.len() {
            return Finding::Exempt("the texts were not narrowed");
        }
        let named: Vec<String> = answered
            .answer
            .headers
            .all("content-language")
            .flat_map(|field| field.split(','))
            .map(|tag| tag.trim().to_ascii_lowercase())
            .collect();
        if named.is_empty() {
            return Finding::breaks("Content-Language, since texts were left out", "none");
        }
        let is_named = |locale: &&str| {
            let locale = locale.to_ascii_lowercase();
            named.iter().any(|tag| covers(tag, &locale) || covers(&locale, tag))
        };
        let locales = after.iter().filter_map(|text| text.get("locale").and_then(Value::as_str));
        let unnamed: Vec<&str> = locales.filter(|locale| !is_named(locale)).collect();
        Finding::expect(
            unnamed.is_empty(),
            "the language of each text in Content-Language",
            format!("{}, and texts in {}", named.join(", "), unnamed.join(", ")),
        )
    })
}

/// Whether a tag is the other, or the language without its region.
fn covers(tag: &str, locale: &str) -> bool {
    locale.strip_prefix(tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::issuer_metadata::languages::staged::{asked, bilingual, german};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn what_is_left_is_named() {
        assert_holds(&super::CHECK, &asked(200, &[("content-language", "de-DE")], &german()));
        assert_breaks(&super::CHECK, &asked(200, &[], &german()), "none");
        let other = asked(200, &[("content-language", "fr")], &german());
        assert_breaks(&super::CHECK, &other, "fr, and texts in de");
    }

    #[test]
    fn who_sends_everything_need_not_say_so() {
        assert_outcome(&super::CHECK, &asked(200, &[], &bilingual()), Outcome::NotApplicable);
    }
}

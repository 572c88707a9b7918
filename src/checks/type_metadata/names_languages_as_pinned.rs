//! One word was renamed between two drafts.

use serde_json::Value;

use super::{described, in_document};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/names-languages-as-pinned",
    aliases: &[],
    since: "2026.3",
    title: "languages are named as in the pinned draft",
    level: Level::Note,
    raised_by: &[],
    applies: described,
    spec: &["sdjwtvc#section-8", "sdjwtvc#section-9.2"],
    obligation: "display entries of type metadata have lang, the name that the draft under OpenID4VCI 1.0 uses",
    doc: "OpenID4VCI 1.0 rests on draft 11 of SD-JWT VC, where a display entry has its language in \
          `lang`. Draft 12 renamed it to `locale`, and HAIP 1.0 rests on draft 13. Wallets of either \
          kind are about, and each overlooks the other's name.\n\n\
          Write both, with the same value: readers ignore the one that they do not know.",
    judge: Judge::Answers(Station::TypeMetadata, names_languages_as_pinned),
};

fn names_languages_as_pinned(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let of_claims = metadata.claims().filter_map(|claim| claim.json().get("display"));
        let of_claims = of_claims.filter_map(Value::as_array).flatten();
        let entries: Vec<&Value> =
            metadata.display().chain(of_claims).filter(|entry| entry.is_object()).collect();
        if entries.is_empty() {
            return Finding::Exempt("nothing has a display");
        }
        let newer = entries
            .iter()
            .filter(|entry| entry.get("lang").is_none() && entry.get("locale").is_some());
        let newer = newer.count();
        Finding::expect(
            newer == 0,
            "lang in each display entry",
            format!("locale alone in {newer} of {}", entries.len()),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::described;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn the_later_name_alone_is_noted() {
        let display = |entry| described(json!({ "display": [entry] }));
        assert_holds(&super::CHECK, &display(json!({ "lang": "en", "locale": "en", "name": "A" })));
        let newer = display(json!({ "locale": "en", "name": "A" }));
        assert_breaks(&super::CHECK, &newer, "1 of 1");
        assert_outcome(&super::CHECK, &newer, Outcome::Note);
    }
}

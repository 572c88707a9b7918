//! What people are shown needs a language and a name.

use serde_json::Value;

use super::{described, first_fault, in_document, worst};
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, shape};
use crate::protocol::TypeMetadata;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/display-is-well-formed",
    aliases: &[],
    since: "2026.3",
    title: "display entries have a language and a name",
    level: Level::Must,
    raised_by: &[],
    applies: described,
    spec: &["sdjwtvc#section-8", "sdjwtvc#section-9.2"],
    obligation: "display in type metadata is an array of objects, each with a language and a name, and those of claims each with a language and a label",
    doc: "A wallet picks the entry whose language suits the user and shows its name. Without the \
          language it cannot pick, without the name it has nothing to show; claims have a `label` \
          where types have a `name`, and the two are easily exchanged. The language stands in \
          `lang` in draft 11 and in `locale` since draft 12: either is taken here, see \
          `type-metadata/names-languages-as-pinned`.\n\n\
          Two entries for one language leave the choice to the wallet; they warn.",
    judge: Judge::Answers(Station::TypeMetadata, display_is_well_formed),
};

fn display_is_well_formed(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let json = metadata.json();
        if !has_display(json) {
            return Finding::Exempt("nothing has a display");
        }
        let of_claims = metadata.claims().enumerate().map(|(index, claim)| {
            let what = format!("display of claim {}", index + 1);
            entries(claim.json().get("display"), &what, "label")
        });
        let of_type = entries(json.get("display"), "display", "name");
        worst(std::iter::once(of_type).chain(of_claims))
    })
}

/// Whether the type or one of its claims has a `display`.
pub(super) fn has_display(json: &Value) -> bool {
    let mut claims = TypeMetadata::new(json).claims();
    json.get("display").is_some() || claims.any(|claim| claim.json().get("display").is_some())
}

fn entries(display: Option<&Value>, what: &str, name: &str) -> Finding {
    let fault = first_fault(display, what, |entry| {
        if !entry.is_object() {
            return Some(shape::kind(Some(entry)).to_owned());
        }
        if TypeMetadata::language(entry).is_none() {
            return Some("no lang".to_owned());
        }
        let is_text = entry.get(name).is_some_and(Value::is_string);
        (!is_text).then(|| format!("{name} is {}", shape::describe(entry.get(name))))
    });
    if let Some(fault) = fault {
        return Finding::breaks(format!("objects with lang and {name}"), fault);
    }
    let entries = display.and_then(Value::as_array).into_iter().flatten();
    let languages: Vec<&str> = entries.filter_map(TypeMetadata::language).collect();
    match shape::repeated(&languages) {
        Some(language) => Finding::Warns(
            Breach::new("one entry for each language", format!("{what} has {language} twice")),
            "the text asks for an entry for each language and does not forbid a second",
        ),
        None => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::{described, plain};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};

    fn displayed(display: Value) -> crate::checks::staging::Stage {
        described(json!({ "display": display }))
    }

    #[test]
    fn both_spellings_of_the_language_hold() {
        let both = json!([{ "lang": "de", "name": "A" }, { "locale": "en", "name": "B" }]);
        assert_holds(&super::CHECK, &displayed(both));
        assert_outcome(&super::CHECK, &described(plain()), Outcome::NotApplicable);
    }

    #[test]
    fn what_cannot_be_chosen_or_shown_breaks() {
        let cases = [
            (json!({ "en": "PID" }), "display is an object"),
            (json!(["PID"]), "entry 1 of display: a string"),
            (json!([{ "name": "PID" }]), "no lang"),
            (json!([{ "lang": "en", "label": "PID" }]), "name is nothing"),
        ];
        for (display, says) in cases {
            assert_breaks(&super::CHECK, &displayed(display), says);
        }
        let claims = json!([{ "path": ["a"], "display": [{ "lang": "en", "name": "A" }] }]);
        let claims = described(json!({ "claims": claims }));
        assert_breaks(&super::CHECK, &claims, "display of claim 1: label is nothing");
    }

    #[test]
    fn a_language_twice_warns() {
        let twice = json!([{ "lang": "en", "name": "A" }, { "lang": "en", "name": "B" }]);
        assert_outcome(&super::CHECK, &displayed(twice), Outcome::Warn);
    }
}

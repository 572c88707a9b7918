//! For each language there is one thing to show, and nothing that is needed is missing.

use std::collections::HashSet;

use serde_json::Value;

use super::{in_document, none_of};
use crate::checks::{Answered, Applies, Check, Finding, Judge, Level, Scene, shape};
use crate::protocol::IssuerMetadata;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/display-is-unambiguous",
    aliases: &[],
    since: "2026.1",
    title: "display data has one entry for each language",
    level: Level::Must,
    raised_by: &[],
    applies: where_display_is_given,
    spec: &["vci#credential-issuer-parameters", "vci#claims-description-issuer-metadata"],
    obligation: "a display array is not empty, has one object for each BCP 47 language tag, and images \
                 have their uri and credentials their name",
    doc: "Wallets pick the entry of the user's language. Two entries for `en` leave the choice to chance; \
          `en_US` is a POSIX locale and no BCP 47 tag, `en-US` is. In a `logo` or `background_image` the \
          address is called `uri`, where drafts up to 13 had `url`, and the display of a credential needs \
          its `name`.\n\n\
          Tags compare without regard to case. Leave `display` out rather than empty.",
    judge: Judge::Answers(Station::IssuerMetadata, display_is_unambiguous),
};

fn display_is_unambiguous(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let displays = displays(metadata);
        if displays.is_empty() {
            return Finding::Silent("the metadata has no display data");
        }
        let faults = displays
            .into_iter()
            .filter_map(|display| Some(format!("{}: {}", display.place, display.fault()?)));
        none_of(faults, "one complete object for each language tag")
    })
}

/// A display array, and where it stands.
struct Display<'a> {
    place: String,
    value: &'a Value,
    needs_name: bool,
}

impl Display<'_> {
    fn fault(&self) -> Option<String> {
        let entries = match self.value.as_array() {
            Some(entries) if !entries.is_empty() => entries,
            _ => return Some(shape::describe(Some(self.value))),
        };
        let mut languages = HashSet::new();
        entries.iter().find_map(|entry| {
            if !entry.is_object() {
                return Some(shape::describe(Some(entry)));
            }
            self.fault_of_entry(entry).or_else(|| {
                let tag = entry.get("locale")?.as_str()?.to_ascii_lowercase();
                (!languages.insert(tag.clone())).then(|| format!("{} twice", shape::quote(&tag)))
            })
        })
    }

    fn fault_of_entry(&self, entry: &Value) -> Option<String> {
        let locale = entry.get("locale");
        if locale.is_some_and(|locale| !locale.as_str().is_some_and(is_language_tag)) {
            return Some(format!("the locale {}", shape::describe(locale)));
        }
        if self.needs_name && !entry.get("name").is_some_and(Value::is_string) {
            return Some("an entry without a name".to_owned());
        }
        ["logo", "background_image"].into_iter().find_map(|image| {
            let value = entry.get(image)?;
            (!value.get("uri").is_some_and(Value::is_string))
                .then(|| format!("{image} without uri"))
        })
    }
}

/// Every display array that the specification defines: of the issuer, of credentials, of claims.
fn displays(metadata: IssuerMetadata<'_>) -> Vec<Display<'_>> {
    let mut found: Vec<Display<'_>> = Vec::new();
    found.extend(display_of(metadata.json(), "display", false));
    for (id, configuration) in metadata.configurations() {
        let Some(inner) = configuration.json().get("credential_metadata") else {
            continue;
        };
        found.extend(display_of(inner, id, true));
        let claims = inner.get("claims").and_then(Value::as_array);
        for (index, claim) in claims.into_iter().flatten().enumerate() {
            let place = format!("claim {} of {id}", index + 1);
            found.extend(display_of(claim, &place, false));
        }
    }
    found
}

fn display_of<'a>(owner: &'a Value, place: &str, needs_name: bool) -> Option<Display<'a>> {
    Some(Display { place: place.to_owned(), value: owner.get("display")?, needs_name })
}

/// The outer form of BCP 47: subtags of one to eight letters and digits, the first of letters.
fn is_language_tag(text: &str) -> bool {
    let mut subtags = text.split('-');
    let fits = |subtag: &str| {
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|octet| octet.is_ascii_alphanumeric())
    };
    subtags
        .next()
        .is_some_and(|first| fits(first) && first.bytes().all(|octet| octet.is_ascii_alphabetic()))
        && subtags.all(fits)
}

fn where_display_is_given(scene: &Scene<'_>) -> Applies {
    match scene.issuer_metadata() {
        Some(metadata) => {
            Applies::when(!displays(metadata).is_empty(), "the metadata has no display data")
        }
        None => Applies::Yes,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{PID, honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};

    fn of_issuer(display: Value) -> Stage {
        metadata_with("/display", display)
    }

    fn of_credential(display: Value) -> Stage {
        let metadata = json!({ "display": display });
        metadata_with(&format!("{PID}/credential_metadata"), metadata)
    }

    #[test]
    fn one_entry_for_each_language_holds() {
        let logo = json!({ "uri": "data:image/png;base64,AA" });
        let display = json!([{ "locale": "de-CH", "logo": logo }, { "locale": "en" }, {}]);
        assert_holds(&super::CHECK, &of_issuer(display));
        let display = json!([{ "name": "PID", "locale": "zh-Hant-TW" }]);
        assert_holds(&super::CHECK, &of_credential(display));
    }

    #[test]
    fn doubled_malformed_or_incomplete_entries_break() {
        for (display, says) in [
            (json!([{ "locale": "en" }, { "locale": "EN" }]), "display: \"en\" twice"),
            (json!([{ "locale": "en_US" }]), "the locale \"en_US\""),
            (json!([]), "an empty array"),
            (json!({}), "an object"),
            (json!([{ "logo": { "url": "https://h" } }]), "logo without uri"),
        ] {
            assert_breaks(&super::CHECK, &of_issuer(display), says);
        }
        for (display, says) in [
            (json!([{ "locale": "en" }]), "pid: an entry without a name"),
            (json!([{ "name": "n", "background_image": {} }]), "background_image without uri"),
        ] {
            assert_breaks(&super::CHECK, &of_credential(display), says);
        }
    }

    #[test]
    fn claims_are_displayed_too() {
        let claims = json!({ "claims": [{ "path": ["a"], "display": [
            { "locale": "de" }, { "locale": "de" }
        ] }] });
        let stage = metadata_with(&format!("{PID}/credential_metadata"), claims);
        assert_breaks(&super::CHECK, &stage, "claim 1 of pid: \"de\" twice");
    }

    #[test]
    fn display_is_optional() {
        assert_outcome(&super::CHECK, &honest(), Outcome::NotApplicable);
    }
}

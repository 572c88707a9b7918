//! A picture needs an address.

use serde_json::Value;

use super::{described, first_fault, in_document};
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::formats::integrity::{Integrity, compare};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "type-metadata/rendering-is-well-formed",
    aliases: &[],
    since: "2026.3",
    title: "rendering is complete",
    level: Level::Must,
    raised_by: &[],
    applies: described,
    spec: &["sdjwtvc#section-8.1"],
    obligation: "rendering in a display entry is an object of methods, a logo has a uri, each of several SVG templates has a uri and properties, and what is said of integrity is integrity metadata",
    doc: "`simple` may have a `logo`, which then has a `uri`. `svg_templates` (draft 11 names it \
          `svg_template` in its text and `svg_templates` in its example) is an array; with more than \
          one template each needs `properties`, or a wallet cannot choose. `uri#integrity` is \
          written as `vct#integrity` is.",
    judge: Judge::Answers(Station::TypeMetadata, rendering_is_well_formed),
};

fn rendering_is_well_formed(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let renderings = metadata
            .display()
            .enumerate()
            .filter_map(|(index, entry)| Some((index + 1, entry.get("rendering")?)));
        let renderings: Vec<(usize, &Value)> = renderings.collect();
        if renderings.is_empty() {
            return Finding::Exempt("no display entry has a rendering");
        }
        let fault = renderings
            .into_iter()
            .find_map(|(number, rendering)| Some(format!("entry {number}: {}", fault(rendering)?)));
        match fault {
            Some(fault) => Finding::breaks("a complete rendering", fault),
            None => Finding::Holds,
        }
    })
}

fn fault(rendering: &Value) -> Option<String> {
    let Some(methods) = rendering.as_object() else {
        return Some(format!("rendering is {}", shape::describe(Some(rendering))));
    };
    let simple = methods.get("simple").and_then(|simple| {
        if !simple.is_object() {
            return Some(format!("simple is {}", shape::describe(Some(simple))));
        }
        picture("logo", simple.get("logo")?)
    });
    simple.or_else(|| {
        let (name, templates) = ["svg_templates", "svg_template"]
            .into_iter()
            .find_map(|name| Some((name, methods.get(name)?)))?;
        self::templates(name, templates)
    })
}

fn templates(name: &str, templates: &Value) -> Option<String> {
    let several = templates.as_array().is_some_and(|templates| templates.len() > 1);
    first_fault(Some(templates), name, |template| {
        let incomplete = several && !template.get("properties").is_some_and(Value::is_object);
        picture("template", template)
            .or_else(|| incomplete.then(|| "no properties beside other templates".to_owned()))
    })
}

fn picture(what: &str, picture: &Value) -> Option<String> {
    let uri = picture.get("uri");
    if !uri.is_some_and(Value::is_string) {
        return Some(format!("uri of the {what} is {}", shape::describe(uri)));
    }
    let integrity = picture.get("uri#integrity")?;
    let is_read = integrity
        .as_str()
        .is_some_and(|text| !matches!(compare(text, b""), Integrity::Malformed { .. }));
    (!is_read)
        .then(|| format!("uri#integrity of the {what} is {}", shape::describe(Some(integrity))))
}

#[cfg(test)]
mod tests {
    use super::super::staged::{described, plain};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use serde_json::{Value, json};

    fn rendered(rendering: Value) -> Stage {
        described(json!({ "display": [{ "lang": "en", "name": "A", "rendering": rendering }] }))
    }

    #[test]
    fn complete_ones_hold() {
        let hash = format!("sha256-{}=", "A".repeat(43));
        let logo = json!({ "uri": "https://a.example/logo", "uri#integrity": hash });
        assert_holds(&super::CHECK, &rendered(json!({ "simple": { "logo": logo } })));
        assert_holds(&super::CHECK, &rendered(json!({ "svg_templates": [{ "uri": "a" }] })));
        assert_outcome(&super::CHECK, &described(plain()), Outcome::NotApplicable);
    }

    #[test]
    fn what_is_missing_is_told() {
        let cases = [
            (json!("simple"), "rendering is"),
            (json!({ "simple": { "logo": { "alt_text": "A" } } }), "uri of the logo is nothing"),
            (
                json!({ "simple": { "logo": { "uri": "a", "uri#integrity": "x" } } }),
                "uri#integrity",
            ),
            (json!({ "svg_template": { "uri": "a" } }), "svg_template is an object"),
            (json!({ "svg_templates": [{ "uri": "a" }, { "uri": "b" }] }), "no properties"),
        ];
        for (rendering, says) in cases {
            assert_breaks(&super::CHECK, &rendered(rendering), says);
        }
    }
}

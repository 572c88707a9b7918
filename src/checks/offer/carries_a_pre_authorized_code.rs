//! One hyphen and one underscore decide whether a wallet finds the code.

use serde_json::Value;

use super::{each_offer, where_some_offer};
use crate::checks::{Applies, Check, Finding, Judge, Level, Scene, shape};
use crate::protocol::PRE_AUTHORIZED_CODE;

pub static CHECK: Check = Check {
    id: "offer/carries-a-pre-authorized-code",
    aliases: &[],
    since: "2026.1",
    title: "the pre-authorized grant carries its code",
    level: Level::Must,
    raised_by: &[],
    applies: where_the_grant_is_pre_authorized,
    spec: &["vci#credential-offer-parameters"],
    obligation: "the grant urn:ietf:params:oauth:grant-type:pre-authorized_code has the string \
                 pre-authorized_code",
    doc: "Both the grant type and its parameter are spelled `pre-authorized_code`: a hyphen, then an \
          underscore. Frameworks that rename members to one style write `pre_authorized_code` or \
          `preAuthorizedCode`, and wallets find a grant without a code, or no grant at all. A code kept \
          as a number is written without quotation marks, which is no string.\n\n\
          Give the member its name by hand in the serializer, and test the JSON that leaves the service.",
    judge: Judge::Transcript(carries_a_pre_authorized_code),
};

fn carries_a_pre_authorized_code(scene: &Scene<'_>) -> Finding {
    each_offer(scene, |offer, _| {
        let Some(grants) = offer.get("grants").and_then(Value::as_object) else {
            return Finding::Silent("the offer has no grants object");
        };
        match grants.get(PRE_AUTHORIZED_CODE) {
            Some(Value::Object(grant)) => match grant.get("pre-authorized_code") {
                Some(Value::String(_)) => Finding::Holds,
                Some(other) => Finding::breaks("a string", shape::kind(Some(other))),
                None => Finding::breaks("pre-authorized_code", members(grant.keys())),
            },
            Some(_) => Finding::Silent("the grant is no object"),
            None => match grants.keys().find(|name| is_misspelled(name)) {
                Some(name) => Finding::breaks(
                    format!("the grant type {PRE_AUTHORIZED_CODE}"),
                    shape::quote(name),
                ),
                None => Finding::Silent("the offer has no pre-authorized grant"),
            },
        }
    })
}

fn members<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let names: Vec<String> = names.take(6).map(|name| shape::quote(name)).collect();
    if names.is_empty() {
        "an empty object".to_owned()
    } else {
        format!("only {}", names.join(", "))
    }
}

/// Whether a grant name means the pre-authorized code. Names in other namespaces are their own.
fn is_misspelled(name: &str) -> bool {
    let local = name.strip_prefix("urn:ietf:params:oauth:grant-type:").unwrap_or(name);
    let letters: String = local
        .chars()
        .filter(|character| !matches!(character, '-' | '_'))
        .map(|character| character.to_ascii_lowercase())
        .collect();
    letters == "preauthorizedcode" && name != PRE_AUTHORIZED_CODE
}

fn where_the_grant_is_pre_authorized(scene: &Scene<'_>) -> Applies {
    let has_grant = |offer: &Value| {
        offer.get("grants").and_then(Value::as_object).is_some_and(|grants| {
            grants.keys().any(|name| name == PRE_AUTHORIZED_CODE || is_misspelled(name))
        })
    };
    where_some_offer(scene, has_grant, "the offer has no pre-authorized grant")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{GRANT, honest_offer};
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome, with};

    #[test]
    fn the_exact_spelling_holds() {
        assert_holds(&super::CHECK, &Stage::new().offer(honest_offer(), None));
    }

    #[test]
    fn other_spellings_and_types_do_not() {
        let code = |grant: Value| Stage::new().offer(with(honest_offer(), GRANT, grant), None);
        assert_breaks(
            &super::CHECK,
            &code(json!({ "pre_authorized_code": "x" })),
            "only \"pre_authorized_code\"",
        );
        assert_breaks(&super::CHECK, &code(json!({ "pre-authorized_code": 5 })), "a number");
        let grants = json!({ "pre-authorized_code": { "pre-authorized_code": "x" } });
        let stage = Stage::new().offer(with(honest_offer(), "/grants", grants), None);
        assert_breaks(&super::CHECK, &stage, "\"pre-authorized_code\"");
    }

    #[test]
    fn other_grants_are_their_own() {
        let grants = json!({ "authorization_code": {}, "urn:x:pre-authorized_code": {} });
        let stage = Stage::new().offer(with(honest_offer(), "/grants", grants), None);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

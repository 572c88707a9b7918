//! The hint tells several authorization servers apart, and is nothing without them.

use serde_json::Value;

use super::each_offer;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability, shape};

pub static CHECK: Check = Check {
    id: "offer/names-a-listed-authorization-server",
    aliases: &[],
    since: "2026.1",
    title: "an offer names an authorization server only from the metadata's list",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-offer-parameters", "vci#credential-issuer-parameters"],
    obligation: "authorization_server in a grant is an entry of authorization_servers, and given only \
                 where that has several",
    doc: "A wallet must stop when `authorization_server` is not, character for character, one of the \
          metadata's `authorization_servers`. A trailing slash too many, an internal host name, or a list \
          that was left out of the metadata is enough. With a single authorization server there is \
          nothing to choose, and the member has no place in the offer.\n\n\
          Take both from one setting, and write the hint only when the list has several entries. Naming \
          the only entry of the list is a warning here: it misleads no wallet.",
    judge: Judge::Transcript(names_a_listed_authorization_server),
};

fn names_a_listed_authorization_server(scene: &Scene<'_>) -> Finding {
    let Some(metadata) = scene.issuer_metadata() else {
        return Finding::Silent("no issuer metadata could be read");
    };
    let listed = metadata.authorization_servers();
    each_offer(scene, |offer, _| {
        let grants = offer.get("grants").and_then(Value::as_object);
        let mut worst = Finding::Holds;
        for named in grants
            .into_iter()
            .flat_map(|grants| grants.values())
            .filter_map(|grant| grant.get("authorization_server"))
        {
            match judge(named, &listed) {
                Finding::Holds => {}
                Finding::Warns(breach, why) => worst = Finding::Warns(breach, why),
                other => return other,
            }
        }
        worst
    })
}

fn judge(named: &Value, listed: &[&str]) -> Finding {
    let found = shape::describe(Some(named));
    if !named.as_str().is_some_and(|named| listed.contains(&named)) {
        let expected = if listed.is_empty() {
            "no authorization_server, as the metadata lists none".to_owned()
        } else {
            format!("one of {}", listed.join(", "))
        };
        return Finding::breaks(expected, found);
    }
    if listed.len() == 1 {
        let expected = "no authorization_server, as the metadata lists only one";
        return Finding::Warns(
            Breach::new(expected, found),
            "it names the server that a wallet uses in any case",
        );
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::examples::{GRANT, honest_offer};
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata, with,
    };

    fn stage(servers: Value, named: &str) -> Stage {
        let pointer = format!("{GRANT}/authorization_server");
        Stage::new()
            .issuer_metadata(with(honest_metadata(), "/authorization_servers", servers))
            .offer(with(honest_offer(), &pointer, json!(named)), None)
    }

    #[test]
    fn an_entry_of_several_holds_and_so_does_silence() {
        assert_holds(&super::CHECK, &stage(json!(["https://a", "https://b"]), "https://b"));
        let silent = Stage::new().issuer_metadata(honest_metadata()).offer(honest_offer(), None);
        assert_holds(&super::CHECK, &silent);
    }

    #[test]
    fn anything_else_does_not() {
        let two = json!(["https://a", "https://b"]);
        assert_breaks(&super::CHECK, &stage(two, "https://b/"), "https://b/");
        assert_outcome(&super::CHECK, &stage(json!([]), "https://a"), Outcome::Fail);
    }

    #[test]
    fn naming_the_only_one_warns() {
        let stage = stage(json!(["https://a"]), "https://a");
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
    }
}

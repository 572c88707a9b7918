//! Whoever does PKCE does S256.

use super::in_document;
use crate::checks::{Answered, Check, Finding, Judge, Level, Profile, Scene, applicability, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "as-metadata/lists-s256",
    aliases: &[],
    since: "2026.3",
    title: "S256 is among the challenge methods",
    level: Level::Derived,
    raised_by: &[Profile::Haip],
    applies: applicability::always,
    spec: &["rfc7636#section-4.2", "rfc9700#section-2.1.1"],
    obligation: "an authorization server that lists code challenge methods lists S256",
    doc: "`plain` protects nobody who can read the authorization request, so wallets use `S256` and look for it in the \
          metadata. A server that does PKCE and leaves the list out is taken for one that does not.",
    judge: Judge::Answers(Station::AsMetadata, lists_s256),
};

fn lists_s256(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        if !metadata.lists_grant("authorization_code") {
            return Finding::Exempt("no grant that is listed needs it");
        }
        let methods = metadata.json().get("code_challenge_methods_supported");
        let listed = methods.and_then(serde_json::Value::as_array);
        if listed.is_none() {
            return Finding::Exempt("the server does not announce PKCE");
        }
        Finding::expect(
            listed.is_some_and(|listed| listed.iter().any(|method| method == "S256")),
            "S256 in code_challenge_methods_supported",
            shape::describe(methods),
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome, honest_as_metadata, with};

    #[test]
    fn it_is_there_where_it_is_needed() {
        let code_flow =
            with(honest_as_metadata(), "/grant_types_supported", json!(["authorization_code"]));
        let methods = json!(["plain"]);
        let lacking = with(code_flow.clone(), "/code_challenge_methods_supported", methods);
        let lacking = Stage::new().as_metadata(lacking);
        assert_outcome(&super::CHECK, &lacking, Outcome::Warn);
        let complete = with(code_flow, "/code_challenge_methods_supported", json!(["S256"]));
        assert_holds(&super::CHECK, &Stage::new().as_metadata(complete));
        let plain = Stage::new().as_metadata(honest_as_metadata());
        assert_outcome(&super::CHECK, &plain, Outcome::NotApplicable);
    }
}

//! Wallets of the profile ask for a credential by its scope.

use serde_json::Value;

use super::profile;
use crate::checks::issuer_metadata::in_each_configuration;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/scopes-every-configuration",
    aliases: &[],
    since: "2026.3",
    title: "each configuration has a scope",
    level: Level::Must,
    raised_by: &[],
    applies: profile,
    spec: &["haip#issuer-metadata"],
    obligation: "each credential configuration has a scope",
    doc: "In the authorization code flow of the profile, `scope` is the only way to say which credential is wanted. A \
          configuration without one cannot be asked for.\n\n\
          Add `scope`, a string without spaces, to every entry of `credential_configurations_supported`.",
    judge: Judge::Answers(Station::IssuerMetadata, scopes_every_configuration),
};

fn scopes_every_configuration(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_each_configuration(answered, scene, "scope in each configuration", |configuration| {
        let scope = configuration.json().get("scope");
        let is_a_scope = scope.and_then(Value::as_str).is_some_and(|scope| !scope.is_empty());
        (!is_a_scope).then(|| format!("scope is {}", shape::describe(scope)))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::{assert_concerns_nobody_else, to_haip};
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, honest_metadata, with, without,
    };

    const SCOPE: &str = "/credential_configurations_supported/pid/scope";

    #[test]
    fn a_configuration_without_a_scope_is_named() {
        assert_holds(&super::CHECK, &to_haip(Stage::new().issuer_metadata(honest_metadata())));
        let missing = Stage::new().issuer_metadata(without(honest_metadata(), SCOPE));
        assert_concerns_nobody_else(&super::CHECK, &missing);
        assert_breaks(&super::CHECK, &to_haip(missing), "pid: scope is nothing");
        let empty = Stage::new().issuer_metadata(with(honest_metadata(), SCOPE, json!("")));
        assert_breaks(&super::CHECK, &to_haip(empty), "scope is");
    }
}

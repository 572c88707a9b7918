//! Where display data stood before draft 16, wallets of 1.0 do not look.

use super::in_each_configuration;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "issuer-metadata/keeps-display-in-credential-metadata",
    aliases: &[],
    since: "2026.1",
    title: "display and claims stand in credential_metadata",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-issuer-parameters"],
    obligation: "display and claims of a configuration stand in credential_metadata",
    doc: "Draft 16 moved `display` and `claims` of a configuration into `credential_metadata`. At their old \
          place they are unknown members that wallets ignore: the credential is issued, but the user sees a \
          bare identifier instead of name, logo and labels.\n\n\
          Move both members into `credential_metadata`. For old wallets they may stay in the old place as \
          well; that is not counted.",
    judge: Judge::Answers(Station::IssuerMetadata, keeps_display_in_credential_metadata),
};

fn keeps_display_in_credential_metadata(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_each_configuration(answered, scene, "members of credential_metadata", |entry| {
        let inner = entry.json().get("credential_metadata");
        let is_outside = |name: &&str| {
            entry.json().get(name).is_some() && inner.is_none_or(|it| it.get(name).is_none())
        };
        let outside: Vec<&str> = ["display", "claims"].into_iter().filter(is_outside).collect();
        (!outside.is_empty()).then(|| format!("{} beside it", outside.join(" and ")))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{PID, honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn inside_holds_and_outside_warns() {
        assert_holds(&super::CHECK, &honest());
        let display = json!([{ "name": "PID" }]);
        let both = json!({ "format": "dc+sd-jwt", "display": display,
                           "credential_metadata": { "display": display } });
        assert_holds(&super::CHECK, &metadata_with(PID, both));
        let outside = json!({ "format": "dc+sd-jwt", "display": display, "claims": {} });
        let stage = metadata_with(PID, outside);
        assert_breaks(&super::CHECK, &stage, "pid: display and claims");
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
    }
}

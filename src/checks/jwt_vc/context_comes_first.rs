//! What the names in a credential mean is said first.

use super::each_vc;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::formats::jwt_vc::{FIRST_CONTEXT, strings};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "jwt-vc/context-comes-first",
    aliases: &[],
    since: "2026.3",
    title: "the first context is that of the data model",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::jwt_vc,
    spec: &["vcdm1#contexts", "vci#server-metadata-ldp-vc"],
    obligation: "the @context of an issued credential begins with the URL of the data model and has every context of the configuration",
    doc: "The first item is `https://www.w3.org/2018/credentials/v1`, also where nobody processes JSON-LD: \
          libraries compare it to learn which version they have before them. Sets and maps lose the order, \
          and `https://www.w3.org/ns/credentials/v2` belongs to a version without `vc`.\n\n\
          Credentials of `jwt_vc_json-ld` have the contexts of their configuration too.",
    judge: Judge::Answers(Station::Credential, context_comes_first),
};

fn context_comes_first(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each_vc(answered, scene, |jwt_vc, issued| {
        let Some(context) = jwt_vc.member("@context") else {
            return Finding::Silent("there is no @context");
        };
        let found = strings(Some(context));
        let first = context.as_array().map_or(Some(context), |contexts| contexts.first());
        if first.and_then(|first| first.as_str()) != Some(FIRST_CONTEXT) {
            let actual = first.map_or_else(|| "none".to_owned(), ToString::to_string);
            return Finding::breaks(format!("{FIRST_CONTEXT} first"), actual);
        }
        let configuration = issued.configuration(scene);
        let wanted = configuration.map(|configuration| configuration.contexts());
        let missing: Vec<&str> =
            wanted.unwrap_or_default().into_iter().filter(|one| !found.contains(one)).collect();
        Finding::expect(
            missing.is_empty(),
            "every context of the configuration",
            format!("no {}", missing.join(", ")),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::staged::{JwtPaper, documents, issued, metadata};
    use crate::checks::staging::credentials::respond;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, with};
    use serde_json::{Value, json};

    const FIRST: &str = super::FIRST_CONTEXT;

    fn stage(context: Value) -> Stage {
        issued(&[JwtPaper::honest(1).vc("@context", context)])
    }

    #[test]
    fn the_data_model_comes_first() {
        assert_holds(&super::CHECK, &stage(json!([FIRST, {"a": "https://a.example"}])));
        assert_holds(&super::CHECK, &stage(json!(FIRST)));
        let later = json!(["https://a.example", FIRST]);
        assert_breaks(&super::CHECK, &stage(later), "a.example");
        let second = json!(["https://www.w3.org/ns/credentials/v2"]);
        assert_breaks(&super::CHECK, &stage(second), "v2");
    }

    #[test]
    fn contexts_of_the_configuration_are_there() {
        let definition =
            json!({"type": ["VerifiableCredential"], "@context": [FIRST, "https://a"]});
        let pointer = "/credential_configurations_supported/pid/credential_definition";
        let mut stage = documents(super::super::staged::document());
        stage = stage.issuer_metadata(with(metadata(), pointer, definition));
        let stage = respond(stage, &[JwtPaper::honest(1).text()], 1);
        assert_breaks(&super::CHECK, &stage, "no https://a");
    }
}

//! A wallet of the profile knows two formats.

use super::profile;
use crate::checks::issuer_metadata::in_document;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "haip/issues-a-profiled-format",
    aliases: &[],
    since: "2026.3",
    title: "a format of the profile is issued",
    level: Level::Must,
    raised_by: &[],
    applies: profile,
    spec: &["haip#section-4", "haip#vc-profiles"],
    obligation: "some configuration has the format dc+sd-jwt or mso_mdoc",
    doc: "Wallets of the profile read `dc+sd-jwt` and `mso_mdoc`, and an issuer supports at least one of them. One that offers \
          only `jwt_vc_json` or a format of older drafts, `vc+sd-jwt` among them, has nothing for them.\n\n\
          Further formats beside these do no harm.",
    judge: Judge::Answers(Station::IssuerMetadata, issues_a_profiled_format),
};

fn issues_a_profiled_format(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let mut formats: Vec<&str> =
            metadata.configurations().filter_map(|(_, one)| one.format()).collect();
        formats.dedup();
        Finding::expect(
            formats.iter().any(|format| matches!(*format, "dc+sd-jwt" | "mso_mdoc")),
            "a configuration with format dc+sd-jwt or mso_mdoc",
            if formats.is_empty() { "no format".to_owned() } else { formats.join(", ") },
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::held::{assert_concerns_nobody_else, to_haip};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, honest_metadata, with};

    const FORMAT: &str = "/credential_configurations_supported/pid/format";

    #[test]
    fn one_of_the_two_formats_is_enough() {
        let stage = |format: &str| {
            Stage::new().issuer_metadata(with(honest_metadata(), FORMAT, json!(format)))
        };
        assert_holds(&super::CHECK, &to_haip(stage("dc+sd-jwt")));
        assert_holds(&super::CHECK, &to_haip(stage("mso_mdoc")));
        assert_breaks(&super::CHECK, &to_haip(stage("vc+sd-jwt")), "vc+sd-jwt");
        assert_concerns_nobody_else(&super::CHECK, &stage("jwt_vc_json"));
    }
}

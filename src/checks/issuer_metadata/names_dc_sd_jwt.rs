//! The format identifier of SD-JWT VCs changed, and old wallets' habits stayed.

use serde_json::Value;

use super::{in_document, where_some_configuration};
use crate::checks::{Answered, Applies, Breach, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

const PRESENT: &str = "dc+sd-jwt";
const FORMER: &str = "vc+sd-jwt";

pub static CHECK: Check = Check {
    id: "issuer-metadata/names-dc-sd-jwt",
    aliases: &[],
    since: "2026.1",
    title: "the format of SD-JWT VCs is dc+sd-jwt",
    level: Level::Must,
    raised_by: &[],
    applies: where_sd_jwt_vcs_are_issued,
    spec: &["vci#server-metadata-sd-jwt-vc"],
    obligation: "a configuration for an SD-JWT VC has the format dc+sd-jwt",
    doc: "Drafts 12 to 14 called the format `vc+sd-jwt`; the media type was renamed in SD-JWT VC, and \
          OpenID4VCI followed with draft 15. Wallets of 1.0 do not know the old identifier and do not offer \
          to store such a credential.\n\n\
          Rename the format, and the `typ` of the credential with it. An issuer that must serve old wallets \
          can list the same `vct` twice, under both identifiers: that only warns. A `vc+sd-jwt` without \
          `vct` is a format of W3C and not judged.",
    judge: Judge::Answers(Station::IssuerMetadata, names_dc_sd_jwt),
};

fn names_dc_sd_jwt(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let mut worst = Finding::Silent("no configuration is for an SD-JWT VC");
        for (id, configuration) in metadata.configurations() {
            if is_present(configuration.json()) {
                if matches!(worst, Finding::Silent(_)) {
                    worst = Finding::Holds;
                }
            } else if let Some(found) = other_name(configuration.json()) {
                let breach = Breach::new(PRESENT, format!("{id}: {found}"));
                let has_twin = metadata.configurations().any(|(_, other)| {
                    is_present(other.json()) && other.vct() == configuration.vct()
                });
                if !has_twin {
                    return Finding::Breaks(breach);
                }
                worst = Finding::Warns(
                    breach,
                    "the same type is also listed under the present identifier",
                );
            }
        }
        worst
    })
}

fn is_present(configuration: &Value) -> bool {
    configuration.get("format").is_some_and(|format| format == PRESENT)
}

/// The format of an SD-JWT VC that goes by another name than the present one.
fn other_name(configuration: &Value) -> Option<&str> {
    let format = configuration.get("format")?.as_str()?;
    let means_sd_jwt_vc =
        format.eq_ignore_ascii_case(PRESENT) || format.eq_ignore_ascii_case(FORMER);
    (means_sd_jwt_vc && format != PRESENT && configuration.get("vct").is_some()).then_some(format)
}

fn where_sd_jwt_vcs_are_issued(scene: &Scene<'_>) -> Applies {
    where_some_configuration(
        scene,
        |configuration| is_present(configuration) || other_name(configuration).is_some(),
        "no configuration is for an SD-JWT VC",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::examples::{PID, honest, metadata_with};
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn the_present_name_holds_and_the_former_does_not() {
        assert_holds(&super::CHECK, &honest());
        for wrong in ["vc+sd-jwt", "DC+SD-JWT"] {
            let stage = metadata_with(&format!("{PID}/format"), json!(wrong));
            assert_breaks(&super::CHECK, &stage, wrong);
            assert_outcome(&super::CHECK, &stage, Outcome::Fail);
        }
    }

    #[test]
    fn a_twin_for_old_wallets_warns() {
        let twin = json!({ "format": "vc+sd-jwt", "vct": "https://issuer.example/vct/pid" });
        let stage = metadata_with("/credential_configurations_supported/old", twin);
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
    }

    #[test]
    fn a_w3c_credential_is_another_thing() {
        let stage = metadata_with(PID, json!({ "format": "vc+sd-jwt" }));
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}

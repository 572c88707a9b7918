//! The type in the credential is the type that was asked for.

use serde_json::Value;

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/vct-matches",
    aliases: &[],
    since: "2026.1",
    title: "vct is that of the configuration",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["sdjwtvc#section-3.2.2.1", "vci#server-metadata-sd-jwt-vc"],
    obligation: "an issued SD-JWT VC has a vct in clear, a string equal to that of the requested configuration",
    doc: "Verifiers ask for credentials by `vct`, so a credential under another name is \
          never found. The two differ when the metadata name a new version of the type and \
          the signing code the old one, or by a trailing slash, or because `vct` was put \
          into a disclosure.\n\n\
          Let the signing code take `vct` from the configuration it issues for. It is \
          compared character by character.",
    judge: Judge::Answers(Station::Credential, vct_matches),
};

fn vct_matches(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| {
        let wanted = issued.configuration(scene).and_then(|configuration| configuration.vct());
        vct(opened, wanted)
    })
}

fn vct(opened: &OpenedSdJwt, wanted: Option<&str>) -> Finding {
    let found = match opened.sd_jwt.payload().get("vct") {
        Some(Value::String(vct)) => vct,
        Some(other) => return Finding::breaks("vct, a string", format!("vct {other}")),
        None => return Finding::breaks("vct, a string", "no vct in clear"),
    };
    match wanted {
        Some(wanted) => {
            Finding::expect(found == wanted, format!("vct {wanted}"), format!("vct {found}"))
        }
        None => Finding::HoldsAsFar("the configuration has no vct to compare with".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use serde_json::json;

    #[test]
    fn the_same_type_holds_and_any_other_does_not() {
        let stage = |vct| issued(&[Paper::honest(1).claim("vct", vct)]);
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1)]));
        let slash = stage(json!("https://issuer.example/vct/pid/"));
        assert_breaks(&super::CHECK, &slash, "pid/");
        assert_breaks(&super::CHECK, &stage(json!(["a"])), "vct [");
        assert_breaks(&super::CHECK, &stage(json!(null)), "no vct");
    }
}

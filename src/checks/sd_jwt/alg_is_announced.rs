//! A wallet can verify only what it was told to expect.

use serde_json::Value;

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedSdJwt, Scene, applicability};
use crate::jose::PublicKey;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/alg-is-announced",
    aliases: &[],
    since: "2026.1",
    title: "the algorithm of an SD-JWT VC is asymmetric and announced",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc9901#section-4.1", "vci#credential-issuer-parameters"],
    obligation: "an issued SD-JWT VC is signed with an asymmetric algorithm, one of credential_signing_alg_values_supported where the metadata has it",
    doc: "`none` and MACs are forbidden outright. Beyond that the metadata say with which \
          algorithms the issuer signs; they drift apart when keys are rotated to another \
          curve and the metadata are a static file.\n\n\
          Derive `credential_signing_alg_values_supported` from the keys in use. For \
          `dc+sd-jwt` the values are names such as `ES256`, not the COSE numbers that \
          `mso_mdoc` has.",
    judge: Judge::Answers(Station::Credential, alg_is_announced),
};

fn alg_is_announced(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| {
        let announced = issued.configuration(scene).and_then(|configuration| {
            configuration.json().get("credential_signing_alg_values_supported")?.as_array()
        });
        alg(opened, announced.map(Vec::as_slice))
    })
}

fn alg(opened: &OpenedSdJwt, announced: Option<&[Value]>) -> Finding {
    let Some(algorithm) = opened.sd_jwt.jws.algorithm() else {
        return Finding::breaks("an asymmetric algorithm", "no alg");
    };
    if PublicKey::is_symmetric_or_none(algorithm) {
        return Finding::breaks("an asymmetric algorithm", format!("alg {algorithm}"));
    }
    let Some(announced) = announced else {
        return Finding::Holds;
    };
    let listed = Value::from(announced.to_vec()).to_string();
    Finding::expect(
        announced.iter().any(|one| one == algorithm),
        format!("one of {listed}"),
        format!("alg {algorithm}"),
    )
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use serde_json::json;

    #[test]
    fn an_announced_algorithm_holds_and_no_other() {
        let stage = |alg| issued(&[Paper::honest(1).header("alg", alg)]);
        assert_holds(&super::CHECK, &stage(json!("ES256")));
        assert_breaks(&super::CHECK, &stage(json!("ES384")), "ES384");
        assert_breaks(&super::CHECK, &stage(json!("none")), "none");
        assert_breaks(&super::CHECK, &stage(json!("HS256")), "HS256");
        assert_breaks(&super::CHECK, &stage(json!(null)), "no alg");
    }
}
